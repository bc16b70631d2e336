"""C30 benefit: nobody pays beyond its own threat assessment."""

from models.problem.burden import Benefit
from optimizer.data.scenarios import ScenarioData
from optimizer.formulation.family import Family, Rows
from optimizer.formulation.linear_expression import linear
from optimizer.formulation.variables import Decisions


def rows(scenario: ScenarioData, d: Decisions) -> Rows:
    """C30, one row per member with a threat map: c[i] <= lambda * sum of tau[i,h] * omega[h] * cut[h,d,t]  [M EUR].

    Over theatres, drivers and the horizon; a theatre that the map does not name counts 0, and nothing is discounted.
    """
    rule = scenario.problem.burden_sharing
    if not isinstance(rule, Benefit):
        return
    for i, member in scenario.problem.member.items():
        if member.threat is None:
            continue
        worth = {
            h: rule.max_ratio * member.threat.get(h, 0) * theatre.weight
            for h, theatre in scenario.problem.theatre.items()
        }
        gained = ((-worth[cell[0]], cut) for cell, cut in d.cut.items() if worth[cell[0]] > 0)
        yield (i,), linear([(1.0, d.cost[i]), *gained]) <= 0


FAMILY = Family(
    number="C30",
    name="benefit",
    group="burden",
    says="nobody pays beyond its own threat assessment",
    rows=rows,
    per_scenario=True,
)
