from typing import Any

import pytest

from optimizer.check.row import slack
from tests.support.plans import a_plan, broken, broken_rows, changed
from tests.support.problems import a_problem

BUDGETED = {"type": "budgeted", "gamma": 1}
LINEAR = {"type": "linear", "per_level": 1}
RECOURSE = {"scenarios": [{"id": "one"}, {"id": "other"}], "criterion": {**BUDGETED, "recourse": True}}


def violations_if_claimed(level: float, effect: dict[str, Any], criterion: dict[str, Any]) -> set[str]:
    """The violated families if a plan claims `level` as the effective level of a level of 8."""
    problem = a_problem(activities=[{"id": "train", "effect": effect}], criterion=criterion)
    plan = a_plan(problem, {"a/train": 8})
    run = plan.activities[0].model_dump() | {"effective_level": level, "effect": level}
    return broken(problem, changed(plan, activities=[run], coverage=[], scenarios=[]))


@pytest.mark.parametrize(
    "effect, criterion, verdict",
    [
        ({**LINEAR, "deviation": 0.5}, BUDGETED, {"risk"}),  # the plan removes 5 points and reports none
        (LINEAR, BUDGETED, {"effect", "risk"}),
        ({**LINEAR, "deviation": 0.5}, {"type": "expected"}, {"effect", "risk"}),
    ],
)
def test_a_plan_may_claim_less_only_if_the_effect_may_disappoint(
    effect: dict[str, Any], criterion: dict[str, Any], verdict: set[str]
) -> None:
    assert violations_if_claimed(5, effect, criterion) == verdict


def test_only_a_linear_effect_can_disappoint() -> None:
    threshold = {"type": "threshold", "threshold": 4, "per_level": 2}
    problem = a_problem(
        activities=[{"id": "train", "effect": threshold}, {"id": "watch", "effect": {**LINEAR, "deviation": 0.5}}],
        criterion=BUDGETED,
    )
    plan = a_plan(problem, {"a/train": 5, "a/watch": 2})
    assert not broken(problem, plan)
    assert [run.effective_level for run in plan.activities] == [5, 2]


def test_each_scenario_has_its_own_claim() -> None:
    """With recourse: a claim of 3 of 8 in the first scenario, of all 2 in the second."""
    problem = a_problem(activities=[{"id": "train", "effect": {**LINEAR, "deviation": 0.5}}], **RECOURSE)
    gives = {"a/train/money/p1/one": 8, "a/train/money/p1/other": 2}
    plan = a_plan(problem, gives, runs={"train": None})
    first, second = (run.model_dump() for run in plan.activities)
    first |= {"effective_level": 3, "effect": 3}
    claimed = changed(plan, activities=[second, first], coverage=[], scenarios=[])
    assert set(broken_rows(problem, claimed)) == {
        "risk iraq/risk/p1/reduction@one",
        "risk iraq/risk/p1/reduction@other",
    }
    first |= {"effective_level": 9, "effect": 9}
    assert "effect train/p1/effective_level@one" in broken_rows(problem, changed(claimed, activities=[second, first]))


def test_a_run_that_a_scenario_does_not_list_has_no_effect_there() -> None:
    problem = a_problem(activities=[{"id": "train", "effect": {**LINEAR, "deviation": 0.5}}], **RECOURSE)
    plan = a_plan(problem, {"a/train/money/p1/one": 8}, runs={"train": None})
    listed = [run.model_dump() for run in plan.activities if run.scenario == "one"]
    assert not broken(problem, changed(plan, activities=listed))


def test_a_threshold_has_the_tolerance_of_a_row() -> None:
    problem = a_problem(activities=[{"id": "train", "effect": {"type": "threshold", "threshold": 8, "per_level": 2}}])
    (run,) = a_plan(problem, {"a/train": 8 - slack(8)}).activities
    assert run.effect > 15
    (short,) = a_plan(problem, {"a/train": 8 - 1.01 * slack(8)}).activities
    assert short.effect == 0
