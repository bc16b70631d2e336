"""C29 lead_time: without presence in the period before, effects arrive later."""

from collections.abc import Iterator

from models.ids import ActivityId
from models.problem.activity import LeadTime, LinearEffect
from models.quantities import by_period
from optimizer.data.impact import impact
from optimizer.data.scenarios import ScenarioData
from optimizer.formulation.family import Family, Rows, VariableSet
from optimizer.formulation.linear_expression import linear, minus, total
from optimizer.formulation.variables import DecisionVariables


def declare(scenario: ScenarioData) -> Iterator[VariableSet]:
    """near[a,t] in [0,1]: an activity of presence_from ran in the period before; fast, slow[a,t] >= 0, levels.

    fast[a,t] is the effective level that arrives after `with_presence` periods, slow[a,t] after `without` periods.
    """
    activities = tuple(a for a, _ in _with_lead_time(scenario))
    later = tuple((a, t) for a in activities for t in scenario.periods[1:])
    yield VariableSet(name="near", index=later, scope="effect", upper=1.0)
    yield VariableSet(name="fast", index=later, scope="effect")
    yield VariableSet(name="slow", index=tuple((a, t) for a in activities for t in scenario.periods), scope="effect")


def arrive(scenario: ScenarioData, d: DecisionVariables) -> None:
    """Writes kappa * s[a,t] * fast[a,t] into removed at t + with_presence, slow[a,t] at t + without; risk points."""
    for (a, h, driver), kappa in impact(scenario.problem).items():
        lead, effect = scenario.problem.activity[a].lead_time, scenario.problem.activity[a].effect
        if lead is None or not isinstance(effect, LinearEffect):
            continue
        per_level = by_period(effect.per_level, scenario.periods)
        weight = kappa * scenario.effect_multiplier.get(a, 1.0)
        for t in scenario.periods:
            for name, steps in (("fast", lead.with_presence), ("slow", lead.without)):
                acted = scenario.before(t, steps)
                if acted is not None and (a, acted) in d.own[name]:
                    points = weight * per_level[scenario.index.place[acted]]
                    d.ledgers.removed[h, driver, t].append((points, d.own[name][a, acted]))


def rows(scenario: ScenarioData, d: DecisionVariables) -> Rows:
    """C29, rows per activity with a lead time, and period. Presence is determined by what ran, not chosen.

    split, one row: E[a,t] = fast[a,t] + slow[a,t]  [level]; in the first period E[a,t] = slow[a,t].
    fast, one row: fast[a,t] <= U * near[a,t], U the greatest effective level.
    slow, one row: slow[a,t] <= U * (1 - near[a,t]).
    absent, one row: near[a,t] <= sum over b in presence_from and f of y[b,f,t-1].
    present, one row per b: near[a,t] >= sum over f of y[b,f,t-1].
    """
    near, fast, slow = d.own["near"], d.own["fast"], d.own["slow"]
    for a, lead in _with_lead_time(scenario):
        for t in scenario.periods:
            level, most = d.effective_level[a, t], scenario.bounds.effective_level[a, t]
            previous = scenario.before(t, 1)
            if previous is None:
                yield ("split", a, t), level - slow[a, t] == 0
                continue
            yield ("split", a, t), level - fast[a, t] - slow[a, t] == 0
            yield ("fast", a, t), fast[a, t] - most * near[a, t] <= 0
            yield ("slow", a, t), slow[a, t] + most * near[a, t] <= most
            runs = {b: [(1.0, d.run[b, f, previous]) for f in scenario.index.frameworks[b]] for b in lead.presence_from}
            all_runs = [term for terms in runs.values() for term in terms]
            yield ("absent", a, t), linear([(1.0, near[a, t]), *minus(all_runs)]) <= 0
            for b, terms in runs.items():
                yield ("present", a, b, t), near[a, t] - total(run for _, run in terms) >= 0


def _with_lead_time(scenario: ScenarioData) -> Iterator[tuple[ActivityId, LeadTime]]:
    for a, activity in scenario.problem.activity.items():
        if activity.lead_time is not None:
            yield a, activity.lead_time


FAMILY = Family(
    number="C29",
    name="lead_time",
    group=None,
    says="without presence in the period before, effects arrive later",
    declare=declare,
    terms=arrive,
    rows=rows,
)
