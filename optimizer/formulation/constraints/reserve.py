"""C31 reserve: the other flank keeps its share."""

from models.ids import ContributorId
from models.problem.policy import Reserve
from models.quantities import by_period
from optimizer.data.scenarios import ScenarioData
from optimizer.formulation.family import EVERY, Family, Rows
from optimizer.formulation.linear_expression import linear, minus
from optimizer.formulation.variables import Decisions


def rows(scenario: ScenarioData, d: Decisions) -> Rows:
    """C31, one row per reserve and period: sum of use[c,r,t] - bought[c,r,t] <= sum of cap[c,r,t] - reserve.

    In units of r; of the contributor it names, or summed over members. use and bought are those of C1: what is given to
    activities, what coordination and investment charge, and what investments have added.
    """
    for reserve in scenario.problem.policy.reserve:
        kept = by_period(reserve.amount, scenario.periods)
        for t in scenario.periods:
            keys = [(c, reserve.resource, t) for c in _whose(scenario, reserve)]
            taken = [term for key in keys for term in d.ledgers.use.get(key, ())]
            added = [term for key in keys for term in d.ledgers.bought.get(key, ())]
            there = sum(scenario.bounds.endowments.get(key, 0.0) for key in keys)
            amount = kept[scenario.index.place[t]]
            if amount > 0:
                name = (reserve.contributor or EVERY, reserve.resource, t)
                yield name, linear([*taken, *minus(added)]) <= there - amount


def _whose(scenario: ScenarioData, reserve: Reserve) -> tuple[ContributorId, ...]:
    if reserve.contributor is not None:
        return (reserve.contributor,)
    return tuple(ContributorId(i) for i in scenario.problem.member)


FAMILY = Family(number="C31", name="reserve", group="policy", says="the other flank keeps its share", rows=rows)
