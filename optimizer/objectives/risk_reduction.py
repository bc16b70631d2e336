"""risk_reduction: weighted, discounted risk points removed."""

from models.problem.problem import Problem
from optimizer.expressions import Expression, linear
from optimizer.objectives.metric import Handles, Metric, Views


def expression(_: Problem, views: Views, __: Handles) -> Expression:
    """Sum over futures of p[s] * RR[s], RR[s] the score ledger of the future  [risk points]."""
    return linear(
        (future.probability * weight, variable) for future, d in views for weight, variable in d.ledgers.score
    )


METRIC = Metric(name="risk_reduction", unit="risk points", expression=expression)
