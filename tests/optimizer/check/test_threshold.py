from typing import Any

import pytest

from models.problem.problem import Problem
from optimizer.check.score import score
from tests.support.plans import a_plan, broken, broken_rows, changed
from tests.support.problems import a_problem

S_CURVE = [[0, 0], [4, 1], [8, 9], [12, 11]]


def stability() -> Problem:
    effect = {"type": "threshold", "threshold": 8, "per_level": 2}
    return a_problem(activities=[{"id": "train", "effect": effect}])


def wrong(**figures: Any) -> list[str]:
    problem = stability()
    plan = a_plan(problem, {"a/train": 6})
    run = plan.activities[0].model_dump()
    run["threshold"] |= figures
    return broken_rows(problem, changed(plan, activities=[run]))


@pytest.mark.parametrize("level, effect", [(8, 16), (7.999, 0), (10, 20), (7.9999999, 2 * 7.9999999)])
def test_stability_underfunded_is_stability_not_delivered(level: float, effect: float) -> None:
    problem = stability()
    plan = a_plan(problem, {"a/train": level})
    assert plan.activities[0].effect == pytest.approx(effect)
    assert score(problem, plan)["risk_reduction"] == pytest.approx(effect)


def test_rejects_an_effect_below_the_threshold() -> None:
    problem = stability()
    plan = a_plan(problem, {"a/train": 7.9})
    run = plan.activities[0].model_dump() | {"effect": 15.8}
    assert broken_rows(problem, changed(plan, activities=[run])) == ["threshold train/p1/effect"]


@pytest.mark.parametrize("level, effect", [(2, 0.5), (4, 1), (6, 5), (8, 9), (10, 10)])
def test_an_s_curve_is_full_before_and_zero_after(level: float, effect: float) -> None:
    problem = a_problem(activities=[{"id": "train", "effect": {"type": "piecewise", "points": S_CURVE}}])
    plan = a_plan(problem, {"a/train": level})
    assert plan.activities[0].effect == pytest.approx(effect)
    assert not broken(problem, plan)
    run = plan.activities[0].model_dump() | {"effect": effect + 0.01}
    assert broken_rows(problem, changed(plan, activities=[run])) == ["threshold train/p1/effect"]


def test_reports_how_short_of_the_threshold_a_plan_is() -> None:
    report = a_plan(stability(), {"a/train": 6}).activities[0].threshold
    assert report is not None
    assert (report.needed, report.met, report.short_by) == (8, False, 2)


def test_rejects_a_report_of_the_threshold_that_is_not_so() -> None:
    assert wrong(needed=9) == ["threshold train/p1/needed"]
    assert wrong(met=True) == ["threshold train/p1/met"]
    assert wrong(short_by=1) == ["threshold train/p1/short_by"]


def test_rejects_a_missing_report_and_one_too_many() -> None:
    problem = stability()
    plan = a_plan(problem, {"a/train": 8})
    silent = changed(plan, activities=[plan.activities[0].model_dump() | {"threshold": None}])
    assert broken_rows(problem, silent) == ["threshold train/p1"]
    linear = a_problem()
    spoken = a_plan(linear, {"a/train": 8}).activities[0].model_dump()
    spoken["threshold"] = {"needed": 8, "met": True, "short_by": 0}
    assert broken(linear, changed(a_plan(linear, {"a/train": 8}), activities=[spoken])) == {"threshold"}
