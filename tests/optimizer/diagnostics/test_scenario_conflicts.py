"""Futures that ask for different amounts of the same effort close it where what is given is decided once: it is said.

One member has 10 M EUR and trains at 1 M EUR a level, 1 point each, in two futures of one half each.
"""

from typing import Any

import pytest

from models.problem.problem import Problem
from optimizer.diagnostics.warnings import warnings
from tests.support.optima import optimum
from tests.support.problems import a_problem, members

TRAIN: dict[str, Any] = {"activities": [{"id": "train", "needs": {"money": 1}}], "frameworks": [{"id": "un"}]}
DIFFER = "futures ask for different amounts of the same effort"


def two_futures(overrides: dict[str, Any], *, recourse: bool = False, **fields: Any) -> Problem:
    return a_problem(
        scenarios=[{"id": "calm"}, {"id": "lean", "overrides": overrides}],
        criterion={"type": "expected", "recourse": recourse},
        **fields,
    )


def said_of(problem: Problem) -> list[str]:
    return [one for one in warnings(problem) if "futures ask for" in one]


@pytest.mark.parametrize(
    "overrides,with_recourse",
    [
        pytest.param({"activities/train/needs/money": 2}, 7.5, id="needs"),
        pytest.param({"members/a/productivity": 0.5}, 7.5, id="productivity"),
        pytest.param({"frameworks/un/cost_multiplier": 2}, 7.5, id="cost multiplier"),
    ],
)
def test_an_activity_that_two_futures_close_is_named_with_the_override_and_the_way_out(
    overrides: dict[str, Any], with_recourse: float
) -> None:
    """x = e in calm and x = 2 e in lean: both are 0. With recourse 10 levels in calm and 5 in lean: 7.5 expected."""
    problem = two_futures(overrides, **TRAIN)
    (said,) = said_of(problem)
    (address,) = overrides
    assert said == (
        f"train cannot run: {DIFFER} (scenarios/lean/overrides: {address}), and what is given is decided once for all "
        "of them; with criterion/recourse true each future has its own"
    )
    assert optimum(problem) == pytest.approx(0)
    apart = two_futures(overrides, recourse=True, **TRAIN)
    assert said_of(apart) == []
    assert optimum(apart) == pytest.approx(with_recourse)


def test_one_whose_means_are_worth_less_in_one_future_gives_nothing_beside_others() -> None:
    """x_a + x_b = e and x_a / 2 + x_b = e: x_a is 0, and b alone gives 10."""
    problem = two_futures({"members/a/productivity": 0.5}, members=members("a", "b"))
    (said,) = said_of(problem)
    assert said.startswith(f"nothing comes to train of money of a: {DIFFER}")
    assert optimum(problem) == pytest.approx(10)


def test_what_one_loses_another_may_make_up_for() -> None:
    """x_a + x_b = x_a / 2 + 2 x_b: 10 of a and 5 of b come to 15 levels in both futures."""
    problem = two_futures({"members/a/productivity": 0.5, "members/b/productivity": 2}, members=members("a", "b"))
    assert said_of(problem) == []
    assert optimum(problem) == pytest.approx(15)


def test_who_would_not_give_anyway_makes_up_for_nothing() -> None:
    """b does not stand behind it: a, worth half in lean, is alone."""
    problem = two_futures(
        {"members/a/productivity": 0.5},
        members=members("a", "b"),
        positions=[{"member": "b", "activity": "train", "value": 0}],
    )
    (said,) = said_of(problem)
    assert said.startswith(f"train cannot run: {DIFFER}")
    assert optimum(problem) == pytest.approx(0)


def test_a_flag_that_costs_the_same_in_both_futures_stays_open() -> None:
    """Under un 10 levels for 10 M EUR, if lean did not ask 20 for them; ad hoc costs 20 for 10 levels in both: 5."""
    problem = two_futures(
        {"frameworks/un/cost_multiplier": 2},
        frameworks=[{"id": "un"}, {"id": "ad_hoc", "cost_multiplier": 2}],
        activities=[{"id": "train", "frameworks": ["un", "ad_hoc"]}],
    )
    (said,) = said_of(problem)
    assert said.startswith(f"train cannot run under un: {DIFFER}")
    assert optimum(problem) == pytest.approx(5)


def test_a_partner_whose_price_differs_between_futures_cannot_be_paid_for() -> None:
    """k would add 20 for 1 or 2 M EUR: what is paid is 1 in calm and 2 in lean. Without it 10, with recourse 28.5."""
    fields: dict[str, Any] = {
        "partners": [
            {"id": "k", "resources": {"money": 20}, "coordination_cost": {"resource": "money", "amount": 1}},
        ],
    }
    problem = two_futures({"partners/k/coordination_cost/amount": 2}, **fields)
    (said,) = said_of(problem)
    assert said.startswith("nobody can pay for k: futures ask for different prices of it (scenarios/lean/overrides: ")
    assert "partners/k/coordination_cost/amount" in said
    assert optimum(problem) == pytest.approx(10)
    assert optimum(two_futures({"partners/k/coordination_cost/amount": 2}, recourse=True, **fields)) == (
        pytest.approx(28.5)
    )


def test_futures_that_differ_in_other_things_close_nothing() -> None:
    problem = two_futures({"members/a/resources/money": 4})
    assert said_of(problem) == []
    assert optimum(problem) == pytest.approx(4)
