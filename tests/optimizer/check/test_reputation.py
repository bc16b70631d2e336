from typing import Any

import pytest

from models.problem.problem import Problem
from tests.support.plans import a_plan, broken, broken_rows
from tests.support.problems import a_problem


def trusting(**fields: Any) -> Problem:
    """A strike owes 1 a level next period; each level that is missing costs 0.25 of a trust of 1."""
    owed = {"follow_on": "rebuild", "ratio": 1, "periods": 1, "trust_loss": 0.25}
    activities = [{"id": "strike", "day_after": owed}, {"id": "rebuild"}, {"id": "base", "footprint": 2}]
    return a_problem(
        **{
            "periods": ["p1", "p2", "p3"],
            "members": [{"id": "a", "resources": {"money": 100}}],
            "theatres": [{"id": "iraq", "footprint_cap": 8}],
            "activities": activities,
            **fields,
        }
    )


def test_a_breach_is_allowed_at_the_price_of_trust() -> None:
    problem = trusting()
    assert not broken(problem, a_plan(problem, {"a/strike/money/p1": 4, "a/rebuild/money/p2": 2}))


@pytest.mark.parametrize("level, verdict", [(2, set()), (2.001, {"reputation"})])
def test_what_is_lost_is_missing_from_later_access(level: float, verdict: set[str]) -> None:
    """2 levels short in p2 leave a trust of 0.5, so half the footprint, in p3."""
    problem = trusting()
    gives = {"a/strike/money/p1": 4, "a/rebuild/money/p2": 2, "a/base/money/p3": level}
    assert broken(problem, a_plan(problem, gives)) == verdict


@pytest.mark.parametrize("level, verdict", [(4, set()), (4.001, {"reputation"})])
def test_access_is_full_while_nothing_is_lost(level: float, verdict: set[str]) -> None:
    problem = trusting()
    gives = {"a/strike/money/p1": 4, "a/rebuild/money/p2": 2, "a/base/money/p2": level}
    assert broken(problem, a_plan(problem, gives)) == verdict


@pytest.mark.parametrize("level, verdict", [(4, set()), (4.001, {"reputation"})])
def test_trust_does_not_fall_below_zero_one_period_past_the_last(level: float, verdict: set[str]) -> None:
    problem = trusting()
    assert broken(problem, a_plan(problem, {"a/strike/money/p2": level})) == verdict


def test_footprint_holds_where_nothing_can_be_breached() -> None:
    problem = trusting(activities=[{"id": "base", "footprint": 2}])
    assert not broken(problem, a_plan(problem, {"a/base/money/p1": 4}))
    assert broken_rows(problem, a_plan(problem, {"a/base/money/p1": 4.01})) == ["reputation footprint/iraq/p1"]


def test_a_missing_level_is_charged_where_trust_can_bear_it() -> None:
    owed = {"follow_on": "rebuild", "ratio": 1, "periods": 1, "trust_loss": 0.25}
    activities = [
        {"id": "strike", "day_after": owed},
        {"id": "raid", "theatre": "syria", "day_after": owed},
        {"id": "rebuild"},
        {"id": "base", "footprint": 2},
    ]
    problem = trusting(theatres=[{"id": "iraq", "footprint_cap": 8}, {"id": "syria"}], activities=activities)
    short = {"a/strike/money/p1": 2, "a/raid/money/p1": 2, "a/rebuild/money/p2": 2}
    assert not broken(problem, a_plan(problem, short | {"a/base/money/p3": 4}))
    gives = short | {"a/rebuild/money/p2": 1, "a/base/money/p3": 4}
    assert broken(problem, a_plan(problem, gives)) == {"reputation"}
    assert not broken(problem, a_plan(problem, gives | {"a/base/money/p3": 3}))


def test_no_trust_is_lost_where_policy_is_relaxed_and_the_footprint_still_holds() -> None:
    problem = trusting()
    gives = {"a/strike/money/p1": 4, "a/base/money/p3": 4}
    assert not broken(problem, a_plan(problem, gives), relax=("policy",))
    assert broken(problem, a_plan(problem, gives | {"a/base/money/p3": 4.01}), relax=("policy",)) == {"reputation"}
