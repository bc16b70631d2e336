"""C19 day_after: every operation needs a funded day after, and no two operations share one."""

from collections.abc import Iterator

from models.ids import ActivityId
from models.problem.activity import DayAfter
from optimizer.data.politics import beyond_horizon
from optimizer.data.scenarios import ScenarioData
from optimizer.formulation.family import Family, Rows, UpperLimit
from optimizer.formulation.linear_expression import linear, minus
from optimizer.formulation.variables import DecisionVariables


def owe(scenario: ScenarioData, d: DecisionVariables) -> None:
    """Writes ratio * e[a,f,t-k], for k = 1 to the periods of the duty, into the ledger owed[follow_on,t]."""
    for a, duty in _operations(scenario):
        for t in scenario.periods:
            for lag in range(1, duty.periods + 1):
                earlier = scenario.before(t, lag)
                if earlier is not None and duty.ratio > 0:
                    levels = ((duty.ratio, d.level[a, f, earlier]) for f in scenario.index.frameworks[a])
                    d.ledgers.owed[duty.follow_on, t].extend(levels)


def rows(scenario: ScenarioData, d: DecisionVariables) -> Rows:
    """C19, one row per follow-on b and period: sum over f of e[b,f,t] >= sum of owed[b,t]  [level].

    owed adds up what earlier operations require, less the shortfalls that cost trust (C27).
    """
    for (b, t), owed in d.ledgers.owed.items():
        delivered = [(1.0, d.level[b, f, t]) for f in scenario.index.frameworks[b]]
        yield (b, t), linear([*delivered, *minus(owed)]) >= 0


def limits(scenario: ScenarioData, d: DecisionVariables) -> Iterator[UpperLimit]:
    """C19, for every operation: y[a,f,t] = 0 if its day after would pass the last period (beyond_horizon: forbid)."""
    for a, duty in _operations(scenario):
        for f in scenario.index.frameworks[a]:
            for t in scenario.periods:
                if beyond_horizon(scenario.problem, a, t):
                    says = f"{a} would owe {duty.follow_on} past the last period"
                    yield UpperLimit(index=(a, f, t), variable=d.run[a, f, t], upper=0.0, says=says)


def _operations(scenario: ScenarioData) -> Iterator[tuple[ActivityId, DayAfter]]:
    for a, activity in scenario.problem.activity.items():
        if activity.day_after is not None:
            yield a, activity.day_after


FAMILY = Family(
    number="C19",
    name="day_after",
    group="policy",
    says="every operation needs a funded day after, and no two share one",
    terms=owe,
    rows=rows,
    limits=limits,
)
