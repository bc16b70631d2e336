from typing import Any

import pytest

from models.problem.problem import Problem
from optimizer.check.row import EXACT, RuleRow
from optimizer.check.score import score
from optimizer.check.threshold import rows
from optimizer.tolerances import FIGURE_AGREEMENT
from tests.support.plans import a_plan, broken, broken_rows, changed, rows_of
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


def test_rejects_a_wrong_report_of_the_threshold() -> None:
    assert wrong(needed=9) == ["threshold train/p1/needed"]
    assert wrong(met=True) == ["threshold train/p1/met"]
    assert wrong(short_by=1) == ["threshold train/p1/short_by"]


def test_rejects_a_missing_and_an_unexpected_report() -> None:
    problem = stability()
    plan = a_plan(problem, {"a/train": 8})
    without_report = changed(plan, activities=[plan.activities[0].model_dump() | {"threshold": None}])
    assert broken_rows(problem, without_report) == ["threshold train/p1"]
    linear = a_problem()
    with_report = a_plan(linear, {"a/train": 8}).activities[0].model_dump()
    with_report["threshold"] = {"needed": 8, "met": True, "short_by": 0}
    assert broken(linear, changed(a_plan(linear, {"a/train": 8}), activities=[with_report])) == {"threshold"}


def test_states_the_reported_and_the_recomputed_threshold() -> None:
    problem = stability()
    run = a_plan(problem, {"a/train": 6}).activities[0].model_dump()
    run |= {"effect": 12, "threshold": {"needed": 9, "met": True, "short_by": 1}}
    sentence = "train reports in p1 a threshold of 9, met, 1 short; recomputed, the effective level is 6 of 8."
    assert rows_of(rows, problem, changed(a_plan(problem, {"a/train": 6}), activities=[run])) == [
        RuleRow(
            key="train/p1/effect",
            left=12,
            sense="=",
            right=0,
            sentence="train reports an effect of 12 risk points in p1; recomputed, it is 0.",
            tolerance=FIGURE_AGREEMENT,
        ),
        RuleRow(key="train/p1/needed", left=9, sense="=", right=8, sentence=sentence),
        RuleRow(key="train/p1/met", left=1, sense="=", right=0, sentence=sentence, tolerance=EXACT),
        RuleRow(
            key="train/p1/short_by",
            left=1,
            sense="=",
            right=2,
            sentence=sentence,
            scale=8,
            tolerance=FIGURE_AGREEMENT,
        ),
    ]


def test_states_a_threshold_that_is_not_met() -> None:
    problem = stability()
    needed = rows_of(rows, problem, a_plan(problem, {"a/train": 6}))[1]
    assert needed.sentence == (
        "train reports in p1 a threshold of 8, not met, 2 short; recomputed, the effective level is 6 of 8."
    )


@pytest.mark.parametrize("level, met", [(8 - 7.9e-6, 1), (8 - 8.1e-6, 0)])
def test_a_threshold_has_the_tolerance_of_a_row(level: float, met: float) -> None:
    problem = stability()
    assert rows_of(rows, problem, a_plan(problem, {"a/train": level}))[2].right == met


@pytest.mark.parametrize(
    "effect, sentence",
    [(None, "a threshold in p1, but it has none."), ("needed", "no threshold in p1, but it has one.")],
)
def test_states_a_missing_and_an_unexpected_report(effect: str | None, sentence: str) -> None:
    problem = stability() if effect else a_problem()
    plan = a_plan(problem, {"a/train": 8})
    report = None if effect else {"needed": 8, "met": True, "short_by": 0}
    reported = changed(plan, activities=[plan.activities[0].model_dump() | {"threshold": report}])
    assert rows_of(rows, problem, reported)[-1] == RuleRow(
        key="train/p1",
        left=0 if effect else 1,
        sense="=",
        right=1 if effect else 0,
        sentence=f"train reports {sentence}",
        tolerance=EXACT,
    )


def test_runs_of_another_scenario_do_not_skip_the_next() -> None:
    document = stability().model_dump(mode="json", by_alias=True)
    fields = {"scenarios": [{"id": "one"}, {"id": "other"}], "criterion": {"type": "expected", "recourse": True}}
    problem = Problem.model_validate(document | fields)
    gives = {"a/train/money/p1/one": 6, "a/train/money/p1/other": 8}
    plan = a_plan(problem, gives, runs={"train": None})
    shorts = [row.right for row in rows_of(rows, problem, plan) if row.key == "train/p1/short_by"]
    assert shorts == [2, 0]


@pytest.mark.parametrize("unit", [1e-9, 1, 1e9])
def test_rounding_of_a_level_where_an_s_curve_begins_to_rise_is_no_violation(unit: float) -> None:
    """The plan reports no effect at level 2, where the curve starts to rise; a rounded level has one of 1e-9 of 8."""
    curve = {"type": "piecewise", "points": [[0, 0], [2, 0], [6, 8 * unit]]}
    problem = a_problem(theatres=[{"id": "iraq", "risk": 100 * unit}], activities=[{"id": "train", "effect": curve}])
    plan = a_plan(problem, {"a/train": 2 + 4e-9})
    assert 0 < plan.activities[0].effect < 1e-8 * unit
    unaffected = changed(plan, activities=[plan.activities[0].model_dump() | {"effect": 0}])
    assert not broken(problem, unaffected)
    wrong = changed(plan, activities=[plan.activities[0].model_dump() | {"effect": 8e-3 * unit}])
    assert broken(problem, wrong) == {"threshold"}
