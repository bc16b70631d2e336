from typing import Any

import pytest

from models.problem.problem import Problem
from optimizer.check.rivalry import rows
from optimizer.check.row import EXACT, Row
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


def test_rivals_may_serve_in_two_activities() -> None:
    problem = rivals()
    assert not broken(problem, a_plan(problem, {"a/train": 5, "b/watch": 5, "c/train": 5}))


def test_rivals_do_not_serve_together_however_little_one_gives() -> None:
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
def test_a_rivalry_holds_where_it_says(where: dict[str, list[str]], verdict: set[str]) -> None:
    problem = rivals(**where)
    assert broken(problem, a_plan(problem, {"a/train": 5, "b/train": 5})) == verdict


def test_friction_is_paid_for_each_activity_and_period_served_together() -> None:
    problem = rivals(hard=False, friction=1.5)
    plan = a_plan(problem, {"a/train": 5, "b/train": 1, "a/watch": 1, "b/watch": 2, "a/patrol": 4})
    assert not broken(problem, plan)
    assert score(problem, plan)["risk_reduction"] == pytest.approx(13 - 2 * 1.5)
    assert score(problem, plan, relax=["rivalry"])["risk_reduction"] == pytest.approx(13)


def test_is_not_asked_where_rivalry_is_relaxed() -> None:
    problem = rivals()
    assert not broken(problem, a_plan(problem, {"a/train": 5, "b/train": 5}), relax=("rivalry",))


def test_says_who_serves_together() -> None:
    problem = rivals(activities=["train"])
    plan = a_plan(problem, {"a/train": 5, "b/train": 1, "a/watch": 1})
    assert rows_of(rows, problem, plan) == [
        Row(
            key="a:b/train/p1",
            left=2,
            sense="<=",
            right=1,
            sentence="a and b are rivals and serve together in train",
            tolerance=EXACT,
        )
    ]
