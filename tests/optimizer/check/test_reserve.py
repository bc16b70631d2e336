from typing import Any

from models.problem.problem import Problem
from optimizer.check.reserve import rows
from optimizer.check.row import RuleRow
from tests.support.plans import a_plan, broken, broken_rows, rows_of
from tests.support.problems import a_problem, members


def keeping(**reserve: Any) -> Problem:
    eu = {"id": "eu", "resources": {"money": 10}, "coordination_cost": {"resource": "money", "amount": 1}}
    radar = {"id": "radar", "contributor": "a", "cost": {"money": 2}, "adds": {"money": 1}}
    return a_problem(
        members=members("a", "b"),
        partners=[eu],
        investments=[radar],
        policy={"reserve": [{"resource": "money", "amount": 3, **reserve}]},
    )


def test_a_contributor_keeps_its_reserve() -> None:
    problem = keeping(contributor="a")
    assert not broken(problem, a_plan(problem, {"a/train": 7, "b/train": 10}))
    assert broken_rows(problem, a_plan(problem, {"a/train": 7.001})) == ["reserve a/money/p1"]


def test_a_reserve_without_a_contributor_is_kept_by_all_members_without_partners() -> None:
    problem = keeping()
    pays = {"b/eu/money/p1": 1}
    assert not broken(problem, a_plan(problem, {"a/train": 10, "b/train": 6, "eu/train": 10}, pays=pays))
    plan = a_plan(problem, {"a/train": 10, "b/train": 6.001, "eu/train": 10}, pays=pays)
    assert broken_rows(problem, plan) == ["reserve members/money/p1"]


def test_investments_add_to_the_capacity_and_their_cost_to_the_use() -> None:
    problem = keeping(contributor="a")
    assert not broken(problem, a_plan(problem, {"a/train": 6}, buys={"radar/p1": 1}))
    assert broken(problem, a_plan(problem, {"a/train": 6.01}, buys={"radar/p1": 1})) == {"reserve"}


def test_a_partner_may_keep_a_reserve() -> None:
    problem = keeping(contributor="eu")
    pays = {"a/eu/money/p1": 1}
    assert not broken(problem, a_plan(problem, {"eu/train": 7}, pays=pays))
    assert broken(problem, a_plan(problem, {"eu/train": 7.01}, pays=pays)) == {"reserve"}


def test_has_no_rows_if_policy_is_relaxed() -> None:
    problem = keeping(contributor="a")
    assert not broken(problem, a_plan(problem, {"a/train": 10}), relax=("policy",))


def test_states_use_and_capacity() -> None:
    """a keeps 3, then 4; the members together have the endowments of a and b."""
    problem = a_problem(
        periods=["p1", "p2"],
        members=members("a", "b"),
        policy={
            "reserve": [
                {"resource": "money", "amount": [3, 4], "contributor": "a"},
                {"resource": "money", "amount": 5},
            ]
        },
    )
    plan = a_plan(problem, {"a/train/money/p1": 8, "b/train/money/p2": 1})
    assert rows_of(rows, problem, plan) == [
        RuleRow(
            key=f"{who}/money/{period}",
            left=spent,
            sense="<=",
            right=capacity - kept,
            sentence=f"{owner} {spent} of {capacity} M EUR of money in {period}; {kept} must be kept in reserve.",
            scale=capacity,
        )
        for who, owner, period, spent, capacity, kept in (
            ("a", "a uses", "p1", 8, 10, 3),
            ("a", "a uses", "p2", 0, 10, 4),
            ("members", "The members together use", "p1", 8, 20, 5),
            ("members", "The members together use", "p2", 1, 20, 5),
        )
    ]
