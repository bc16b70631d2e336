"""C4 one_framework: an activity runs under one framework at a time."""

from optimizer.data.scenarios import ScenarioData
from optimizer.formulation.family import Family, Rows
from optimizer.formulation.linear_expression import total
from optimizer.formulation.variables import DecisionVariables


def rows(scenario: ScenarioData, d: DecisionVariables) -> Rows:
    """C4, one row per activity with several frameworks, and period: sum over f of y[a,f,t] <= 1."""
    for a, t in scenario.index.activity_periods:
        frameworks = scenario.index.frameworks[a]
        if len(frameworks) > 1:
            yield (a, t), total(d.run[a, f, t] for f in frameworks) <= 1


FAMILY = Family(
    number="C4", name="one_framework", group=None, says="an activity runs under one framework at a time", rows=rows
)
