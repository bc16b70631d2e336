"""What the plan in force announces, and what a unit of change is worth (C33)."""

from models.ids import ActivityId, ContributorId, PeriodId, ResourceId, ScenarioId
from models.problem.problem import Problem

Announced = dict[tuple[ContributorId, ActivityId, ResourceId, PeriodId], float]


def baseline_plan(problem: Problem, scenario: ScenarioId) -> Announced:
    """x'[c,a,r,t], units of r: what the plan in force gives in a scenario; only what is not zero.

    It may name what the problem does not have any longer.
    """
    found: Announced = {}
    if problem.baseline is not None:
        for one in problem.baseline.plan.allocations:
            if one.scenario in (None, scenario):
                key = (one.contributor, one.activity, one.resource, one.period)
                found[key] = found.get(key, 0.0) + one.amount
    return {key: amount for key, amount in found.items() if amount != 0}


def worth(problem: Problem, resource: ResourceId) -> float:
    """M EUR per unit of a resource; 1 for one that there is no longer."""
    return problem.resource[resource].unit_cost if resource in problem.resource else 1.0
