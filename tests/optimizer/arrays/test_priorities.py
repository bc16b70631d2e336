"""Priorities, weights within one, tolerances, and what is reported of each."""

from typing import Any

import numpy as np
import pytest

from models.config import SolverConfig
from models.problem.objective import Objective
from models.problem.problem import Problem
from optimizer.arrays.gap import relative_gap
from optimizer.arrays.priorities import ObjectiveVector, Priority
from optimizer.outcome.objective_results import objective_results
from optimizer.search.results import PriorityResult
from tests.support.optima import solved
from tests.support.problems import a_problem


def two_kinds(*objectives: dict[str, Any], **fields: Any) -> Problem:
    """train wins 2 a level up to level 3, watch ½; a M EUR a level."""
    return a_problem(
        activities=[
            {"id": "train", "effect": {"type": "linear", "per_level": 2}, "max_level": 3},
            {"id": "watch", "effect": {"type": "linear", "per_level": 0.5}},
        ],
        objectives=list(objectives),
        **fields,
    )


def test_objectives_of_one_priority_are_added_up_by_weight() -> None:
    """A point is worth a M EUR: train pays for itself, watch does not. 6 points for 3 M EUR."""
    outcome = solved(two_kinds({"metric": "risk_reduction", "priority": 1}, {"metric": "cost", "priority": 1}))
    assert {result.metric: result.value for result in outcome.objectives} == pytest.approx(
        {"risk_reduction": 6, "cost": 3}
    )


def test_a_weight_says_what_a_unit_is_worth_beside_the_others() -> None:
    """At three points for a M EUR watch pays for itself as well, at a third of a point train does no longer."""

    def worth(weight: float) -> list[float]:
        both = ({"metric": "risk_reduction", "priority": 1, "weight": weight}, {"metric": "cost", "priority": 1})
        return [result.value for result in solved(two_kinds(*both)).objectives]

    assert worth(3) == pytest.approx([6 + 3.5, 10])
    assert worth(1 / 3) == pytest.approx([0, 0])


def test_what_is_bounded_of_one_priority_is_its_sum() -> None:
    """6 points less 3 M EUR; alone, 9½ points could be had, so neither part has a bound of its own."""
    outcome = solved(two_kinds({"metric": "risk_reduction", "priority": 1}, {"metric": "cost", "priority": 1}))
    assert [result.value for result in outcome.objectives] == pytest.approx([6, 3])
    for part in outcome.objectives:
        assert (part.bound, part.proven, part.gap, part.proven_gap) == (None, None, None, None)
        assert part.optimal
    (total,) = outcome.sums
    assert (total.metrics, total.weights) == (("risk_reduction", "cost"), (1, -1))
    assert (total.value, total.bound, total.proven) == pytest.approx((3, 3, 3))
    assert total.optimal


def test_a_sum_counts_in_the_sense_of_its_first_metric_with_its_weights() -> None:
    """3 M EUR at weight 2 less 6 points: the same plan costs 0."""
    parts = ({"metric": "cost", "priority": 1, "weight": 2}, {"metric": "risk_reduction", "priority": 1, "weight": 3})
    outcome = solved(two_kinds(*parts))
    (total,) = outcome.sums
    cost, points = (result.value for result in outcome.objectives)
    assert total.weights == (2, -3)
    assert total.value == pytest.approx(2 * cost - 3 * points)
    assert total.bound == pytest.approx(total.value)


def test_single_objectives_make_no_sum() -> None:
    assert solved(two_kinds({"metric": "risk_reduction"}, {"metric": "cost"})).sums == ()


def test_a_later_priority_decides_what_the_first_leaves_open() -> None:
    """Risk 3 is removed by 1½ levels of train, or by 6 of watch: the first priority does not care, cost does."""
    problem = two_kinds(
        {"metric": "cost", "priority": 9},
        {"metric": "risk_reduction", "priority": 4},
        theatres=[{"id": "iraq", "risk": 3}],
    )
    outcome = solved(problem)
    assert [(result.metric, round(result.value, 6)) for result in outcome.objectives] == [
        ("risk_reduction", 3),
        ("cost", 1.5),
    ]


@pytest.mark.parametrize("tolerance, cost", [(0, 10), (0.1, 8.1), (0.5, 2.375), (1, 0)])
def test_a_tolerance_is_a_share_of_what_was_reached(tolerance: float, cost: float) -> None:
    """9½ points for 10 M EUR. A tenth of them, 0.95, spares 1.9; one half, 4.75 left of them, takes 2.375 of train."""
    objectives = ({"metric": "risk_reduction", "tolerance": tolerance}, {"metric": "cost"})
    outcome = solved(two_kinds(*objectives))
    assert [result.value for result in outcome.objectives] == pytest.approx([9.5 * (1 - tolerance), cost])
    assert outcome.objectives[0].bound == pytest.approx(9.5)


def test_a_tolerance_of_what_remains_is_a_share_of_what_remains() -> None:
    """Risk 12, 2½ remain; one fifth more is ½ of a point, one M EUR of watch."""
    problem = two_kinds(
        {"metric": "residual_risk", "tolerance": 0.2}, {"metric": "cost"}, theatres=[{"id": "iraq", "risk": 12}]
    )
    assert [result.value for result in solved(problem).objectives] == pytest.approx([3, 9])


@pytest.mark.parametrize(
    "value, bound, gap",
    [
        (-10, -12, 0.2),
        (10, 9, 0.1),
        (10, 10.5, 0),
        (0, -1, 1),
        (1e-12, -0.5, 1),
        (0, -1e-11, 0),
        (1e-12, 1e-12 - 1e-15, 1e-3),
    ],
)
def test_a_gap_is_relative_to_the_value_unless_that_is_zero(value: float, bound: float, gap: float) -> None:
    assert relative_gap(value, bound, 1e-6 if abs(value) == 1e-12 else 1.0) == pytest.approx(gap)


def reported(bound: float, achieved: float, tolerance: float = 0.0) -> tuple[float, float]:
    """What is reported as value and bound of a risk reduction that the program's variables put at 9."""
    aim = ObjectiveVector(
        objective=Objective(metric="risk_reduction", tolerance=tolerance), vector=np.array([1.0, 2.0]), constant=1.0
    )
    level = PriorityResult(
        priority=Priority(objectives=(aim,)), bound=-bound, proven=-bound, scope="full", is_closed=True, unit=1.0
    )
    values = np.array([2.0, 3.0])
    (result,) = objective_results((level,), values, SolverConfig(mip_gap=0), {"risk_reduction": achieved}).objectives
    assert result.bound is not None
    return result.value, result.bound


@pytest.mark.parametrize(
    "bound, achieved, value",
    [
        (9, 9, 9),
        (12, 10, 10),  # the program was indifferent: the plan is better than its variables say
        (12, 8, 9),  # the program says more than there is: for the check to refuse
        (9, 10, 9),  # the plan beats what is proven, so the program is wrong: for the check to refuse
    ],
)
def test_the_better_of_what_program_and_plan_say_is_reported_unless_it_beats_the_proof(
    bound: float, achieved: float, value: float
) -> None:
    assert reported(bound, achieved) == pytest.approx((value, bound))
