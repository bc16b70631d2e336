"""What is spent: contributions valued at unit cost, of all contributors, without coordination and investment."""

from collections.abc import Callable, Iterable

from optimizer.data.index_sets import Contribution
from optimizer.data.scenarios import ScenarioData
from optimizer.formulation.linear_expression import Term
from optimizer.formulation.variables import Decisions


def spend(
    scenario: ScenarioData, d: Decisions, given: Iterable[Contribution], weight: Callable[[Contribution], float]
) -> list[Term]:
    """The terms weight * v[r] * x[c,a,r,t] over `given` in M EUR; what costs or weighs nothing is left out."""
    unit_cost = {r: resource.unit_cost for r, resource in scenario.problem.resource.items()}
    valued = ((weight(key) * unit_cost[key[2]], d.contribution[key]) for key in given)
    return [(value, variable) for value, variable in valued if value != 0]
