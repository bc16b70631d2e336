"""C38 opposition: policy limits the objections that a plan may override."""

from optimizer.data.politics import opposition
from optimizer.data.scenarios import ScenarioData
from optimizer.formulation.family import Family, Rows
from optimizer.formulation.linear_expression import linear
from optimizer.formulation.variables import DecisionVariables


def rows(scenario: ScenarioData, d: DecisionVariables) -> Rows:
    """C38, one row per period: sum over a and f of O[a,f] * y[a,f,t] <= max_opposition  [points of position].

    O[a,f] adds up how far members are below 0 on a under f, weighted by their share of the votes.
    """
    most = scenario.problem.policy.max_opposition
    if most is None:
        return
    opposed = opposition(scenario.problem)
    for t in scenario.periods:
        yield (t,), linear((points, d.run[a, f, t]) for (a, f), points in opposed.items()) <= most


FAMILY = Family(
    number="C38",
    name="opposition",
    group="divergence",
    says="policy limits the opposition that a plan may override",
    rows=rows,
)
