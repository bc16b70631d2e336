"""C31 reserve: part of the endowments is kept back for other commitments."""

from models.ids import ContributorId
from models.problem.policy import Reserve
from models.quantities import by_period
from optimizer.data.scenarios import ScenarioData
from optimizer.formulation.family import EVERY, Family, Rows
from optimizer.formulation.linear_expression import linear, minus
from optimizer.formulation.variables import DecisionVariables


def rows(scenario: ScenarioData, d: DecisionVariables) -> Rows:
    """C31, one row per reserve and period: sum of use[c,r,t] - bought[c,r,t] <= sum of cap[c,r,t] - reserve.

    In units of r. Sums are over the contributor that the reserve names, or over all members. use and bought are the
    ledgers of C1: contributions, coordination and investment, and the capability that investments have added.
    """
    for reserve in scenario.problem.policy.reserve:
        amounts = by_period(reserve.amount, scenario.periods)
        for t in scenario.periods:
            keys = [(c, reserve.resource, t) for c in _contributors_of(scenario, reserve)]
            used = [term for key in keys for term in d.ledgers.use.get(key, ())]
            added = [term for key in keys for term in d.ledgers.bought.get(key, ())]
            endowment = sum(scenario.bounds.endowments.get(key, 0.0) for key in keys)
            amount = amounts[scenario.index.place[t]]
            if amount > 0:
                name = (reserve.contributor or EVERY, reserve.resource, t)
                yield name, linear([*used, *minus(added)]) <= endowment - amount


def _contributors_of(scenario: ScenarioData, reserve: Reserve) -> tuple[ContributorId, ...]:
    if reserve.contributor is not None:
        return (reserve.contributor,)
    return tuple(ContributorId(i) for i in scenario.problem.member)


FAMILY = Family(
    number="C31",
    name="reserve",
    group="policy",
    says="part of the endowments is kept back for other commitments",
    rows=rows,
)
