"""C30 benefit: no member pays more than its own threat assessment justifies."""

from models.problem.burden import Benefit
from optimizer.data.scenarios import ScenarioData
from optimizer.formulation.family import Family, Rows
from optimizer.formulation.linear_expression import linear
from optimizer.formulation.variables import DecisionVariables


def rows(scenario: ScenarioData, d: DecisionVariables) -> Rows:
    """C30, one row per member with a threat map: c[i] <= lambda * sum of tau[i,h] * omega[h] * cut[h,d,t]  [M EUR].

    lambda is max_ratio, tau the threat. The sum runs over theatres, drivers and periods, without discount. A theatre
    that the map leaves out counts 0.
    """
    rule = scenario.problem.burden_sharing
    if not isinstance(rule, Benefit):
        return
    for i, member in scenario.problem.member.items():
        if member.threat is None:
            continue
        value = {
            h: rule.max_ratio * member.threat.get(h, 0) * theatre.weight
            for h, theatre in scenario.problem.theatre.items()
        }
        benefit = ((-value[cell[0]], cut) for cell, cut in d.cut.items() if value[cell[0]] > 0)
        yield (i,), linear([(1.0, d.cost[i]), *benefit]) <= 0


FAMILY = Family(
    number="C30",
    name="benefit",
    group="burden",
    says="no member pays more than its own threat assessment justifies",
    rows=rows,
    per_scenario=True,
)
