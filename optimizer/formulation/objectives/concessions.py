"""concessions: the political capital that a plan spends."""

from models.problem.problem import Problem
from optimizer.formulation.linear_expression import LinearExpression, total
from optimizer.formulation.objectives.metric import Handles, Metric, Views


def expression(_: Problem, views: Views, __: Handles) -> LinearExpression:
    """Sum of g[i,a,f], bought once for all periods and scenarios  [points of position]; see C7."""
    return total(views[0][1].own["g"].values())


METRIC = Metric(name="concessions", unit="points of position", expression=expression)
