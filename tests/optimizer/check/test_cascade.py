from typing import Any

import pytest

from models.problem.problem import Problem
from optimizer.check.cascade import rows
from optimizer.check.row import RuleRow
from tests.support.plans import a_plan, broken, broken_rows, rows_of
from tests.support.problems import a_problem, members


def following(**cascade: Any) -> Problem:
    return a_problem(
        members=members("us", "uk", min_contribution=1),
        theatres=[{"id": "iraq"}, {"id": "syria"}],
        activities=[{"id": "train"}, {"id": "watch"}, {"id": "patrol", "theatre": "syria"}],
        cascades=[{"pivot": "us", "followers": [{"member": "uk"}], **cascade}],
    )


def test_a_follower_may_give_if_the_pivot_counts() -> None:
    problem = following()
    assert not broken(problem, a_plan(problem, {"us/watch": 1, "uk/train": 10}))


def test_a_follower_gives_nothing_if_the_pivot_does_not_count() -> None:
    problem = following()
    plan = a_plan(problem, {"us/watch": 0.999, "uk/train": 0.001})
    assert broken_rows(problem, plan) == ["cascade us/iraq/uk/money/p1"]


def test_each_theatre_is_separate() -> None:
    problem = following()
    assert broken(problem, a_plan(problem, {"us/train": 5, "uk/patrol": 1})) == {"cascade"}
    only = following(theatres=["iraq"])
    assert not broken(only, a_plan(only, {"uk/patrol": 1}))


@pytest.mark.parametrize("amount, verdict", [(4, set()), (4.001, {"cascade"})])
def test_a_follower_gives_the_share_beyond_its_strength_without_the_pivot(amount: float, verdict: set[str]) -> None:
    problem = following(followers=[{"member": "uk", "strength": 0.6}])
    assert broken(problem, a_plan(problem, {"uk/train": amount})) == verdict


@pytest.mark.parametrize("amount, verdict", [(5, set()), (5.001, {"cascade"})])
def test_with_a_reference_followers_scale_back_with_the_pivot(amount: float, verdict: set[str]) -> None:
    problem = following(reference=8)
    assert broken(problem, a_plan(problem, {"us/train": 3, "us/watch": 1, "uk/train": amount})) == verdict


def test_above_the_reference_the_pivot_is_fully_present() -> None:
    problem = following(reference=2)
    assert not broken(problem, a_plan(problem, {"us/train": 10, "uk/train": 10}))


def test_possible_investments_do_not_count_without_the_pivot() -> None:
    radar = {"id": "radar", "contributor": "uk", "cost": {}, "adds": {"money": 10}}
    half = [{"member": "uk", "strength": 0.5}]
    document = following(followers=half).model_dump(by_alias=True) | {"investments": [radar]}
    problem = Problem.model_validate(document)
    assert not broken(problem, a_plan(problem, {"uk/train": 10}, buys={"radar/p1": 1}))
    assert broken(problem, a_plan(problem, {"uk/train": 10.01}, buys={"radar/p1": 1})) == {"cascade"}
    assert broken(problem, a_plan(problem, {"uk/train": 5.01})) == {"cascade"}


def test_a_partner_may_follow() -> None:
    problem = a_problem(
        members=members("us", min_contribution=1),
        partners=[{"id": "eu", "resources": {"money": 5}}],
        cascades=[{"pivot": "us", "followers": [{"member": "eu"}]}],
    )
    assert not broken(problem, a_plan(problem, {"us/train": 1, "eu/train": 5}))
    assert broken(problem, a_plan(problem, {"eu/train": 5})) == {"cascade"}


def test_has_no_rows_if_cascades_are_relaxed() -> None:
    problem = following()
    assert not broken(problem, a_plan(problem, {"uk/train": 5}), relax=("cascade",))


@pytest.mark.parametrize("amount, verdict", [(12.5, set()), (12.51, {"cascade"})])
def test_half_of_the_pivot_allows_half_of_the_possible_investments(amount: float, verdict: set[str]) -> None:
    """½ · (10 + 5 bought) + ½ · ½ · (10 + 10 possible) = 12.5."""
    radar = {"id": "radar", "contributor": "uk", "cost": {}, "adds": {"money": 5}, "max": 2}
    document = following(followers=[{"member": "uk", "strength": 0.5}], reference=8).model_dump(by_alias=True)
    problem = Problem.model_validate(document | {"investments": [radar]})
    gives = {"us/train": 4, "uk/train": amount}
    assert broken(problem, a_plan(problem, gives, buys={"radar/p1": 1})) == verdict


def test_an_investment_counts_only_after_its_lead_time() -> None:
    late = {"id": "late", "contributor": "uk", "cost": {}, "adds": {"money": 8}, "lead_time": 1}
    other = {"id": "other", "contributor": "us", "cost": {}, "adds": {"money": 8}}
    document = following(reference=8).model_dump(by_alias=True)
    problem = Problem.model_validate(document | {"periods": ["p1", "p2"], "investments": [late, other]})
    first = a_plan(problem, {"us/train/money/p1": 4, "uk/train/money/p1": 5.01})
    assert broken(problem, first) == {"cascade"}
    gives = {"us/train/money/p2": 4, "uk/train/money/p2": 9}
    assert not broken(problem, a_plan(problem, gives, buys={"late/p1": 1}))
    assert broken(problem, a_plan(problem, gives | {"uk/train/money/p2": 9.01}, buys={"late/p1": 1})) == {"cascade"}


def test_states_what_a_follower_gives_and_its_limit() -> None:
    """¼ of 10 in any case, and ¾ of it with half of the pivot: 6.25; the row has the tolerance of 10."""
    problem = following(followers=[{"member": "uk", "strength": 0.75}], reference=8, theatres=["iraq"])
    plan = a_plan(problem, {"us/train": 4, "uk/train": 7, "uk/watch": 1})
    assert rows_of(rows, problem, plan) == [
        RuleRow(
            key="us/iraq/uk/money/p1",
            left=8,
            sense="<=",
            right=6.25,
            sentence="uk gives 8 M EUR of money in iraq in p1; it follows us, whose presence of 50% allows 6.25.",
            scale=10,
        )
    ]


def test_more_than_the_reference_is_full_presence() -> None:
    problem = following(reference=2)
    (row,) = rows_of(rows, problem, a_plan(problem, {"us/train": 10, "uk/train": 4}))
    assert row.right == 10


def test_an_investment_adds_only_its_own_resources() -> None:
    """½ of 10 money without the pivot, although an investment could add troops."""
    barracks = {"id": "barracks", "contributor": "uk", "cost": {}, "adds": {"troops": 5}}
    document = following(followers=[{"member": "uk", "strength": 0.5}], reference=8).model_dump(by_alias=True)
    problem = Problem.model_validate(
        document | {"investments": [barracks], "resources": [{"id": "money"}, {"id": "troops"}]}
    )
    (row, *_) = rows_of(rows, problem, a_plan(problem, {"us/train": 4, "uk/train": 6}, buys={"barracks/p1": 1}))
    assert (row.key, row.right, row.scale) == ("us/iraq/uk/money/p1", 7.5, 10)
