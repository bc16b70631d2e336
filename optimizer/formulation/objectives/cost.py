"""cost: spending of all members over the horizon."""

from models.problem.problem import Problem
from optimizer.formulation.linear_expression import LinearExpression, linear
from optimizer.formulation.objectives.metric import Handles, Metric, Views


def expression(_: Problem, views: Views, __: Handles) -> LinearExpression:
    """Sum over members of c[i], expected over scenarios  [M EUR]."""
    return linear((scenario.probability, cost) for scenario, d in views for cost in d.cost.values())


METRIC = Metric(name="cost", unit="M EUR", expression=expression)
