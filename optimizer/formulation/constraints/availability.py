"""C1 availability: nobody spends what it has not got."""

from optimizer.data.scenarios import ScenarioData
from optimizer.formulation.family import Family, Rows
from optimizer.formulation.linear_expression import linear, minus
from optimizer.formulation.variables import Decisions


def charge(scenario: ScenarioData, d: Decisions) -> None:
    """Writes every contribution into use[c,r,t]."""
    for key in scenario.index.contributions:
        c, _, r, t = key
        d.ledgers.use[c, r, t].append((1.0, d.contribution[key]))


def rows(scenario: ScenarioData, d: Decisions) -> Rows:
    """C1, one row per contributor, resource and period: sum of use[c,r,t] <= cap[c,r,t] + bought[c,r,t]  [unit of r].

    use is what is given to activities, and what coordination (C6) and investment (C26) charge; bought is what
    investments have added by then.
    """
    for key, use in d.ledgers.use.items():
        bought = d.ledgers.bought.get(key, ())
        yield key, linear([*use, *minus(bought)]) <= scenario.bounds.endowments.get(key, 0.0)


FAMILY = Family(
    number="C1", name="availability", group=None, says="nobody spends what it has not got", terms=charge, rows=rows
)
