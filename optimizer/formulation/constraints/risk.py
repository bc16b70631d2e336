"""C17 risk: risk does not fall below zero, an instrument reaches only its drivers, and part of each gain persists."""

from optimizer.data.impact import impact
from optimizer.data.scenarios import ScenarioData
from optimizer.formulation.family import Family, Rows
from optimizer.formulation.linear_expression import linear
from optimizer.formulation.variables import DecisionVariables


def remove(scenario: ScenarioData, d: DecisionVariables) -> None:
    """Writes kappa[a,h,d] * lambda[a] * w[a,t-lag] and persistence * cut[h,d,t-1] into the ledger removed[h,d,t].

    lambda is the scenario's effect multiplier. C29 writes the effects of activities with a lead time.
    """
    for (a, h, driver), kappa in impact(scenario.problem).items():
        if scenario.problem.activity[a].lead_time is not None:
            continue
        weight = kappa * scenario.effect_multiplier.get(a, 1.0)
        for t in scenario.periods:
            acted = scenario.before(t, scenario.problem.activity[a].lag)
            if acted is not None:
                d.ledgers.removed[h, driver, t].append((weight, d.effect[a, acted]))
    for h, driver, t in scenario.index.cells:
        persists, earlier = scenario.problem.theatre[h].persistence, scenario.before(t, 1)
        if persists > 0 and earlier is not None:
            d.ledgers.removed[h, driver, t].append((persists, d.cut[h, driver, earlier]))


def score(scenario: ScenarioData, d: DecisionVariables) -> None:
    """Writes weight[h] * discount^(t-1) * cut[h,d,t] into the score; risk points."""
    theatre, discount, place = scenario.problem.theatre, scenario.problem.discount, scenario.index.place
    d.ledgers.score.extend((theatre[h].weight * discount ** place[t], cut) for (h, _, t), cut in d.cut.items())


def write(scenario: ScenarioData, d: DecisionVariables) -> None:
    """Writes effects into removed[h,d,t] (see `remove`) and the value of each cut into the score (see `score`)."""
    remove(scenario, d)
    score(scenario, d)


def rows(scenario: ScenarioData, d: DecisionVariables) -> Rows:
    """C17, one row per theatre, driver and period: cut[h,d,t] <= sum of removed[h,d,t]  [risk points].

    cut[h,d,t] <= P[h,d,t] is a bound of the variable, P being the risk in this scenario if nothing is done.
    """
    for cell in scenario.index.cells:
        yield cell, linear([(-1.0, d.cut[cell]), *d.ledgers.removed[cell]]) >= 0


FAMILY = Family(
    number="C17",
    name="risk",
    group=None,
    says="risk does not fall below zero, an instrument reaches only its drivers, and part of each gain persists",
    terms=write,
    rows=rows,
    per_scenario=True,
)
