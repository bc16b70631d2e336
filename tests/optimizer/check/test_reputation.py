from typing import Any

import pytest

from models.problem.problem import Problem
from optimizer.check.reputation import rows
from optimizer.check.row import Row
from tests.support.plans import a_plan, broken, broken_rows, rows_of
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


def test_says_how_far_trust_falls_and_what_footprint_is_left() -> None:
    """A trust of 2, of which 2 missing levels cost 0.5: 8 · 2 of footprint before, 8 · 1.5 after."""
    problem = trusting(theatres=[{"id": "iraq", "footprint_cap": 8, "trust": 2}])
    gives = {"a/strike/money/p1": 4, "a/rebuild/money/p2": 2, "a/base/money/p3": 3}
    left = {"p1": 2, "p2": 2, "p3": 1.5, "after": 1.5}
    used = {"p1": 0, "p2": 0, "p3": 6}

    def trust(period: str) -> Row:
        sentence = f"trust in iraq falls to {left[period]:g}"
        return Row(key=f"trust/iraq/{period}", left=left[period], sense=">=", right=0, sentence=sentence, scale=2)

    def footprint(period: str) -> Row:
        return Row(
            key=f"footprint/iraq/{period}",
            left=used[period],
            sense="<=",
            right=8 * left[period],
            sentence=f"the footprint in iraq is {used[period]:g}, at most {8 * left[period]:g} is trusted",
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


def test_where_nothing_is_missing_no_trust_is_asked_for() -> None:
    problem = trusting(theatres=[{"id": "iraq"}])
    assert rows_of(rows, problem, a_plan(problem, {"a/strike/money/p1": 4, "a/rebuild/money/p2": 4})) == []


@pytest.mark.parametrize("level, verdict", [(3, set()), (3.001, {"reputation"})])
def test_what_is_missing_is_charged_to_those_that_may_fall_short(level: float, verdict: set[str]) -> None:
    """1 level of 2: the raid's is a duty, so the strike's is missing, and 0.75 of the footprint of 8 is left."""
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
def test_what_is_missing_is_charged_to_the_theatre_whose_trust_can_bear_it(poor: str, period: str) -> None:
    """2 levels of 4 are missing, at 0.25 each: a trust of 0.1 cannot bear them, one of 0.5 can."""
    owed = {"follow_on": "rebuild", "ratio": 1, "periods": 1, "trust_loss": 0.25}
    problem = trusting(
        theatres=[{"id": one, "trust": 0.1 if one == poor else 0.5} for one in ("iraq", "syria")],
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
def test_what_is_missing_is_charged_where_the_footprint_leaves_room(crowded: str) -> None:
    """A trust of 0.5 lets 4 of footprint in. Where 3 are, 0.125 can be lost; the other theatre is empty."""
    owed = {"follow_on": "rebuild", "ratio": 1, "periods": 1, "trust_loss": 0.25}
    problem = trusting(
        theatres=[{"id": one, "trust": 0.5, "footprint_cap": 8} for one in ("iraq", "syria")],
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
