from typing import Any

import pytest

from models.problem.problem import Problem
from optimizer.check.rivalry import rows
from optimizer.check.row import EXACT, RuleRow
from optimizer.check.score import score
from tests.support.plans import a_plan, broken, broken_rows, rows_of
from tests.support.problems import a_problem, members


def rivals(**rivalry: Any) -> Problem:
    return a_problem(
        members=members("a", "b", "c"),
        theatres=[{"id": "iraq"}, {"id": "syria"}],
        activities=[{"id": "train"}, {"id": "watch"}, {"id": "patrol", "theatre": "syria"}],
        rivalries=[{"between": ["a", "b"], **rivalry}],
    )


def test_rivals_may_serve_in_different_activities() -> None:
    problem = rivals()
    assert not broken(problem, a_plan(problem, {"a/train": 5, "b/watch": 5, "c/train": 5}))


def test_rivals_do_not_serve_together_at_any_amount() -> None:
    problem = rivals()
    plan = a_plan(problem, {"a/train": 5, "b/train": 0.001})
    assert broken_rows(problem, plan) == ["rivalry a:b/train/p1"]


@pytest.mark.parametrize(
    "where, verdict",
    [
        ({"activities": ["watch"]}, set()),
        ({"activities": ["train"]}, {"rivalry"}),
        ({"theatres": ["syria"]}, set()),
        ({"theatres": ["iraq"]}, {"rivalry"}),
    ],
)
def test_a_rivalry_applies_to_its_activities_or_theatres(where: dict[str, list[str]], verdict: set[str]) -> None:
    problem = rivals(**where)
    assert broken(problem, a_plan(problem, {"a/train": 5, "b/train": 5})) == verdict


def test_friction_counts_per_activity_and_period_with_both_rivals() -> None:
    problem = rivals(hard=False, friction=1.5)
    plan = a_plan(problem, {"a/train": 5, "b/train": 1, "a/watch": 1, "b/watch": 2, "a/patrol": 4})
    assert not broken(problem, plan)
    assert score(problem, plan)["risk_reduction"] == pytest.approx(13 - 2 * 1.5)
    assert score(problem, plan, relax=["rivalry"])["risk_reduction"] == pytest.approx(13)


def test_has_no_rows_if_rivalry_is_relaxed() -> None:
    problem = rivals()
    assert not broken(problem, a_plan(problem, {"a/train": 5, "b/train": 5}), relax=("rivalry",))


def test_states_the_rivals_in_a_run() -> None:
    problem = rivals(activities=["train"])
    plan = a_plan(problem, {"a/train": 5, "b/train": 1, "a/watch": 1})
    assert rows_of(rows, problem, plan) == [
        RuleRow(
            key="a:b/train/p1",
            left=2,
            sense="<=",
            right=1,
            sentence="a and b are rivals, but both contribute to train in p1.",
            tolerance=EXACT,
        )
    ]
