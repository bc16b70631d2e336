"""The plan in force: what it gives in a scenario, and what a unit of change costs (C33)."""

from models.ids import ActivityId, ContributorId, PeriodId, ResourceId, ScenarioId
from models.problem.problem import Problem

BaselineAmounts = dict[tuple[ContributorId, ActivityId, ResourceId, PeriodId], float]


def baseline_amounts(problem: Problem, scenario: ScenarioId) -> BaselineAmounts:
    """x'[c,a,r,t], units of r: what the plan in force gives in a scenario; only nonzero amounts.

    A key may name a record that the problem no longer has. A contribution without a period is in the only one.
    """
    found: BaselineAmounts = {}
    if problem.baseline is not None:
        for allocation in problem.baseline.plan.allocations:
            if allocation.scenario in (None, scenario):
                period = allocation.period or problem.periods[0]
                key = (allocation.contributor, allocation.activity, allocation.resource, period)
                found[key] = found.get(key, 0.0) + allocation.amount
    return {key: amount for key, amount in found.items() if amount != 0}


def unit_cost(problem: Problem, resource: ResourceId) -> float:
    """M EUR per unit of a resource; 1 for a resource that the problem no longer has."""
    return problem.resource[resource].unit_cost if resource in problem.resource else 1.0
