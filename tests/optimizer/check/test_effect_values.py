from typing import Any

import pytest

from optimizer.check.row import slack
from tests.support.plans import a_plan, broken, broken_rows, changed
from tests.support.problems import a_problem

BUDGETED = {"type": "budgeted", "gamma": 1}
LINEAR = {"type": "linear", "per_level": 1}
RECOURSE = {"scenarios": [{"id": "one"}, {"id": "other"}], "criterion": {**BUDGETED, "recourse": True}}


def counted_on(level: float, effect: dict[str, Any], criterion: dict[str, Any]) -> set[str]:
    """What is broken if a level of 8 is said to count for `level`."""
    problem = a_problem(activities=[{"id": "train", "effect": effect}], criterion=criterion)
    plan = a_plan(problem, {"a/train": 8})
    run = plan.activities[0].model_dump() | {"effective_level": level, "effect": level}
    return broken(problem, changed(plan, activities=[run], coverage=[], scenarios=[]))


@pytest.mark.parametrize(
    "effect, criterion, verdict",
    [
        ({**LINEAR, "deviation": 0.5}, BUDGETED, {"risk"}),  # 5 points are achieved and none are told
        (LINEAR, BUDGETED, {"effect", "risk"}),
        ({**LINEAR, "deviation": 0.5}, {"type": "expected"}, {"effect", "risk"}),
    ],
)
def test_a_plan_may_count_on_less_only_where_it_may_be_disappointed(
    effect: dict[str, Any], criterion: dict[str, Any], verdict: set[str]
) -> None:
    assert counted_on(5, effect, criterion) == verdict


def test_what_is_no_line_cannot_disappoint() -> None:
    threshold = {"type": "threshold", "threshold": 4, "per_level": 2}
    problem = a_problem(
        activities=[{"id": "train", "effect": threshold}, {"id": "watch", "effect": {**LINEAR, "deviation": 0.5}}],
        criterion=BUDGETED,
    )
    plan = a_plan(problem, {"a/train": 5, "a/watch": 2})
    assert not broken(problem, plan)
    assert [run.effective_level for run in plan.activities] == [5, 2]


def test_each_future_counts_on_what_is_said_of_it() -> None:
    """With recourse: 3 of 8 here, all 2 there."""
    problem = a_problem(activities=[{"id": "train", "effect": {**LINEAR, "deviation": 0.5}}], **RECOURSE)
    gives = {"a/train/money/p1/one": 8, "a/train/money/p1/other": 2}
    plan = a_plan(problem, gives, runs={"train": None})
    first, second = (run.model_dump() for run in plan.activities)
    first |= {"effective_level": 3, "effect": 3}
    told = changed(plan, activities=[second, first], coverage=[], scenarios=[])
    assert broken_rows(problem, told) == ["risk iraq/risk/p1/reduction"]
    first |= {"effective_level": 9, "effect": 9}
    assert "effect train/p1/effective_level@one" in broken_rows(problem, changed(told, activities=[second, first]))


def test_what_a_future_does_not_list_achieves_nothing_there() -> None:
    problem = a_problem(activities=[{"id": "train", "effect": {**LINEAR, "deviation": 0.5}}], **RECOURSE)
    plan = a_plan(problem, {"a/train/money/p1/one": 8}, runs={"train": None})
    listed = [run.model_dump() for run in plan.activities if run.scenario == "one"]
    assert not broken(problem, changed(plan, activities=listed))


def test_a_threshold_is_met_from_exactly_what_a_row_may_be_off_by() -> None:
    problem = a_problem(activities=[{"id": "train", "effect": {"type": "threshold", "threshold": 8, "per_level": 2}}])
    (run,) = a_plan(problem, {"a/train": 8 - slack(8)}).activities
    assert run.effect > 15
    (short,) = a_plan(problem, {"a/train": 8 - 1.01 * slack(8)}).activities
    assert short.effect == 0
