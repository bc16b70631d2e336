"""C3 level: no effort without a chosen framework, no token mission."""

from optimizer.data.scenarios import ScenarioData
from optimizer.formulation.family import Family, Rows
from optimizer.formulation.variables import Decisions


def rows(scenario: ScenarioData, d: Decisions) -> Rows:
    """C3, per activity, framework and period: min_level * y[a,f,t] <= e[a,f,t] <= U[a,f,t] * y[a,f,t]  [level].

    U is the greatest level that the means of the period allow (`bounds.level`).
    """
    for a, f, t in scenario.index.runs:
        level, run = d.level[a, f, t], d.run[a, f, t]
        yield ("most", a, f, t), level <= scenario.bounds.level[a, f, t] * run
        least = scenario.problem.activity[a].min_level
        if least > 0:
            yield ("least", a, f, t), level >= least * run


FAMILY = Family(
    number="C3", name="level", group=None, says="no effort without a chosen framework, no token mission", rows=rows
)
