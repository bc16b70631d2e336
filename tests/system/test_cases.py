"""Problems on which an answer was once wrong, with the right answer."""

import json
from pathlib import Path
from typing import Any

import pytest

from models.config import Config, Group, SolverConfig
from models.errors import InvalidDocument
from models.outcome import Outcome, Solved
from models.plan import ThresholdReport
from models.reading import read_problem
from optimizer import solve
from optimizer.solving.magnitudes import magnitude_issues

FOLDER = Path(__file__).resolve().parents[1] / "cases"


def document(name: str) -> dict[str, Any]:
    return json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))


def solved(name: str, **solver: float) -> Outcome:
    return solve(read_problem(document(name)), Config(solver=SolverConfig.model_validate(solver)))


@pytest.mark.parametrize("gap", [1e-4, 0])
def test_an_end_without_a_bound_is_not_called_a_time_limit(gap: float) -> None:
    """1,140.0000019 points (closed form) at 300 M EUR. HiGHS ends the cost "optimal" at the start, without a bound."""
    outcome = solved("growth_over_many_periods", mip_gap=gap)
    assert outcome.status == "optimal"
    assert [one.value for one in outcome.objectives] == pytest.approx([1140.0000019, 300])
    assert [one.bound for one in outcome.objectives] == pytest.approx([1140.0000019, 300], rel=max(gap, 1e-6))


def test_a_threat_at_the_limit_does_not_block() -> None:
    """4 x 0.35 - 2 is -0.6 in decimals; in binary fractions it would fall below -0.6, and b would object: 0 points."""
    outcome = solved("threat_at_the_limit")
    assert outcome.status == "optimal"
    assert outcome.objectives[0].value == pytest.approx(3)


def value(problem: dict[str, Any], relax: tuple[Group, ...] = ()) -> float:
    """The first objective, proven optimal and checked."""
    outcome = solve(read_problem(problem), Config(relax=relax))
    assert isinstance(outcome, Solved), outcome
    assert outcome.check.passed
    assert outcome.objectives[0].bound == pytest.approx(outcome.objectives[0].value)
    return outcome.objectives[0].value


@pytest.mark.parametrize("name", ["budgeted_override", "budgeted_multiplier"])
@pytest.mark.parametrize("is_swapped", [False, True])
def test_a_scenario_has_one_optimum_however_it_is_written(name: str, *, is_swapped: bool) -> None:
    """10 levels: 10 points less a loss of 5 in s0; 4 of them count in s1, whose risk is 4: 4 less 2."""
    problem = document(name)
    if is_swapped:
        problem["scenarios"].reverse()
    assert value(problem) == pytest.approx(3.5)
    plan = solve(read_problem(problem)).plan
    assert plan is not None
    counted = {run.scenario: (run.level, run.effective_level, run.effect) for run in plan.activities}
    assert counted == {"s0": pytest.approx((10, 10, 10)), "s1": pytest.approx((10, 4, 4))}


@pytest.mark.parametrize("is_swapped", [False, True])
def test_each_scenario_has_its_own_threshold_and_effect(*, is_swapped: bool) -> None:
    problem = document("threshold_by_scenario")
    if is_swapped:
        problem["scenarios"].reverse()
    assert value(problem) == pytest.approx(3.5)
    plan = solve(read_problem(problem)).plan
    assert plan is not None
    rows = {run.scenario: (run.effect, run.threshold) for run in plan.activities}
    assert rows == {
        "s0": (pytest.approx(7), ThresholdReport(needed=5, met=True, short_by=0)),
        "s1": (0, ThresholdReport(needed=9, met=False, short_by=2)),
    }
    assert [run.scenario for run in plan.activities] == [one["id"] for one in problem["scenarios"]]


def test_each_scenario_has_its_own_effect_of_a_framework() -> None:
    """The framework halves what the effort achieves in s1: 7 points and 3.5."""
    problem = document("threshold_by_scenario")
    problem["activities"][0]["effect"] = {"type": "linear", "per_level": 1}
    problem["scenarios"][1]["overrides"] = {"frameworks/alliance/effect_multiplier": 0.5}
    plan = solve(read_problem(problem)).plan
    assert plan is not None
    assert {run.scenario: run.effect for run in plan.activities} == pytest.approx({"s0": 7, "s1": 3.5})


def test_nobody_pays_for_a_partner_that_gives_nothing() -> None:
    assert value(document("coordination_for_nothing")) == pytest.approx(0)
    assert value(document("coordination_for_nothing"), relax=("burden",)) == pytest.approx(10)


@pytest.mark.parametrize(
    "criterion, right", [({"recourse": True}, 14), ({"recourse": False}, 6), ({"type": "worst_case"}, 6)]
)
def test_an_impossible_scenario_binds_and_is_worth_nothing(criterion: dict[str, Any], right: float) -> None:
    problem = document("impossible_scenario")
    problem["criterion"] |= criterion
    assert value(problem) == pytest.approx(right)


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
