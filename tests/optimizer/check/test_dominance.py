from typing import Any

import pytest

from models.problem.problem import Problem
from optimizer.check.dominance import rows
from optimizer.check.row import RuleRow
from tests.support.plans import a_plan, broken, broken_rows, rows_of
from tests.support.problems import a_problem, members


def balanced(**rule: Any) -> Problem:
    return a_problem(
        periods=["p1", "p2"],
        members=members("a", "b"),
        partners=[{"id": "eu", "resources": {"money": 10}}],
        theatres=[{"id": "iraq"}, {"id": "syria"}],
        activities=[{"id": "train"}, {"id": "patrol", "theatre": "syria"}],
        policy={"max_contributor_share": [{"share": 0.5, **rule}]},
    )


@pytest.mark.parametrize("amount, verdict", [(4, set()), (4.001, {"dominance"})])
def test_no_contributor_gives_more_than_its_share_over_the_horizon(amount: float, verdict: set[str]) -> None:
    problem = balanced(contributor="a")
    plan = a_plan(problem, {"a/train/money/p1": amount, "b/train/money/p2": 3, "eu/patrol/money/p1": 1})
    assert broken(problem, plan) == verdict


def test_a_rule_without_a_contributor_applies_to_each_member_and_partner() -> None:
    problem = balanced()
    assert broken_rows(problem, a_plan(problem, {"a/train": 2, "eu/train": 3})) == ["dominance all/eu"]


def test_a_share_of_a_theatre_is_of_the_spending_there() -> None:
    problem = balanced(theatre="syria")
    assert not broken(problem, a_plan(problem, {"a/train": 8, "a/patrol": 2, "b/patrol": 2}))
    assert broken_rows(problem, a_plan(problem, {"b/train": 8, "a/patrol": 2.01, "b/patrol": 2})) == [
        "dominance syria/a"
    ]


def test_has_no_rows_if_policy_is_relaxed() -> None:
    problem = balanced()
    assert not broken(problem, a_plan(problem, {"a/train": 2}), relax=("policy",))


def test_states_the_spending_of_each_contributor() -> None:
    problem = balanced()
    plan = a_plan(problem, {"a/train/money/p1": 2, "a/train/money/p2": 1, "eu/patrol": 5})
    assert rows_of(rows, problem, plan) == [
        RuleRow(
            key=f"all/{who}",
            left=spent,
            sense="<=",
            right=4,
            sentence=f"{who} gives {spent} of 8 M EUR in all theatres; its share may be at most 50%.",
            scale=8,
        )
        for who, spent in (("a", 3), ("b", 0), ("eu", 5))
    ]


def test_a_rule_with_a_contributor_has_a_single_row() -> None:
    problem = balanced(contributor="a", theatre="iraq")
    assert [row.key for row in rows_of(rows, problem, a_plan(problem, {"a/train": 1, "eu/train": 5}))] == ["iraq/a"]
