"""C1 availability: no contributor spends more than it has."""

from optimizer.data.scenarios import ScenarioData
from optimizer.formulation.family import Family, Rows
from optimizer.formulation.linear_expression import linear, minus
from optimizer.formulation.variables import DecisionVariables


def charge(scenario: ScenarioData, d: DecisionVariables) -> None:
    """Writes every contribution x[c,a,r,t] into the ledger use[c,r,t]."""
    for key in scenario.index.contributions:
        c, _, r, t = key
        d.ledgers.use[c, r, t].append((1.0, d.contribution[key]))


def rows(scenario: ScenarioData, d: DecisionVariables) -> Rows:
    """C1, one row per contributor, resource and period: sum of use[c,r,t] <= cap[c,r,t] + bought[c,r,t]  [unit of r].

    use adds up contributions to activities, coordination (C6) and investment (C26). cap is the endowment of the period.
    bought is the capability that investments have added up to then.
    """
    for key, use in d.ledgers.use.items():
        bought = d.ledgers.bought.get(key, ())
        yield key, linear([*use, *minus(bought)]) <= scenario.bounds.endowments.get(key, 0.0)


FAMILY = Family(
    number="C1", name="availability", group=None, says="no contributor spends more than it has", terms=charge, rows=rows
)
