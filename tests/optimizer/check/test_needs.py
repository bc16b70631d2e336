from typing import Any

from models.problem.problem import Problem
from optimizer.check.needs import rows
from optimizer.check.row import RuleRow
from optimizer.tolerances import SIZE_FLOOR
from tests.support.plans import a_plan, broken, broken_rows, rows_of
from tests.support.problems import a_problem, members

TWO = [{"id": "money"}, {"id": "troops", "unit_cost": 0.5, "kind": "military"}]


def bundle(**fields: Any) -> Problem:
    return a_problem(
        resources=TWO,
        members=[{"id": "a", "resources": {"money": 10, "troops": 10}}],
        activities=[{"id": "train", "needs": {"money": 2, "troops": 3}, **fields}],
    )


def test_allows_the_amount_that_a_level_requires_of_each_need() -> None:
    problem = bundle()
    assert not broken(problem, a_plan(problem, {"a/train/money": 4, "a/train/troops": 6}))


def test_forbids_less_than_a_level_requires() -> None:
    problem = bundle()
    plan = a_plan(problem, {"a/train/money": 4, "a/train/troops": 5.99})
    assert broken_rows(problem, plan) == ["needs train/troops/p1"]


def test_forbids_more_than_a_level_requires() -> None:
    problem = bundle()
    plan = a_plan(problem, {"a/train/money": 4, "a/train/troops": 6.01})
    assert broken_rows(problem, plan) == ["needs train/troops/p1"]


def test_resources_substitute_at_their_rates() -> None:
    line = {"from": {"money": 1, "troops": 0.5}, "amount": 2}
    problem = bundle(needs=[line])
    assert not broken(problem, a_plan(problem, {"a/train/money": 2, "a/train/troops": 4}, levels={"train": 2}))
    assert broken(problem, a_plan(problem, {"a/train/money": 2, "a/train/troops": 4}, levels={"train": 3})) == {"needs"}


def test_multiplies_contributions_by_productivity() -> None:
    problem = a_problem(members=members("a", productivity=2))
    assert not broken(problem, a_plan(problem, {"a/train": 5}, levels={"train": 10}))
    assert broken(problem, a_plan(problem, {"a/train": 5}, levels={"train": 5})) == {"needs"}


def test_multiplies_the_need_by_the_cost_of_the_framework() -> None:
    problem = a_problem(frameworks=[{"id": "ad_hoc", "rule": {"type": "none"}, "cost_multiplier": 2}])
    assert not broken(problem, a_plan(problem, {"a/train": 10}, levels={"train": 5}))
    assert broken(problem, a_plan(problem, {"a/train": 10}, levels={"train": 10})) == {"needs"}


def test_forbids_contributions_to_an_activity_that_does_not_run() -> None:
    problem = a_problem()
    assert broken(problem, a_plan(problem, {"a/train": 1}, runs={})) == {"needs"}


def test_forbids_a_resource_that_is_not_needed() -> None:
    problem = a_problem(resources=TWO, members=[{"id": "a", "resources": {"money": 10, "troops": 10}}])
    plan = a_plan(problem, {"a/train/money": 1, "a/train/troops": 1})
    assert broken_rows(problem, plan) == ["needs a/train/troops/p1"]


def test_states_what_a_level_requires_and_receives() -> None:
    """Level 2 requires 2 · 3 · 2 of the first need; 4 money and ½ · 8 troops at a productivity of 3 supply 24.

    All means allow 2.5 levels, which take 15 of the first need and 30 of the second.
    """
    problem = a_problem(
        resources=[*TWO, {"id": "advice"}],
        members=[{"id": "a", "resources": {"money": 10, "troops": 10, "advice": 10}, "productivity": 3}],
        frameworks=[{"id": "ad_hoc", "rule": {"type": "none"}, "cost_multiplier": 3}],
        activities=[
            {
                "id": "train",
                "needs": [{"from": {"money": 1, "troops": 0.5}, "amount": 2}, {"from": {"advice": 1}, "amount": 4}],
            }
        ],
    )
    plan = a_plan(problem, {"a/train/money": 4, "a/train/troops": 8, "a/train/advice": 4}, levels={"train": 2})
    assert rows_of(rows, problem, plan) == [
        RuleRow(
            key="train/money+troops/p1",
            left=24,
            sense="=",
            right=12,
            sentence="train at level 2 in p1 requires 12 of money or troops (need 1); it receives 24.",
            scale=SIZE_FLOOR * 15,
        ),
        RuleRow(
            key="train/advice/p1",
            left=12,
            sense="=",
            right=24,
            sentence="train at level 2 in p1 requires 24 of advice (need 2); it receives 12.",
            scale=SIZE_FLOOR * 3 * 10,
        ),
    ]


def test_states_useless_contributions() -> None:
    """train does not run, so it requires nothing; it needs no troops, of which it receives 5 of 10."""
    problem = a_problem(resources=TWO, members=[{"id": "a", "resources": {"money": 10, "troops": 10}}])
    assert rows_of(rows, problem, a_plan(problem, {"a/train/troops": 5}, runs={})) == [
        RuleRow(
            key="train/money/p1",
            left=0,
            sense="=",
            right=0,
            sentence="train at level 0 in p1 requires 0 of money (need 1); it receives 0.",
            scale=SIZE_FLOOR * 10,
        ),
        RuleRow(
            key="a/train/troops/p1",
            left=5,
            sense="<=",
            right=0,
            sentence="a gives 5 M EUR of troops to train in p1, which does not need it.",
            scale=10,
        ),
    ]


def test_forbids_a_level_without_contributions() -> None:
    problem = a_problem()
    assert broken_rows(problem, a_plan(problem, runs={"train": None}, levels={"train": 5})) == ["needs train/money/p1"]
    assert not broken(problem, a_plan(problem, runs={"train": None}))
