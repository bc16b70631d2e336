"""C20 cost: what members spend; the resources of partners cost the alliance nothing."""

from models.ids import MemberId
from optimizer.data.scenarios import ScenarioData
from optimizer.formulation.family import Family, Rows
from optimizer.formulation.linear_expression import linear
from optimizer.formulation.variables import DecisionVariables


def charge(scenario: ScenarioData, d: DecisionVariables) -> None:
    """Writes v[r] * x[i,a,r,t] of every member i into the ledger cost[i], M EUR."""
    unit_cost = {r: resource.unit_cost for r, resource in scenario.problem.resource.items()}
    members = scenario.problem.member
    for key in scenario.index.contributions:
        value, i = unit_cost[key[2]], MemberId(key[0])
        if value > 0 and i in members:
            d.ledgers.cost[i].append((value, d.contribution[key]))


def rows(scenario: ScenarioData, d: DecisionVariables) -> Rows:
    """C20, one row per member: c[i] = sum of v[r] * x[i,a,r,t] + coordination paid + capability bought  [M EUR]."""
    for i in scenario.problem.member:
        yield (i,), linear([(-1.0, d.cost[i]), *d.ledgers.cost[i]]) == 0


FAMILY = Family(
    number="C20",
    name="cost",
    group=None,
    says="a member's cost is what it contributes, pays for partners and invests",
    terms=charge,
    rows=rows,
)
