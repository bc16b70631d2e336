"""C26 investment: members and partners build capability."""

from collections.abc import Iterator

from models.ids import MemberId, PeriodId
from models.problem.activity import Investment
from optimizer.data.scenarios import ScenarioData
from optimizer.formulation.family import Family, Index, Rows, VariableSet
from optimizer.formulation.linear_expression import total
from optimizer.formulation.variables import DecisionVariables


def declare(scenario: ScenarioData) -> Iterator[VariableSet]:
    """n[v,t] in {0 .. max}, integer: units of investment v bought in period t."""
    most: dict[Index, float] = {(v.id, t): float(v.max) for v in scenario.problem.investments for t in scenario.periods}
    yield VariableSet(name="n", index=tuple(most), scope="politics", kind="integer", upper=most)


def charge(scenario: ScenarioData, d: DecisionVariables) -> None:
    """Writes the cost of a unit into use[c,r,t] and into the member's cost, and its capability into bought[c,r,t'].

    t' runs from `lead_time` periods after t to the last period.
    """
    for investment in scenario.problem.investments:
        for t in scenario.periods:
            _charge_purchase(scenario, d, investment, t)


def _charge_purchase(scenario: ScenarioData, d: DecisionVariables, investment: Investment, t: PeriodId) -> None:
    buyer, units, purchase = investment.contributor, d.own["n"][investment.id, t], scenario.index.place[t]
    for r, amount in investment.cost.items():
        if amount > 0:
            d.ledgers.use[buyer, r, t].append((amount, units))
    value = sum(scenario.problem.resource[r].unit_cost * amount for r, amount in investment.cost.items())
    if value > 0 and MemberId(buyer) in scenario.problem.member:
        d.ledgers.cost[MemberId(buyer)].append((value, units))
    for later in scenario.periods[purchase + investment.lead_time :]:
        for r, amount in investment.adds.items():
            if amount > 0:
                d.ledgers.bought[buyer, r, later].append((amount, units))


def rows(scenario: ScenarioData, d: DecisionVariables) -> Rows:
    """C26, one row per investment v, over the horizon: sum over t of n[v,t] <= max  [units].

    C1 charges the cost of a unit in the period of purchase. Its capability counts from `lead_time` periods later.
    """
    if len(scenario.periods) == 1 and len(scenario.index.problems) == 1:
        return  # the bound of n suffices; with several scenarios that bound is the greatest of all scenarios
    for v in scenario.problem.investments:
        yield (v.id,), total(d.own["n"][v.id, t] for t in scenario.periods) <= v.max


FAMILY = Family(
    number="C26",
    name="investment",
    group=None,
    says="members and partners can build capability",
    declare=declare,
    terms=charge,
    rows=rows,
)
