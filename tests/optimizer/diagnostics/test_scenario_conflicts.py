"""Warnings about contributions that support different levels in different scenarios, without recourse.

One member has 10 M EUR. It trains at 1 M EUR per level and 1 point per level, in two equally likely scenarios.
"""

from typing import Any

import pytest

from models.problem.problem import Problem
from optimizer.diagnostics.warnings import warnings
from tests.support.optima import optimum
from tests.support.problems import a_problem, members

TRAIN: dict[str, Any] = {"activities": [{"id": "train", "needs": {"money": 1}}], "frameworks": [{"id": "un"}]}
UNEQUAL = "the same contribution supports different levels in different scenarios"
SHARED = "decided once for all scenarios; set criterion/recourse to true to decide them per scenario"


def two_scenarios(overrides: dict[str, Any], *, recourse: bool = False, **fields: Any) -> Problem:
    return a_problem(
        scenarios=[{"id": "calm"}, {"id": "lean", "overrides": overrides}],
        criterion={"type": "expected", "recourse": recourse},
        **fields,
    )


def conflicts(problem: Problem) -> list[str]:
    return [warning for warning in warnings(problem) if SHARED in warning]


@pytest.mark.parametrize(
    "overrides,with_recourse",
    [
        pytest.param({"activities/train/needs/money": 2}, 7.5, id="needs"),
        pytest.param({"members/a/productivity": 0.5}, 7.5, id="productivity"),
        pytest.param({"frameworks/un/cost_multiplier": 2}, 7.5, id="cost multiplier"),
    ],
)
def test_an_activity_that_two_scenarios_close_is_named_with_the_override_and_the_way_out(
    overrides: dict[str, Any], with_recourse: float
) -> None:
    """x = e in calm and x = 2 e in lean: both are 0. With recourse 10 levels in calm and 5 in lean: 7.5 expected."""
    problem = two_scenarios(overrides, **TRAIN)
    (warning,) = conflicts(problem)
    (address,) = overrides
    assert warning == (
        f"train cannot run: {UNEQUAL} (scenarios/lean/overrides: {address}), but contributions are {SHARED}"
    )
    assert optimum(problem) == pytest.approx(0)
    separate = two_scenarios(overrides, recourse=True, **TRAIN)
    assert conflicts(separate) == []
    assert optimum(separate) == pytest.approx(with_recourse)


def test_a_contributor_with_unequal_rates_gives_nothing_if_none_offsets_it() -> None:
    """x_a + x_b = e and x_a / 2 + x_b = e: x_a is 0, and b alone gives 10."""
    problem = two_scenarios({"members/a/productivity": 0.5}, members=members("a", "b"))
    (warning,) = conflicts(problem)
    assert warning.startswith(f"train gets no money from a: {UNEQUAL}")
    assert optimum(problem) == pytest.approx(10)


def test_opposite_differences_can_offset_each_other() -> None:
    """x_a + x_b = x_a / 2 + 2 x_b: 10 from a and 5 from b support 15 levels in both scenarios."""
    problem = two_scenarios({"members/a/productivity": 0.5, "members/b/productivity": 2}, members=members("a", "b"))
    assert conflicts(problem) == []
    assert optimum(problem) == pytest.approx(15)


def test_an_unwilling_contributor_offsets_nothing() -> None:
    """b does not support train, so a, at half its productivity in lean, is alone."""
    problem = two_scenarios(
        {"members/a/productivity": 0.5},
        members=members("a", "b"),
        positions=[{"member": "b", "activity": "train", "value": 0}],
    )
    (warning,) = conflicts(problem)
    assert warning.startswith(f"train cannot run: {UNEQUAL}")
    assert optimum(problem) == pytest.approx(0)


def test_a_framework_with_equal_cost_in_both_scenarios_can_run() -> None:
    """un costs 1 M EUR per level in calm and 2 in lean. ad_hoc costs 2 in both, so 10 M EUR support 5 levels."""
    problem = two_scenarios(
        {"frameworks/un/cost_multiplier": 2},
        frameworks=[{"id": "un"}, {"id": "ad_hoc", "cost_multiplier": 2}],
        activities=[{"id": "train", "frameworks": ["un", "ad_hoc"]}],
    )
    (warning,) = conflicts(problem)
    assert warning.startswith(f"train cannot run under un: {UNEQUAL}")
    assert optimum(problem) == pytest.approx(5)


def test_a_partner_whose_price_differs_between_scenarios_cannot_be_paid() -> None:
    """k would add 20 for a price of 1 in calm and 2 in lean. Without k: 10. With recourse: 28.5."""
    fields: dict[str, Any] = {
        "partners": [
            {"id": "k", "resources": {"money": 20}, "coordination_cost": {"resource": "money", "amount": 1}},
        ],
    }
    problem = two_scenarios({"partners/k/coordination_cost/amount": 2}, **fields)
    (warning,) = conflicts(problem)
    assert warning.startswith("nobody can pay for k: its price differs between scenarios (scenarios/lean/overrides: ")
    assert "partners/k/coordination_cost/amount" in warning
    assert optimum(problem) == pytest.approx(10)
    assert optimum(two_scenarios({"partners/k/coordination_cost/amount": 2}, recourse=True, **fields)) == (
        pytest.approx(28.5)
    )


def test_scenarios_that_differ_in_endowments_give_no_conflict() -> None:
    problem = two_scenarios({"members/a/resources/money": 4})
    assert conflicts(problem) == []
    assert optimum(problem) == pytest.approx(4)
