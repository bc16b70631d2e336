import pytest
from hypothesis import given

from models.problem.problem import Problem
from tests.support.families import permits, rows_of
from tests.support.laws import FEW, tenths
from tests.support.optima import optimum, solved
from tests.support.problems import a_problem


def mixed(effect: float = 3, risk: object = 100, **synergy: object) -> Problem:
    """train gives 1 point a level and advise ½; both run from level 1 on."""
    driver = {"violence": 1} if isinstance(risk, dict) else None
    return a_problem(
        theatres=[{"id": "iraq", "risk": risk}],
        activities=[
            {"id": "train", "min_level": 1, "reduces": driver},
            {"id": "advise", "min_level": 1, "effect": {"type": "linear", "per_level": 0.5}, "reduces": driver},
        ],
        synergies=[{"activities": ["train", "advise"], "effect": effect, **synergy}],
    )


def test_rows_bound_the_combination_by_each_activity() -> None:
    assert rows_of(mixed(), "synergy") == (
        "synergy[0,train,advise,p1,train]: combined[0,train,advise,p1] - y[train,alliance,p1]  <=  0\n"
        "synergy[0,train,advise,p1,advise]: combined[0,train,advise,p1] - y[advise,alliance,p1]  <=  0\n"
    )
    assert rows_of(mixed(), "risk") == (
        "risk[iraq,risk,p1]: 0  <=  - cut[iraq,risk,p1] + w[train,p1] + w[advise,p1]"
        " + 3.0*combined[0,train,advise,p1]\n"
    )


@pytest.mark.parametrize("effect, rows", [(0, 0), (0.1, 2)])
def test_a_synergy_without_effect_has_no_rows(effect: float, rows: int) -> None:
    assert len(rows_of(mixed(effect), "synergy").splitlines()) == rows


@pytest.mark.parametrize("train, advise, holds", [(1, 1, True), (1, 0, False), (0, 1, False), (0, 0, False)])
def test_permits_the_mixture_only_where_both_run(train: int, advise: int, *, holds: bool) -> None:
    decisions = {
        "y[train,alliance,p1]": train,
        "y[advise,alliance,p1]": advise,
        "combined[0,train,advise,p1]": 1,
    }
    assert permits(mixed(), "synergy", decisions) is holds


@pytest.mark.parametrize("effect, value", [(0, 10), (0.4, 10), (0.5, 10), (3, 12.5)])
def test_a_mixture_is_worth_its_weaker_part(effect: float, value: float) -> None:
    """10 levels of train give 10 points. 9 of train and 1 of advise with their synergy give 9.5 + effect."""
    assert optimum(mixed(effect)) == pytest.approx(value)


def test_a_mixture_saves_effort_where_little_risk_is_left() -> None:
    """Risk 5: 1.5 of train, ½ from one level of advise and 3 from the synergy remove it for 2.5 M EUR. train alone
    would take 5.
    """
    assert optimum(mixed(risk=5)) == pytest.approx(5)
    assert [objective.value for objective in solved(mixed(risk=5)).objectives] == pytest.approx([5, 2.5])


def test_wins_on_the_driver_it_names() -> None:
    """Both activities reduce violence, their synergy grievance: 9.5 + 3. If grievance is only 2: 11.5."""
    plenty, little = ({"violence": 50, "grievance": grievance} for grievance in (50, 2))
    assert optimum(mixed(risk=plenty, driver="grievance")) == pytest.approx(12.5)
    assert optimum(mixed(risk=little, driver="grievance")) == pytest.approx(11.5)


def test_is_won_in_every_period_that_both_run() -> None:
    """Three periods, in two of which advise is forbidden: 10 + 10 + 12.5."""
    document = mixed().document | {
        "periods": ["p1", "p2", "p3"],
        "policy": {"forbid": [{"activity": "advise", "period": period} for period in ("p1", "p2")]},
    }
    assert optimum(Problem.model_validate(document)) == pytest.approx(32.5)


@FEW
@given(tenths(0, 5), tenths(0, 5))
def test_a_stronger_mixture_never_lowers_the_optimum(one: float, other: float) -> None:
    low, high = sorted((one, other))
    assert optimum(mixed(low)) <= optimum(mixed(high)) + 1e-6
