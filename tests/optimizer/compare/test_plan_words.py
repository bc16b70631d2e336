"""Two plans in words, without a problem."""

import pytest

from models.plan import Plan
from optimizer.compare.plan_words import plan_differences
from optimizer.tolerances import PLAN_ROUNDING, SAME_AMOUNT
from tests.support.optima import solved
from tests.support.plans import a_plan
from tests.support.problems import a_problem, members

PAIR = a_problem(members=members("a", "b"), activities=[{"id": "train"}, {"id": "watch"}])


def words(here: Plan, there: Plan) -> list[str]:
    return list(plan_differences(here, there))


def test_names_runs_contributions_and_costs() -> None:
    here, there = a_plan(PAIR, {"a/train": 5, "b/train": 2}), a_plan(PAIR, {"a/train": 5, "b/watch": 3})
    assert words(here, there) == [
        "train in p1: alliance at level 7 → alliance at level 5",
        "watch in p1: does not run → alliance at level 3",
        "b gives train in p1: 2 → 0 money",
        "b gives watch in p1: 0 → 3 money",
        "b pays: 2 → 3 M EUR",
    ]
    assert not words(here, here)


@pytest.mark.parametrize("share, number", [(0.9 * SAME_AMOUNT, 0), (1.1 * SAME_AMOUNT, 3)])
def test_amounts_are_compared_by_their_share(share: float, number: int) -> None:
    assert len(words(a_plan(PAIR, {"a/train": 5}), a_plan(PAIR, {"a/train": 5 * (1 - share)}))) == number


@pytest.mark.parametrize("share, number", [(0.9 * PLAN_ROUNDING, 0), (1.1 * PLAN_ROUNDING, 2)])
def test_amounts_below_rounding_count_as_zero(share: float, number: int) -> None:
    """Rounding is relative to the greatest amount of either plan."""
    here, there = (a_plan(PAIR, {"a/train": 10, "b/train": 10 * tiny}) for tiny in (0, share))
    assert len(words(here, there)) == number


def test_a_plan_with_recourse_is_compared_scenario_by_scenario() -> None:
    """b withdraws in one scenario only: with recourse, the other scenario does not differ."""
    scenarios = [{"id": "calm"}, {"id": "poor", "overrides": {"members/b/resources/money": 0}}]
    shared = solved(a_problem(members=members("a", "b"))).plan
    split = solved(
        a_problem(members=members("a", "b"), scenarios=scenarios, criterion={"type": "expected", "recourse": True})
    ).plan
    found = words(shared, split)
    assert "b gives train in p1, scenario poor: 10 → 0 money" in found
    assert not [line for line in found if "calm" in line]
