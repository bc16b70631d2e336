"""C10 willingness: only willing members contribute."""

from collections.abc import Iterator

from models.ids import ActivityId, ContributorId, FrameworkId
from optimizer.data.politics import supports
from optimizer.data.scenarios import ScenarioData
from optimizer.formulation.family import Family, Rows, UpperLimit
from optimizer.formulation.linear_expression import total
from optimizer.formulation.variables import DecisionVariables


def rows(scenario: ScenarioData, d: DecisionVariables) -> Rows:
    """C10, for every member that is willing under some frameworks of an activity but not under all.

    gives, one row per contribution: x[i,a,r,t] <= U * sum over f with pi[i,a,f] >= gamma[i] of y[a,f,t]  [unit of r].
    counts, one row per counted member, activity and period: counts[i,a,t] <= the same sum.
    A member willing under all frameworks needs no row: without a run, C2 and C3 already force its contribution to 0.
    """
    for (i, a), fs in _partly_willing(scenario).items():
        for t in scenario.periods:
            runs = total(d.run[a, f, t] for f in fs)
            for key in scenario.index.given_by.get((i, a, t), ()):
                yield ("gives", *key), d.contribution[key] - scenario.bounds.contribution[key] * runs <= 0
            if (i, a, t) in d.counts:
                yield ("counts", i, a, t), d.counts[i, a, t] - runs <= 0


def limits(scenario: ScenarioData, d: DecisionVariables) -> Iterator[UpperLimit]:
    """C10, for every member willing under no framework of an activity: x[i,a,r,t] = 0 and counts[i,a,t] = 0."""
    for i, a in _unwilling(scenario):
        says = f"{i} does not support {a}"
        for t in scenario.periods:
            for key in scenario.index.given_by.get((i, a, t), ()):
                yield UpperLimit(index=key, variable=d.contribution[key], upper=0.0, says=says)
            if (i, a, t) in d.counts:
                yield UpperLimit(index=(i, a, t), variable=d.counts[i, a, t], upper=0.0, says=says)


def _unwilling(scenario: ScenarioData) -> Iterator[tuple[ContributorId, ActivityId]]:
    for a, frameworks in scenario.index.frameworks.items():
        for i in scenario.problem.member:
            if not any(supports(scenario.problem, i, a, f) for f in frameworks):
                yield ContributorId(i), a


def _partly_willing(scenario: ScenarioData) -> dict[tuple[ContributorId, ActivityId], tuple[FrameworkId, ...]]:
    frameworks_by_case = {}
    for a, frameworks in scenario.index.frameworks.items():
        for i in scenario.problem.member:
            willing = tuple(f for f in frameworks if supports(scenario.problem, i, a, f))
            if 0 < len(willing) < len(frameworks):
                frameworks_by_case[ContributorId(i), a] = willing
    return frameworks_by_case


FAMILY = Family(
    number="C10",
    name="willingness",
    group="participation",
    says="only willing members contribute",
    rows=rows,
    limits=limits,
)
