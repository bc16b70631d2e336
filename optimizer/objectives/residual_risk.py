"""residual_risk: weighted, discounted risk points that remain."""

from models.problem.problem import Problem
from optimizer.expressions import Expression
from optimizer.objectives import risk_reduction
from optimizer.objectives.metric import Handles, Metric, Views


def expression(problem: Problem, views: Views, _: Handles) -> Expression:
    """Sum over futures, theatres, drivers and periods of p * weight * discount^(t-1) * P, less the risk reduction."""
    baseline = sum(
        future.probability
        * future.problem.theatre[h].weight
        * problem.discount ** future.index.place[t]
        * future.bounds.risk[h, d, t]
        * future.risk_multiplier.get(h, 1.0)
        for future, _ in views
        for h, d, t in future.index.cells
    )
    return baseline - risk_reduction.expected(views)


METRIC = Metric(name="residual_risk", unit="risk points", expression=expression)
