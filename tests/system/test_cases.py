"""Problems on which an answer was once wrong, with the right answer."""

import json
from pathlib import Path
from typing import Any

import pytest

from models.config import Config
from models.errors import InvalidDocument
from models.outcome import Outcome, Solved
from models.reading import read_problem
from optimizer import solve
from optimizer.solving.magnitudes import magnitude_issues

FOLDER = Path(__file__).resolve().parents[1] / "cases"


def document(name: str) -> dict[str, Any]:
    return json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))


def solved(name: str) -> Outcome:
    return solve(read_problem(document(name)))


def test_an_end_without_a_bound_is_not_called_a_time_limit() -> None:
    """1,140.0000019 points (closed form) at 300 M EUR. HiGHS ends the cost "optimal" at the start, without a bound."""
    outcome = solved("growth_over_many_periods")
    assert outcome.status == "optimal"
    assert [one.value for one in outcome.objectives] == pytest.approx([1140.0000019, 300])
    assert [one.bound for one in outcome.objectives] == pytest.approx([1140.0000019, 300])


def test_a_threat_at_the_limit_does_not_block() -> None:
    """4 x 0.35 - 2 is -0.6 in decimals; in binary fractions it would fall below -0.6, and b would object: 0 points."""
    outcome = solved("threat_at_the_limit")
    assert outcome.status == "optimal"
    assert outcome.objectives[0].value == pytest.approx(3)


def test_a_cascade_over_no_theatre_binds_nobody() -> None:
    """1 point at 1 M EUR of uk, which would follow us in every theatre if the empty list meant all of them."""
    outcome = solved("cascade_over_no_theatre")
    assert isinstance(outcome, Solved), outcome
    assert outcome.check.passed
    assert outcome.objectives[0].value == pytest.approx(1)


IN_OTHER_UNITS = {
    "budgets_in_euros": [14, 1e8],
    "budgets_in_tenths_of_a_euro": [14, 1e-6],
    "money_counted_in_thousandths_of_a_euro": [16.8, 20],
    "budgets_a_million_times_apart": [4.000001, 4.000001],
    "tiny_needs": [20, 1e-8],
}
"""Risk reduction and cost; the notes of each document say why."""


@pytest.mark.parametrize("name", IN_OTHER_UNITS)
def test_no_unit_and_no_size_of_numbers_makes_a_false_proof(name: str) -> None:
    outcome = solved(name)
    assert isinstance(outcome, Solved), outcome
    assert outcome.check.passed
    assert [one.value for one in outcome.objectives] == pytest.approx(IN_OTHER_UNITS[name], rel=1e-5, abs=0)
    assert [one.bound for one in outcome.objectives] == pytest.approx(IN_OTHER_UNITS[name], rel=1e-4, abs=0)


@pytest.mark.parametrize("ability", [1e-300, 5e-324])
def test_a_tiny_ability_to_pay_costs_no_points(ability: float) -> None:
    """Its later objective divides by the ability: 14 points, or a refusal of the ability."""
    problem = document("tiny_ability")
    problem["members"][0]["ability_to_pay"] = ability
    assert_true_or_refused(problem, 14, "members/a/ability_to_pay")


@pytest.mark.parametrize(
    "name, value, address",
    [
        ("stake_of_9e15", 0, "members/c/min_contribution"),
        ("budget_of_1e308", 1, "members/a/resources/money"),
        ("rate_of_1e12", 1, "activities/police_reform/needs"),
        ("deviation_of_9e15", 0, "activities/a1/effect/deviation"),
    ],
)
def test_extreme_numbers_are_solved_or_refused_by_address(name: str, value: float, address: str) -> None:
    """The notes of each document say why the value is right."""
    assert_true_or_refused(document(name), value, address)


def assert_true_or_refused(problem: dict[str, Any], value: float, address: str) -> None:
    """The answer is the true value, proven and checked, or a refusal that names the number in question."""
    outcome = solved_or_refused(problem)
    if not isinstance(outcome, Solved):
        assert isinstance(outcome, InvalidDocument), outcome
        assert [issue.address for issue in outcome.issues if issue.address.startswith(address)], outcome
        return
    assert outcome.check.passed
    assert (outcome.objectives[0].value, outcome.objectives[0].bound) == pytest.approx((value, value), abs=1e-4)


def solved_or_refused(problem: dict[str, Any]) -> Outcome | InvalidDocument:
    try:
        return solve(read_problem(problem))
    except InvalidDocument as refusal:
        return refusal


@pytest.mark.parametrize("name", ["persistence_over_sixty_periods", "stake_below_a_need", "need_of_a_millionth"])
def test_what_the_solve_refuses_for_its_numbers_the_check_refuses_before(name: str) -> None:
    """The numbers of each document lie close together; the terms of its program do not."""
    problem = read_problem(document(name))
    with pytest.raises(InvalidDocument) as refused:
        solve(problem)
    found = magnitude_issues(problem, Config())
    assert [(issue.address, issue.code) for issue in found] == [(refused.value.issues[0].address, "too_far_apart")]
