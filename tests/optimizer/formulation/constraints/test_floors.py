from typing import Any

import pytest
from hypothesis import given

from models.problem.problem import Problem
from tests.support.families import permits, rows_of
from tests.support.laws import FEW, tenths
from tests.support.optima import is_infeasible, optimum
from tests.support.problems import a_problem

ALL_FLOORS = {
    "min_level": [{"activity": "train", "level": 2}],
    "min_spend": [{"theatre": "syria", "amount": 3}],
    "min_coverage": [{"theatre": "iraq", "share": 0.5}, {"theatre": "iraq", "driver": "g", "share": 0.25}],
}


def floored(**policy: Any) -> Problem:
    """A level of train takes 1 off v in iraq, of advise ½ off g, of patrol 2 off the risk of syria. 10 M EUR a
    period.
    """
    return a_problem(
        periods=["p1", "p2"],
        theatres=[{"id": "iraq", "risk": {"v": 6, "g": 4}}, {"id": "syria"}],
        frameworks=[{"id": "alliance"}, {"id": "coalition"}],
        activities=[
            {"id": "train", "frameworks": ["alliance", "coalition"], "reduces": {"v": 1}},
            {"id": "advise", "reduces": {"g": 0.5}},
            {"id": "patrol", "theatre": "syria", "effect": {"type": "linear", "per_level": 2}},
        ],
        policy=policy,
    )


def test_rows_are_tied_to_given_numbers() -> None:
    assert rows_of(floored(**ALL_FLOORS), "floors") == (
        "floors[level,train,p1]: 2.0  <=  e[train,alliance,p1] + e[train,coalition,p1]\n"
        "floors[level,train,p2]: 2.0  <=  e[train,alliance,p2] + e[train,coalition,p2]\n"
        "floors[spend,syria,p1]: 3.0  <=  x[a,patrol,money,p1]\n"
        "floors[spend,syria,p2]: 3.0  <=  x[a,patrol,money,p2]\n"
        "floors[coverage,iraq,ALL]: 10.0  <=  cut[iraq,v,p1] + cut[iraq,v,p2] + cut[iraq,g,p1] + cut[iraq,g,p2]\n"
        "floors[coverage,iraq,g]: 2.0  <=  cut[iraq,g,p1] + cut[iraq,g,p2]\n"
    )


@pytest.mark.parametrize("level, holds", [(1.9, False), (2, True), (2.1, True)])
def test_permits_a_level_from_the_floor_on_under_any_framework(level: float, *, holds: bool) -> None:
    problem = floored(min_level=[{"activity": "train", "level": 2}])
    decisions = {"e[train,alliance,p1]": level, "e[train,coalition,p2]": 2}
    assert permits(problem, "floors", decisions) is holds


@pytest.mark.parametrize("spent, holds", [(2.9, False), (3, True), (3.1, True)])
def test_permits_spending_from_the_floor_on(spent: float, *, holds: bool) -> None:
    problem = floored(min_spend=[{"theatre": "syria", "amount": 3}])
    decisions = {"x[a,patrol,money,p1]": spent, "x[a,patrol,money,p2]": 3}
    assert permits(problem, "floors", decisions) is holds


@pytest.mark.parametrize("cut, holds", [(3.9, False), (4, True), (4.1, True)])
def test_permits_coverage_from_the_floor_on_over_the_horizon(cut: float, *, holds: bool) -> None:
    problem = floored(min_coverage=[{"theatre": "iraq", "share": 0.5}])
    assert permits(problem, "floors", {"cut[iraq,v,p1]": 6, "cut[iraq,g,p2]": cut}) is holds


def test_a_level_is_kept_in_every_period() -> None:
    """Without floors: 10 · 2 a period. A floor of 2 levels of train takes 2 M EUR from patrol: 2 · (2 + 8 · 2)."""
    assert optimum(floored()) == pytest.approx(40)
    assert optimum(floored(min_level=[{"activity": "train", "level": 2}])) == pytest.approx(36)


def test_spending_is_kept_in_every_period_and_goes_where_it_does_most() -> None:
    """A floor of 4 M EUR in iraq each period, spent on train: 2 · (4 + 6 · 2)."""
    assert optimum(floored(min_spend=[{"theatre": "iraq", "amount": 4}])) == pytest.approx(32)


def test_partners_count_towards_a_floor_on_spending() -> None:
    document = floored(min_spend=[{"theatre": "iraq", "amount": 4}]).document
    document["partners"] = [{"id": "eu", "resources": {"money": 4}}]
    assert optimum(Problem.model_validate(document)) == pytest.approx(2 * (4 + 10 * 2))


def test_coverage_is_counted_over_the_horizon() -> None:
    """A quarter of g is 2 of 8 points and takes 4 of the 20 M EUR: 2 + 16 · 2. Half of all 20 points in iraq: 10 by
    train, 1 each, so 10 + 10 · 2.
    """
    of_g = [{"theatre": "iraq", "driver": "g", "share": 0.25}]
    assert optimum(floored(min_coverage=of_g)) == pytest.approx(34)
    assert optimum(floored(min_coverage=[{"theatre": "iraq", "share": 0.5}])) == pytest.approx(30)


def test_coverage_holds_in_every_scenario() -> None:
    """In the calm half of 20 points is 10, as before. In the storm half of 40 is 20, but 8 M EUR a period remove only
    16.
    """
    document = floored(min_coverage=[{"theatre": "iraq", "share": 0.5}]).document
    scenarios = [{"id": "calm"}, {"id": "storm", "risk_multiplier": {"iraq": 2}}]
    assert optimum(Problem.model_validate({**document, "scenarios": scenarios[:1]})) == pytest.approx(30)
    document["members"] = [{"id": "a", "resources": {"money": 8}}]
    assert is_infeasible(Problem.model_validate({**document, "scenarios": scenarios}))


def test_a_floor_above_what_there_is_cannot_be_met() -> None:
    problem = floored(min_level=[{"activity": "patrol", "level": 11}])
    assert is_infeasible(problem)
    assert optimum(problem, "policy") == pytest.approx(40)


@FEW
@given(level=tenths(0, 10), less=tenths(0, 10))
def test_a_lower_floor_never_lowers_the_optimum(level: float, less: float) -> None:
    floor, lower = (floored(min_level=[{"activity": "advise", "level": at}]) for at in (level, max(0.0, level - less)))
    assert optimum(lower) >= optimum(floor) - 1e-6
