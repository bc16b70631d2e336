from typing import Any

import pytest

from models.problem.problem import Problem
from optimizer.check.day_after import rows
from optimizer.check.row import EXACT, RuleRow
from optimizer.tolerances import SIZE_FLOOR
from tests.support.plans import a_plan, broken, broken_rows, rows_of
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


def test_the_days_after_of_several_operations_add_up() -> None:
    problem = operations()
    gives = {"a/strike/money/p1": 3, "a/raid/money/p1": 1, "a/rebuild/money/p2": 7.999}
    assert broken_rows(problem, a_plan(problem, gives)) == ["day_after rebuild/p2"]
    assert not broken(problem, a_plan(problem, gives | {"a/rebuild/money/p2": 8}))


def test_an_operation_owes_in_each_of_its_periods() -> None:
    problem = operations(periods=2)
    gives = {"a/strike/money/p1": 1, "a/rebuild/money/p2": 2, "a/rebuild/money/p3": 2}
    assert not broken(problem, a_plan(problem, gives))
    assert broken_rows(problem, a_plan(problem, gives | {"a/rebuild/money/p3": 1})) == ["day_after rebuild/p3"]


def test_forbids_an_operation_with_a_day_after_past_the_horizon() -> None:
    problem = operations()
    assert broken_rows(problem, a_plan(problem, {"a/strike/money/p3": 1})) == ["day_after strike/beyond_horizon/p3"]
    ignored = operations(beyond_horizon="ignore")
    assert not broken(ignored, a_plan(ignored, {"a/strike/money/p3": 1}))


def test_has_no_rows_if_policy_is_relaxed() -> None:
    problem = operations()
    assert not broken(problem, a_plan(problem, {"a/strike/money/p1": 3, "a/strike/money/p3": 1}), relax=("policy",))


def test_states_the_level_of_the_follow_on_and_what_it_owes() -> None:
    """2 · 3 in p2 for the strike of p1, which is early enough; the raid of p3 is too late. At most 2 · 100 is owed."""
    problem = operations()
    gives = {"a/strike/money/p1": 3, "a/rebuild/money/p2": 4, "a/raid/money/p3": 1}
    assert rows_of(rows, problem, a_plan(problem, gives)) == [
        RuleRow(
            key="rebuild/p2",
            left=4,
            sense=">=",
            right=6,
            sentence="rebuild runs at level 4 in p2; the operations before it require 6.",
            scale=SIZE_FLOOR * 2 * 100,
        ),
        *(
            RuleRow(
                key=f"{operation}/beyond_horizon/{period}",
                left=1,
                sense="<=",
                right=in_time,
                sentence=f"{operation} runs in {period}, but its day after would be past the last period.",
                tolerance=EXACT,
            )
            for operation, period, in_time in (("strike", "p1", 1), ("raid", "p3", 0))
        ),
    ]


def test_a_follow_on_that_does_not_run_misses_the_whole_amount() -> None:
    problem = operations(ratio=0.5)
    (owed, _) = rows_of(rows, problem, a_plan(problem, {"a/strike/money/p1": 1}))
    assert (owed.left, owed.right) == (0, 0.5)
