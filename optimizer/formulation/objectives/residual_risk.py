"""residual_risk: weighted, discounted risk points that remain."""

from models.problem.problem import Problem
from optimizer.formulation.linear_expression import Expression, linear
from optimizer.formulation.objectives.metric import Handles, Metric, Views


def expression(_: Problem, views: Views, __: Handles) -> Expression:
    """Sum over futures, theatres, drivers and periods of p * weight * discount^(t-1) * (P - cut)  [risk points].

    What friction and disappointment take off the risk reduction is no risk in a theatre, and not in here.
    """
    terms, there = [], 0.0
    for future, d in views:
        for cell, cut in d.cut.items():
            h, _driver, t = cell
            theatre = future.problem.theatre[h]
            weight = future.probability * theatre.weight * future.problem.discount ** future.index.place[t]
            there += weight * future.bounds.risk[cell] * future.risk_multiplier.get(h, 1.0)
            terms.append((-weight, cut))
    return there + linear(terms)


METRIC = Metric(name="residual_risk", unit="risk points", expression=expression)
