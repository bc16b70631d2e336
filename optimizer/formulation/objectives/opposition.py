"""opposition: the objections that a plan overrides."""

from models.problem.problem import Problem
from optimizer.data.politics import opposition
from optimizer.formulation.linear_expression import LinearExpression, linear
from optimizer.formulation.objectives.metric import Handles, Metric, Views


def expression(_: Problem, views: Views, __: Handles) -> LinearExpression:
    """Sum over a, f and t of O[a,f] * y[a,f,t], expected over scenarios  [points of position]; see C38."""
    return linear(
        (scenario.probability * points, d.run[a, f, t])
        for scenario, d in views
        for (a, f), points in opposition(scenario.problem).items()
        for t in scenario.periods
    )


METRIC = Metric(name="opposition", unit="points of position", expression=expression)
