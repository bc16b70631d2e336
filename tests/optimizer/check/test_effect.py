import pytest

from models.problem.problem import Problem
from optimizer.check.effect import rows
from optimizer.check.row import RuleRow
from optimizer.check.score import score
from optimizer.tolerances import FIGURE_AGREEMENT, SIZE_FLOOR
from tests.support.plans import a_plan, broken, broken_rows, changed, rows_of
from tests.support.problems import a_problem

CONCAVE = {"type": "piecewise", "points": [[0, 0], [2, 4], [6, 8]]}


def multiplied(**activity: object) -> Problem:
    framework = {"id": "ad_hoc", "rule": {"type": "none"}, "effect_multiplier": 0.8}
    return a_problem(frameworks=[framework], activities=[{"id": "train", **activity}])


def test_the_framework_changes_what_the_same_effort_achieves() -> None:
    problem = multiplied(effect={"type": "linear", "per_level": 2})
    plan = a_plan(problem, {"a/train": 10})
    assert (plan.activities[0].effective_level, plan.activities[0].effect) == pytest.approx((8, 16))
    assert score(problem, plan)["risk_reduction"] == pytest.approx(16)


@pytest.mark.parametrize("level, effect", [(1, 2), (2, 4), (4, 6), (6, 8), (9, 8)])
def test_a_concave_effect_is_the_height_of_its_line(level: float, effect: float) -> None:
    problem = a_problem(activities=[{"id": "train", "effect": CONCAVE}])
    plan = a_plan(problem, {"a/train": level})
    assert plan.activities[0].effect == pytest.approx(effect)
    assert not broken(problem, plan)


def test_each_period_has_its_effect_per_level() -> None:
    problem = a_problem(
        periods=["p1", "p2"], activities=[{"id": "train", "effect": {"type": "linear", "per_level": [1, 3]}}]
    )
    plan = a_plan(problem, {"a/train/money/p1": 2, "a/train/money/p2": 2})
    assert [run.effect for run in plan.activities] == [2, 6]


@pytest.mark.parametrize("figure", ["effective_level", "effect"])
def test_rejects_a_wrong_figure(figure: str) -> None:
    problem = multiplied()
    plan = a_plan(problem, {"a/train": 10})
    (run,) = plan.activities
    wrong = changed(plan, activities=[run.model_dump() | {figure: 8.01}])
    assert broken_rows(problem, wrong) == [f"effect train/p1/{figure}"]


def test_allows_the_last_digits_of_a_figure_to_differ() -> None:
    problem = multiplied()
    plan = a_plan(problem, {"a/train": 10})
    (run,) = plan.activities
    assert not broken(problem, changed(plan, activities=[run.model_dump() | {"effect": 8.000001}]))


def test_states_the_reported_and_the_recomputed_figure() -> None:
    """Level 10 · 0.8 = 8, worth 8 · 1; the tolerance of a figure is larger than that of a row."""
    problem = multiplied()
    plan = a_plan(problem, {"a/train": 10})
    wrong = changed(plan, activities=[plan.activities[0].model_dump() | {"effective_level": 7, "effect": 9}])
    assert rows_of(rows, problem, wrong) == [
        RuleRow(
            key="train/p1/effective_level",
            left=7,
            sense="=",
            right=8,
            sentence="train reports an effective level of 7 in p1; recomputed, it is 8.",
            scale=SIZE_FLOOR * 10,
            tolerance=FIGURE_AGREEMENT,
        ),
        RuleRow(
            key="train/p1/effect",
            left=9,
            sense="=",
            right=8,
            sentence="train reports an effect of 9 risk points in p1; recomputed, it is 8.",
            tolerance=FIGURE_AGREEMENT,
        ),
    ]


def test_runs_of_another_scenario_do_not_skip_the_next() -> None:
    problem = a_problem(scenarios=[{"id": "one"}, {"id": "other"}], criterion={"type": "expected", "recourse": True})
    gives = {"a/train/money/p1/one": 1, "a/train/money/p1/other": 2}
    plan = a_plan(problem, gives, runs={"train": None})
    found = [(row.key, row.left, row.right) for row in rows_of(rows, problem, plan)]
    assert found == [
        (f"train/p1/{figure}", level, level) for level in (1, 2) for figure in ("effective_level", "effect")
    ]
