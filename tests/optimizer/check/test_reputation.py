from typing import Any

import pytest

from models.problem.problem import Problem
from optimizer.check.reputation import rows
from optimizer.check.row import RuleRow
from tests.support.plans import a_plan, broken, broken_rows, rows_of
from tests.support.problems import a_problem


def trusting(**fields: Any) -> Problem:
    """A strike owes 1 level per level in the next period; each missing level costs 0.25 of a trust of 1."""
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
def test_lost_trust_reduces_later_access(level: float, verdict: set[str]) -> None:
    """2 missing levels in p2 leave a trust of 0.5 in p3, so half the footprint."""
    problem = trusting()
    gives = {"a/strike/money/p1": 4, "a/rebuild/money/p2": 2, "a/base/money/p3": level}
    assert broken(problem, a_plan(problem, gives)) == verdict


@pytest.mark.parametrize("level, verdict", [(4, set()), (4.001, {"reputation"})])
def test_access_is_full_before_trust_is_lost(level: float, verdict: set[str]) -> None:
    problem = trusting()
    gives = {"a/strike/money/p1": 4, "a/rebuild/money/p2": 2, "a/base/money/p2": level}
    assert broken(problem, a_plan(problem, gives)) == verdict


@pytest.mark.parametrize("level, verdict", [(4, set()), (4.001, {"reputation"})])
def test_trust_does_not_fall_below_zero_one_period_past_the_last(level: float, verdict: set[str]) -> None:
    problem = trusting()
    assert broken(problem, a_plan(problem, {"a/strike/money/p2": level})) == verdict


def test_the_footprint_cap_applies_without_operations() -> None:
    problem = trusting(activities=[{"id": "base", "footprint": 2}])
    assert not broken(problem, a_plan(problem, {"a/base/money/p1": 4}))
    assert broken_rows(problem, a_plan(problem, {"a/base/money/p1": 4.01})) == ["reputation footprint/iraq/p1"]


def test_charges_a_missing_level_to_the_theatre_with_enough_trust() -> None:
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


def test_with_policy_relaxed_trust_stays_and_the_footprint_cap_applies() -> None:
    problem = trusting()
    gives = {"a/strike/money/p1": 4, "a/base/money/p3": 4}
    assert not broken(problem, a_plan(problem, gives), relax=("policy",))
    assert broken(problem, a_plan(problem, gives | {"a/base/money/p3": 4.01}), relax=("policy",)) == {"reputation"}


def test_states_trust_and_the_footprint_it_allows() -> None:
    """2 missing levels cost 0.5 of a trust of 2: a footprint of 8 · 2 before and of 8 · 1.5 after."""
    problem = trusting(theatres=[{"id": "iraq", "footprint_cap": 8, "trust": 2}])
    gives = {"a/strike/money/p1": 4, "a/rebuild/money/p2": 2, "a/base/money/p3": 3}
    left = {"p1": 2, "p2": 2, "p3": 1.5, "after": 1.5}
    used = {"p1": 0, "p2": 0, "p3": 6}

    def trust(period: str) -> RuleRow:
        when = "after the last period" if period == "after" else f"at the start of {period}"
        sentence = f"Trust in iraq is {left[period]:g} {when}; it must not fall below 0."
        return RuleRow(key=f"trust/iraq/{period}", left=left[period], sense=">=", right=0, sentence=sentence, scale=2)

    def footprint(period: str) -> RuleRow:
        return RuleRow(
            key=f"footprint/iraq/{period}",
            left=used[period],
            sense="<=",
            right=8 * left[period],
            sentence=f"The footprint in iraq is {used[period]:g} in {period}; trust allows {8 * left[period]:g}.",
            scale=16,
        )

    assert rows_of(rows, problem, a_plan(problem, gives)) == [
        trust("p1"),
        footprint("p1"),
        trust("p2"),
        footprint("p2"),
        trust("p3"),
        footprint("p3"),
        trust("after"),
    ]


def test_without_missing_levels_there_are_no_rows_of_trust() -> None:
    problem = trusting(theatres=[{"id": "iraq"}])
    assert rows_of(rows, problem, a_plan(problem, {"a/strike/money/p1": 4, "a/rebuild/money/p2": 4})) == []


@pytest.mark.parametrize("level, verdict", [(3, set()), (3.001, {"reputation"})])
def test_charges_missing_levels_only_to_operations_that_may_fall_short(level: float, verdict: set[str]) -> None:
    """The strike misses 1 of 2 levels, because that of the raid is mandatory; 0.75 of a footprint of 8 is left."""
    owed = {"follow_on": "rebuild", "ratio": 1, "periods": 1}
    problem = trusting(
        activities=[
            {"id": "strike", "day_after": {**owed, "trust_loss": 0.25}},
            {"id": "raid", "day_after": owed},
            {"id": "rebuild"},
            {"id": "base", "footprint": 2},
        ]
    )
    gives = {"a/strike/money/p1": 1, "a/raid/money/p1": 1, "a/rebuild/money/p2": 1, "a/base/money/p3": level}
    assert broken(problem, a_plan(problem, gives)) == verdict


@pytest.mark.parametrize("period", ["p1", "p2"])
@pytest.mark.parametrize("poor", ["iraq", "syria"])
def test_charges_missing_levels_to_the_theatre_with_enough_trust(poor: str, period: str) -> None:
    """2 of 4 levels are missing, at 0.25 each: a trust of 0.1 is too small for them, a trust of 0.5 suffices."""
    owed = {"follow_on": "rebuild", "ratio": 1, "periods": 1, "trust_loss": 0.25}
    problem = trusting(
        theatres=[{"id": theatre, "trust": 0.1 if theatre == poor else 0.5} for theatre in ("iraq", "syria")],
        activities=[
            {"id": "strike", "day_after": owed},
            {"id": "raid", "theatre": "syria", "day_after": owed},
            {"id": "rebuild"},
        ],
    )
    after = {"p1": "p2", "p2": "p3"}[period]
    gives = {f"a/strike/money/{period}": 2, f"a/raid/money/{period}": 2, f"a/rebuild/money/{after}": 2}
    assert not broken(problem, a_plan(problem, gives))
    assert broken(problem, a_plan(problem, gives | {f"a/rebuild/money/{after}": 1.5})) == {"reputation"}


@pytest.mark.parametrize("crowded", ["iraq", "syria"])
def test_charges_missing_levels_to_the_theatre_with_room_for_its_footprint(crowded: str) -> None:
    """A trust of 0.5 allows a footprint of 4. With a footprint of 3, 0.125 may be lost; the other theatre has none."""
    owed = {"follow_on": "rebuild", "ratio": 1, "periods": 1, "trust_loss": 0.25}
    problem = trusting(
        theatres=[{"id": theatre, "trust": 0.5, "footprint_cap": 8} for theatre in ("iraq", "syria")],
        activities=[
            {"id": "strike", "day_after": owed},
            {"id": "raid", "theatre": "syria", "day_after": owed},
            {"id": "rebuild"},
            {"id": "base", "theatre": crowded, "footprint": 1},
        ],
    )
    gives = {"a/strike/money/p1": 2, "a/raid/money/p1": 2, "a/rebuild/money/p2": 2, "a/base/money/p3": 3}
    assert not broken(problem, a_plan(problem, gives))
    assert broken(problem, a_plan(problem, gives | {"a/rebuild/money/p2": 1.4})) == {"reputation"}
