import pytest
from hypothesis import given

from models.problem.problem import Problem
from tests.support.families import permits, rows_of
from tests.support.laws import FEW, tenths
from tests.support.optima import optimum, solved
from tests.support.problems import a_problem

TWO = ["p1", "p2"]


def test_rows_take_off_each_driver_what_reaches_it() -> None:
    problem = a_problem(
        periods=TWO,
        theatres=[
            {
                "id": "iraq",
                "risk": {"violence": 10, "grievance": 5},
                "persistence": 0.5,
                "structural": ["grievance"],
            },
            {"id": "syria"},
        ],
        activities=[
            {
                "id": "train",
                "serves": ["iraq", "syria"],
                "reduces": {"violence": 1, "grievance": 1, "syria/risk": 0.5},
                "lag": 1,
            }
        ],
    )
    assert rows_of(problem, "risk") == (
        "risk[iraq,violence,p1]: 0  <=  - cut[iraq,violence,p1]\n"
        "risk[iraq,violence,p2]: 0  <=  - cut[iraq,violence,p2] + w[train,p1] + 0.5*cut[iraq,violence,p1]\n"
        "risk[iraq,grievance,p1]: 0  <=  - cut[iraq,grievance,p1]\n"
        "risk[iraq,grievance,p2]: 0  <=  - cut[iraq,grievance,p2] + 0.5*cut[iraq,grievance,p1]\n"
        "risk[syria,risk,p1]: 0  <=  - cut[syria,risk,p1]\n"
        "risk[syria,risk,p2]: 0  <=  - cut[syria,risk,p2] + 0.5*w[train,p1]\n"
    )


def test_rows_take_off_what_a_scenario_makes_of_an_effect() -> None:
    """In the storm train achieves a quarter. C29 writes the effect of strike in the period of its arrival."""
    lead = {"with_presence": 0, "without": 1, "presence_from": ["train"]}
    problem = a_problem(
        periods=TWO,
        activities=[{"id": "strike", "lead_time": lead}, {"id": "train"}],
        scenarios=[{"id": "storm", "effect_multiplier": {"train": 0.25}}],
    )
    assert rows_of(problem, "risk").splitlines() == [
        "risk[iraq,risk,p1]: 0  <=  - cut[iraq,risk,p1] + 0.25*w[train,p1]",
        "risk[iraq,risk,p2]: 0  <=  - cut[iraq,risk,p2] + 0.25*w[train,p2] + fast[strike,p2] + slow[strike,p1]",
    ]


@pytest.mark.parametrize("cut, holds", [(3.9, True), (4, True), (4.1, False)])
def test_permits_no_more_cut_than_effects_remove(cut: float, *, holds: bool) -> None:
    assert permits(a_problem(), "risk", {"w[train,p1]": 4, "cut[iraq,risk,p1]": cut}) is holds


def test_risk_does_not_fall_below_zero() -> None:
    """A risk of 7 takes 7 of the 10 M EUR; the other 3 stay unspent."""
    problem = a_problem(theatres=[{"id": "iraq", "risk": 7}])
    assert optimum(problem) == pytest.approx(7)
    assert [objective.value for objective in solved(problem).objectives] == pytest.approx([7, 7])


def test_no_more_risk_is_removed_in_a_scenario_than_effects_remove_there() -> None:
    """10 levels of train: 10 points in the calm, 5 in the storm."""
    scenarios = [{"id": "calm"}, {"id": "storm", "effect_multiplier": {"train": 0.5}}]
    assert optimum(a_problem(scenarios=scenarios)) == pytest.approx((10 + 5) / 2)


def test_an_effect_arrives_after_its_lag() -> None:
    """10 M EUR a period, a lag of 1, three periods: the effect of the last never arrives. 20."""
    assert optimum(a_problem(periods=["p1", "p2", "p3"], activities=[{"id": "train", "lag": 1}])) == pytest.approx(20)


def test_an_effect_counts_in_every_theatre_it_serves() -> None:
    """10 levels at 1 in iraq and ½ in syria, which has weight 2: 10 + 2·5. If syria's risk is only 3: 10 + 2·3."""

    def serving(syria: float) -> Problem:
        return a_problem(
            theatres=[{"id": "iraq"}, {"id": "syria", "risk": syria, "weight": 2}],
            activities=[{"id": "train", "serves": ["iraq", "syria"], "reduces": {"risk": 1, "syria/risk": 0.5}}],
        )

    assert optimum(serving(100)) == pytest.approx(20)
    assert optimum(serving(3)) == pytest.approx(16)


def test_part_of_each_gain_persists() -> None:
    """Endowment in p1 only: 8 points, of which half persists each period: 8 + 4 + 2."""
    problem = a_problem(
        periods=["p1", "p2", "p3"],
        members=[{"id": "a", "resources": {"money": [8, 0, 0]}}],
        theatres=[{"id": "iraq", "persistence": 0.5}],
    )
    assert optimum(problem) == pytest.approx(14)


def test_later_points_are_worth_less() -> None:
    """10 points in each of two periods, discounted by 0.9: 10 + 9."""
    assert optimum(a_problem(periods=TWO, discount=0.9)) == pytest.approx(19)


@pytest.mark.parametrize("task, value", [("military", 10), ("mixed", 20), ("civil", 20)])
def test_soldiers_reach_no_structural_driver(task: str, value: float) -> None:
    """10 levels take 1 off violence and 1 off grievance each; grievance is structural."""
    problem = a_problem(
        theatres=[{"id": "iraq", "risk": {"violence": 50, "grievance": 50}, "structural": ["grievance"]}],
        activities=[{"id": "train", "task": task, "reduces": {"violence": 1, "grievance": 1}}],
    )
    assert optimum(problem) == pytest.approx(value)
    warned = [warning for warning in solved(problem).warnings if "structural" in warning]
    assert warned == (
        ["train is a military task and does not reduce grievance in iraq, which is structural"]
        if task == "military"
        else []
    )


@FEW
@given(tenths(0, 1), tenths(0, 1))
def test_more_persistence_never_lowers_the_optimum(one: float, other: float) -> None:
    def reduction(persistence: float) -> float:
        return optimum(a_problem(periods=TWO, theatres=[{"id": "iraq", "risk": 12, "persistence": persistence}]))

    low, high = sorted((one, other))
    assert reduction(low) <= reduction(high) + 1e-6
