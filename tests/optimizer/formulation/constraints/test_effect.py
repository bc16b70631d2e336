import pytest
from hypothesis import given

from models.problem.problem import Problem
from tests.support.families import permits, rows_of
from tests.support.laws import FEW, tenths
from tests.support.optima import optimum
from tests.support.problems import a_problem

FRAMEWORKS = [{"id": "alliance"}, {"id": "coalition", "effect_multiplier": 0.8, "rule": {"type": "none"}}]
CONCAVE = {"type": "piecewise", "points": [[0, 0], [2, 4], [6, 6]]}


def test_rows_turn_levels_into_effect() -> None:
    problem = a_problem(
        periods=["p1", "p2"],
        frameworks=FRAMEWORKS,
        activities=[
            {
                "id": "train",
                "effect": {"type": "linear", "per_level": [1, 2]},
                "frameworks": ["alliance", "coalition"],
            }
        ],
    )
    assert rows_of(problem, "effect") == (
        "effect[level,train,p1]: 0  <=  - E[train,p1] + e[train,alliance,p1] + 0.8*e[train,coalition,p1]\n"
        "effect[linear,train,p1]: w[train,p1] - E[train,p1]  ==  0\n"
        "effect[level,train,p2]: 0  <=  - E[train,p2] + e[train,alliance,p2] + 0.8*e[train,coalition,p2]\n"
        "effect[linear,train,p2]: w[train,p2] - 2.0*E[train,p2]  ==  0\n"
    )


def test_rows_of_a_flattening_return_need_no_binary() -> None:
    assert rows_of(a_problem(activities=[{"id": "train", "effect": CONCAVE}]), "effect") == (
        "effect[level,train,p1]: 0  <=  - E[train,p1] + e[train,alliance,p1]\n"
        "effect[concave,train,0,p1]: w[train,p1] - 2.0*E[train,p1]  <=  0.0\n"
        "effect[concave,train,1,p1]: w[train,p1] - 0.5*E[train,p1]  <=  3.0\n"
        "effect[flat,train,p1]: w[train,p1]  <=  6.0\n"
    )


def test_rows_of_a_harmful_activity_are_equalities() -> None:
    """strike and raid both increase grievance. Awareness (C18) may lower the effective level of raid."""
    harm = {"violence": 1, "grievance": -0.5}
    problem = a_problem(
        theatres=[{"id": "iraq", "risk": {"violence": 10, "grievance": 10}, "awareness": 1}],
        activities=[
            {"id": "strike", "reduces": harm},
            {"id": "raid", "reduces": harm, "awareness_gate": {"factor": 2, "from": []}},
            {"id": "train", "reduces": {"violence": 1}},
        ],
    )
    rows = rows_of(problem, "effect").splitlines()
    assert [row for row in rows if row.startswith("effect[level")] == [
        "effect[level,strike,p1]: - E[strike,p1] + e[strike,alliance,p1]  ==  0",
        "effect[level,raid,p1]: 0  <=  - E[raid,p1] + e[raid,alliance,p1]",
        "effect[level,train,p1]: 0  <=  - E[train,p1] + e[train,alliance,p1]",
    ]


@pytest.mark.parametrize(
    "effect",
    [
        {"type": "threshold", "threshold": 8, "per_level": 2},
        {"type": "piecewise", "points": [[0, 0], [4, 1], [8, 9]]},
    ],
)
def test_rows_leave_thresholds_and_s_curves_to_their_families(effect: dict[str, object]) -> None:
    assert rows_of(a_problem(activities=[{"id": "train", "effect": effect}]), "effect") == (
        "effect[level,train,p1]: 0  <=  - E[train,p1] + e[train,alliance,p1]\n"
    )


@pytest.mark.parametrize("effective, holds", [(3, True), (4, True), (4.1, False)])
def test_permits_an_effective_level_up_to_what_the_framework_makes_of_it(effective: float, *, holds: bool) -> None:
    problem = a_problem(frameworks=FRAMEWORKS, activities=[{"id": "train", "frameworks": ["coalition"]}])
    decisions = {"e[train,coalition,p1]": 5, "E[train,p1]": effective, "w[train,p1]": effective}
    assert permits(problem, "effect", decisions) is holds


@pytest.mark.parametrize("effect, holds", [(4.9, True), (5, True), (5.1, False)])
def test_permits_an_effect_up_to_the_concave_line(effect: float, *, holds: bool) -> None:
    problem = a_problem(activities=[{"id": "train", "effect": CONCAVE}])
    decisions = {"e[train,alliance,p1]": 4, "E[train,p1]": 4, "w[train,p1]": effect}
    assert permits(problem, "effect", decisions) is holds


@pytest.mark.parametrize("effect, holds", [(3.9, False), (4, True), (4.1, False)])
def test_a_linear_effect_is_neither_more_nor_less_than_its_level(effect: float, *, holds: bool) -> None:
    decisions = {"e[train,alliance,p1]": 4, "E[train,p1]": 4, "w[train,p1]": effect}
    assert permits(a_problem(), "effect", decisions) is holds


def saturating(money: float) -> Problem:
    return a_problem(
        members=[{"id": "a", "resources": {"money": money}}],
        activities=[{"id": "train", "effect": CONCAVE}, {"id": "watch"}],
    )


@pytest.mark.parametrize("money, value", [(1, 2), (2, 4), (5, 7), (20, 22)])
def test_effort_goes_elsewhere_once_a_return_flattens(money: float, value: float) -> None:
    """train gives 2 a level up to level 2, then ½. watch gives 1. After 4 points from 2 levels of train, the rest goes
    to watch.
    """
    assert optimum(saturating(money)) == pytest.approx(value)


@pytest.mark.parametrize("money, value", [(4, 5), (6, 6), (9, 6)])
def test_there_is_no_more_effect_past_the_last_point(money: float, value: float) -> None:
    """Only train: 4 + ½·2 at level 4; 6 from level 6 on."""
    problem = a_problem(
        members=[{"id": "a", "resources": {"money": money}}], activities=[{"id": "train", "effect": CONCAVE}]
    )
    assert optimum(problem) == pytest.approx(value)


def test_an_effect_by_period_uses_each_period_its_own() -> None:
    """10 M EUR a period; 1 point a level in the first period, 2 in the second: 10 + 20."""
    problem = a_problem(
        periods=["p1", "p2"], activities=[{"id": "train", "effect": {"type": "linear", "per_level": [1, 2]}}]
    )
    assert optimum(problem) == pytest.approx(30)


@FEW
@given(tenths(0, 2), tenths(0, 2))
def test_a_framework_that_achieves_more_never_lowers_the_optimum(one: float, other: float) -> None:
    def reduction(multiplier: float) -> float:
        return optimum(a_problem(frameworks=[{"id": "alliance", "effect_multiplier": multiplier}]))

    low, high = sorted((one, other))
    assert reduction(low) <= reduction(high) + 1e-6
