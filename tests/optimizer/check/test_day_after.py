from typing import Any

import pytest

from models.problem.problem import Problem
from tests.support.plans import a_plan, broken, broken_rows
from tests.support.problems import a_problem


def operations(**owed: Any) -> Problem:
    day_after = {"follow_on": "rebuild", "ratio": 2, "periods": 1, **owed}
    return a_problem(
        periods=["p1", "p2", "p3"],
        members=[{"id": "a", "resources": {"money": 100}}],
        activities=[
            {"id": "strike", "day_after": day_after},
            {"id": "raid", "day_after": day_after},
            {"id": "rebuild"},
        ],
    )


@pytest.mark.parametrize("level, verdict", [(6, set()), (6.5, set()), (5.999, {"day_after"})])
def test_an_operation_owes_its_ratio_in_the_next_period(level: float, verdict: set[str]) -> None:
    problem = operations()
    gives = {"a/strike/money/p1": 3, "a/rebuild/money/p2": level}
    assert broken(problem, a_plan(problem, gives)) == verdict


def test_each_operation_has_its_own_day_after() -> None:
    problem = operations()
    gives = {"a/strike/money/p1": 3, "a/raid/money/p1": 1, "a/rebuild/money/p2": 7.999}
    assert broken_rows(problem, a_plan(problem, gives)) == ["day_after rebuild/p2"]
    assert not broken(problem, a_plan(problem, gives | {"a/rebuild/money/p2": 8}))


def test_owes_over_all_its_periods() -> None:
    problem = operations(periods=2)
    gives = {"a/strike/money/p1": 1, "a/rebuild/money/p2": 2, "a/rebuild/money/p3": 2}
    assert not broken(problem, a_plan(problem, gives))
    assert broken_rows(problem, a_plan(problem, gives | {"a/rebuild/money/p3": 1})) == ["day_after rebuild/p3"]


def test_forbids_an_operation_whose_day_after_is_past_the_horizon() -> None:
    problem = operations()
    assert broken_rows(problem, a_plan(problem, {"a/strike/money/p3": 1})) == ["day_after strike/beyond_horizon/p3"]
    ignored = operations(beyond_horizon="ignore")
    assert not broken(ignored, a_plan(ignored, {"a/strike/money/p3": 1}))


def test_is_not_asked_where_policy_is_relaxed() -> None:
    problem = operations()
    assert not broken(problem, a_plan(problem, {"a/strike/money/p1": 3, "a/strike/money/p3": 1}), relax=("policy",))
