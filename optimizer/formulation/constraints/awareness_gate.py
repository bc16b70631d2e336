"""C18 awareness_gate: an activity achieves no more than situational awareness of its theatre allows."""

from collections.abc import Iterator

from models.ids import ActivityId, PeriodId
from models.problem.activity import AwarenessGate
from optimizer.data.impact import activities_with_exact_level
from optimizer.data.index_sets import ActivityPeriod
from optimizer.data.scenarios import ScenarioData
from optimizer.formulation.family import Family, Rows, VariableSet
from optimizer.formulation.linear_expression import Term, linear, minus
from optimizer.formulation.variables import DecisionVariables


def declare(scenario: ScenarioData) -> Iterator[VariableSet]:
    """awareness_binds[a,t], binary: awareness, not effort, limits the effective level E[a,t].

    Exists only where a smaller E could hide harm: a plan must not gain by under-reporting a harmful effect (T6).
    """
    index = tuple(key for key, _ in _gates(scenario) if key[0] in activities_with_exact_level(scenario.problem))
    yield VariableSet(name="awareness_binds", index=index, scope="effect", kind="binary")


def rows(scenario: ScenarioData, d: DecisionVariables) -> Rows:
    """C18, one row per gated activity and period: E[a,t] <= factor * (awareness[h(a)] + sum of E[b,t-1])  [level].

    b runs over the activities that inform a. Before the first period there is no E[b,t-1], so the sum is 0.
    If a does harm, or informs an activity that does, E equals the smaller of two amounts: what the levels produce (C15)
    and what awareness allows. So a plan cannot under-report E and hide harm (T6). Two more rows each:
    made: E[a,t] >= sum over f of mu[f] * e[a,f,t] - U * awareness_binds[a,t], U the greatest that levels can produce.
    allowed: E[a,t] >= factor * (awareness + sum of E[b,t-1]) - G * (1 - awareness_binds[a,t]), G the greatest
    right side of C18.
    """
    awareness_binds = d.own["awareness_binds"]
    for (a, t), gate in _gates(scenario):
        level, known = d.effective_level[a, t], gate.factor * _awareness(scenario, a)
        informed = _from_sources(scenario, d, gate, t)
        yield ("gate", a, t), linear([(1.0, level), *minus(informed)]) <= known
        if (a, t) in awareness_binds:
            produced = [
                (scenario.problem.framework[f].effect_multiplier, d.level[a, f, t])
                for f in scenario.index.frameworks[a]
            ]
            binds, u, g = (
                awareness_binds[a, t],
                scenario.bounds.effective_level[a, t],
                scenario.bounds.awareness_limit[a, t],
            )
            yield ("made", a, t), linear([(1.0, level), *minus(produced), (u, binds)]) >= 0
            yield ("allowed", a, t), linear([(1.0, level), *minus(informed), (-g, binds)]) >= known - g


def _gates(scenario: ScenarioData) -> Iterator[tuple[ActivityPeriod, AwarenessGate]]:
    for a, t in scenario.index.activity_periods:
        gate = scenario.problem.activity[a].awareness_gate
        if gate is not None:
            yield (a, t), gate


def _awareness(scenario: ScenarioData, a: ActivityId) -> float:
    return scenario.problem.theatre[scenario.problem.activity[a].theatre].awareness


def _from_sources(scenario: ScenarioData, d: DecisionVariables, gate: AwarenessGate, t: PeriodId) -> list[Term]:
    previous = scenario.before(t, 1)
    return [] if previous is None else [(gate.factor, d.effective_level[b, previous]) for b in gate.from_]


FAMILY = Family(
    number="C18",
    name="awareness_gate",
    group=None,
    says="an activity achieves no more than situational awareness allows",
    declare=declare,
    rows=rows,
)
