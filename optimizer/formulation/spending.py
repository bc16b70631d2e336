"""Spending: contributions of all contributors valued at unit cost, without coordination and investment."""

from collections.abc import Callable, Iterable

from optimizer.data.index_sets import Contribution
from optimizer.data.scenarios import ScenarioData
from optimizer.formulation.linear_expression import Term
from optimizer.formulation.variables import DecisionVariables


def spend(
    scenario: ScenarioData,
    d: DecisionVariables,
    contributions: Iterable[Contribution],
    weight: Callable[[Contribution], float],
) -> list[Term]:
    """Terms weight * v[r] * x[c,a,r,t] of the given contributions, M EUR; terms with coefficient 0 are left out."""
    unit_cost = {r: resource.unit_cost for r, resource in scenario.problem.resource.items()}
    valued = ((weight(key) * unit_cost[key[2]], d.contribution[key]) for key in contributions)
    return [(value, variable) for value, variable in valued if value != 0]
