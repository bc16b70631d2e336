from typing import Any

from models.problem.problem import Problem
from optimizer.check.reserve import rows
from optimizer.check.row import Row
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


def test_members_keep_a_reserve_together_and_partners_do_not_count() -> None:
    problem = keeping()
    pays = {"b/eu/money/p1": 1}
    assert not broken(problem, a_plan(problem, {"a/train": 10, "b/train": 6, "eu/train": 10}, pays=pays))
    plan = a_plan(problem, {"a/train": 10, "b/train": 6.001, "eu/train": 10}, pays=pays)
    assert broken_rows(problem, plan) == ["reserve members/money/p1"]


def test_what_is_bought_adds_and_what_it_costs_is_spent() -> None:
    problem = keeping(contributor="a")
    assert not broken(problem, a_plan(problem, {"a/train": 6}, buys={"radar/p1": 1}))
    assert broken(problem, a_plan(problem, {"a/train": 6.01}, buys={"radar/p1": 1})) == {"reserve"}


def test_a_partner_may_keep_one_too() -> None:
    problem = keeping(contributor="eu")
    pays = {"a/eu/money/p1": 1}
    assert not broken(problem, a_plan(problem, {"eu/train": 7}, pays=pays))
    assert broken(problem, a_plan(problem, {"eu/train": 7.01}, pays=pays)) == {"reserve"}


def test_is_not_asked_where_policy_is_relaxed() -> None:
    problem = keeping(contributor="a")
    assert not broken(problem, a_plan(problem, {"a/train": 10}), relax=("policy",))


def test_says_what_is_spent_of_what_there_is() -> None:
    """Kept per period: 3, then 4; of members together what a and b have."""
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
        Row(
            key=f"{who}/money/{period}",
            left=spent,
            sense="<=",
            right=there - kept,
            sentence=f"{who} spend {spent} of {there} money, of which {kept} are to be kept",
            scale=there,
        )
        for who, period, spent, there, kept in (
            ("a", "p1", 8, 10, 3),
            ("a", "p2", 0, 10, 4),
            ("members", "p1", 8, 20, 5),
            ("members", "p2", 1, 20, 5),
        )
    ]
