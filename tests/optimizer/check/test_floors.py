from typing import Any

import pytest

from models.problem.problem import Problem
from tests.support.plans import a_plan, broken, broken_rows
from tests.support.problems import a_problem


def floored(**policy: Any) -> Problem:
    return a_problem(
        periods=["p1", "p2"],
        theatres=[{"id": "iraq", "risk": {"violence": [10, 6], "grievance": 4}}],
        activities=[{"id": "train", "reduces": {"violence": 1}}, {"id": "watch", "reduces": {"grievance": 1}}],
        policy=policy,
    )


def test_a_level_holds_in_each_period() -> None:
    problem = floored(min_level=[{"activity": "train", "level": 2}])
    assert not broken(problem, a_plan(problem, {"a/train/money/p1": 2, "a/train/money/p2": 2}))
    plan = a_plan(problem, {"a/train/money/p1": 5, "a/train/money/p2": 1.999})
    assert broken_rows(problem, plan) == ["floors min_level/train/p2"]


def test_spending_in_a_theatre_holds_in_each_period() -> None:
    problem = floored(min_spend=[{"theatre": "iraq", "amount": 3}])
    gives = {"a/train/money/p1": 2, "a/watch/money/p1": 1, "a/train/money/p2": 3}
    assert not broken(problem, a_plan(problem, gives))
    assert broken_rows(problem, a_plan(problem, gives | {"a/watch/money/p1": 0.999})) == ["floors min_spend/iraq/p1"]


@pytest.mark.parametrize("driver, needed", [("violence", 8), (None, 12)])
def test_coverage_holds_over_the_horizon(driver: str | None, needed: float) -> None:
    """Half of 16 violence, or half of 24 in all, of which 4 grievance are removed here."""
    problem = floored(min_coverage=[{"theatre": "iraq", "driver": driver, "share": 0.5}])
    violence = needed if driver else needed - 4
    gives = {"a/watch/money/p1": 4, "a/train/money/p1": 6, "a/train/money/p2": violence - 6}
    assert not broken(problem, a_plan(problem, gives))
    plan = a_plan(problem, gives | {"a/train/money/p2": violence - 6.01})
    assert broken_rows(problem, plan) == [f"floors min_coverage/iraq{'/violence' if driver else ''}"]


def test_is_not_asked_where_policy_is_relaxed() -> None:
    problem = floored(min_level=[{"activity": "train", "level": 2}])
    assert not broken(problem, a_plan(problem), relax=("policy",))
