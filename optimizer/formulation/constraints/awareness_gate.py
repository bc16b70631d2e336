"""C18 awareness_gate: no action ahead of situational awareness."""

from collections.abc import Iterator

from models.ids import ActivityId, PeriodId
from models.problem.activity import AwarenessGate
from optimizer.data.impact import activities_with_exact_level
from optimizer.data.index_sets import ActivityPeriod
from optimizer.data.scenarios import ScenarioData
from optimizer.formulation.family import Family, Own, Rows
from optimizer.formulation.linear_expression import Term, linear, minus
from optimizer.formulation.variables import Decisions


def declare(scenario: ScenarioData) -> Iterator[Own]:
    """held[a,t], binary: awareness, not effort, limits the effective level; only where less might be reported (T6)."""
    index = tuple(key for key, _ in _gates(scenario) if key[0] in activities_with_exact_level(scenario.problem))
    yield Own(name="held", index=index, scope="effect", kind="binary")


def rows(scenario: ScenarioData, d: Decisions) -> Rows:
    """C18, one row per gated activity and period: E[a,t] <= factor * (awareness[h(a)] + sum of E[b,t-1])  [level].

    b are the activities that inform a; before the first period they have told nothing.
    Where a does harm, or informs what does, E is not only at most but exactly the smaller of what the levels make (C15)
    and what awareness allows:
    made: E[a,t] >= sum over f of mu[f] * e[a,f,t] - U * held[a,t], U the greatest that levels can make.
    allowed: E[a,t] >= factor * (awareness + sum of E[b,t-1]) - G * (1 - held[a,t]), G the greatest that can be allowed.
    """
    held = d.own["held"]
    for (a, t), gate in _gates(scenario):
        level, known = d.effective_level[a, t], gate.factor * _awareness(scenario, a)
        told = _told(scenario, d, gate, t)
        yield ("gate", a, t), linear([(1.0, level), *minus(told)]) <= known
        if (a, t) in held:
            made = [
                (scenario.problem.framework[f].effect_multiplier, d.level[a, f, t])
                for f in scenario.index.frameworks[a]
            ]
            binds, u, g = held[a, t], scenario.bounds.effective_level[a, t], scenario.bounds.awareness_limit[a, t]
            yield ("made", a, t), linear([(1.0, level), *minus(made), (u, binds)]) >= 0
            yield ("allowed", a, t), linear([(1.0, level), *minus(told), (-g, binds)]) >= known - g


def _gates(scenario: ScenarioData) -> Iterator[tuple[ActivityPeriod, AwarenessGate]]:
    for a, t in scenario.index.activity_periods:
        gate = scenario.problem.activity[a].awareness_gate
        if gate is not None:
            yield (a, t), gate


def _awareness(scenario: ScenarioData, a: ActivityId) -> float:
    return scenario.problem.theatre[scenario.problem.activity[a].theatre].awareness


def _told(scenario: ScenarioData, d: Decisions, gate: AwarenessGate, t: PeriodId) -> list[Term]:
    before = scenario.before(t, 1)
    return [] if before is None else [(gate.factor, d.effective_level[b, before]) for b in gate.from_]


FAMILY = Family(
    number="C18",
    name="awareness_gate",
    group=None,
    says="no action ahead of situational awareness",
    declare=declare,
    rows=rows,
)
