"""C3 level: an activity runs only under a chosen framework, and at its least level or above."""

from optimizer.data.scenarios import ScenarioData
from optimizer.formulation.family import Family, Rows
from optimizer.formulation.variables import DecisionVariables


def rows(scenario: ScenarioData, d: DecisionVariables) -> Rows:
    """C3, per activity, framework and period: min_level * y[a,f,t] <= e[a,f,t] <= U[a,f,t] * y[a,f,t]  [level].

    U is the greatest level that the endowments of the period allow (`bounds.level`). The left row exists only if
    min_level > 0.
    """
    for a, f, t in scenario.index.runs:
        level, run = d.level[a, f, t], d.run[a, f, t]
        yield ("most", a, f, t), level <= scenario.bounds.level[a, f, t] * run
        least = scenario.problem.activity[a].min_level
        if least > 0:
            yield ("least", a, f, t), level >= least * run


FAMILY = Family(
    number="C3",
    name="level",
    group=None,
    says="an activity runs only under a chosen framework, and at its least level or above",
    rows=rows,
)
