import pytest

from models.problem.problem import Problem
from tests.support.families import permits, rows_of
from tests.support.optima import optimum
from tests.support.problems import a_problem

CAPPED = [{"id": "train", "min_level": 2, "max_level": 6}, {"id": "watch", "needs": {"money": 4}}]


def test_rows_bound_the_level_between_its_minimum_and_what_endowments_allow() -> None:
    assert rows_of(a_problem(activities=CAPPED), "level") == (
        "level[most,train,alliance,p1]: e[train,alliance,p1]  <=  6.0*y[train,alliance,p1]\n"
        "level[least,train,alliance,p1]: 2.0*y[train,alliance,p1]  <=  e[train,alliance,p1]\n"
        "level[most,watch,alliance,p1]: e[watch,alliance,p1]  <=  2.5*y[watch,alliance,p1]\n"
    )


@pytest.mark.parametrize("level, holds", [(1.9, False), (2, True), (6, True), (6.1, False)])
def test_permits_levels_of_what_runs_between_least_and_most(level: float, *, holds: bool) -> None:
    decisions = {"y[train,alliance,p1]": 1, "e[train,alliance,p1]": level}
    assert permits(a_problem(activities=CAPPED), "level", decisions) is holds


def test_forbids_a_level_of_what_does_not_run() -> None:
    assert permits(a_problem(activities=CAPPED), "level", {})
    assert not permits(a_problem(activities=CAPPED), "level", {"e[train,alliance,p1]": 0.1})


def least(level: float) -> Problem:
    return a_problem(
        members=[{"id": "a", "resources": {"money": 4}}],
        activities=[
            {"id": "train", "effect": {"type": "linear", "per_level": 3}, "min_level": level},
            {"id": "watch"},
        ],
    )


@pytest.mark.parametrize("level, value", [(0, 12), (4, 12), (5, 4)])
def test_what_cannot_reach_its_least_level_does_not_run(level: float, value: float) -> None:
    """4 M EUR: train at level 4 gives 12. If train needs at least level 5, watch gives 4."""
    assert optimum(least(level)) == pytest.approx(value)


@pytest.mark.parametrize("most, value", [(0, 4), (1, 6), (4, 12), (9, 12)])
def test_nothing_runs_above_its_greatest_level(most: float, value: float) -> None:
    """4 M EUR: 3 points per level of train up to the maximum, 1 per M EUR for the rest."""
    document = least(0).document
    document["activities"][0]["max_level"] = most
    assert optimum(Problem.model_validate(document)) == pytest.approx(value)


def test_a_least_level_below_one_binds_too() -> None:
    assert "0.5*y[train,alliance,p1]" in rows_of(a_problem(activities=[{"id": "train", "min_level": 0.5}]), "level")
