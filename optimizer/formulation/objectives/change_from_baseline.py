"""change_from_baseline: value of all changes of contributions from the plan in force (C33)."""

from models.problem.problem import Problem
from optimizer.formulation.linear_expression import LinearExpression, linear
from optimizer.formulation.objectives.metric import Handles, Metric, Views


def expression(_: Problem, views: Views, __: Handles) -> LinearExpression:
    """Sum over scenarios of p * total_change[s], total_change being v * abs(x - x') over all contributions  [M EUR]."""
    return linear((scenario.probability, change) for scenario, d in views for change in d.own["total_change"].values())


METRIC = Metric(name="change_from_baseline", unit="M EUR", expression=expression)
