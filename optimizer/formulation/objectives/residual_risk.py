"""residual_risk: weighted, discounted risk points that remain."""

from models.problem.problem import Problem
from optimizer.formulation.linear_expression import LinearExpression, linear
from optimizer.formulation.objectives.metric import Handles, Metric, Views


def expression(_: Problem, views: Views, __: Handles) -> LinearExpression:
    """Sum over scenarios, theatres, drivers and periods of p * weight * discount^(t-1) * (P - cut)  [risk points].

    Friction (C13) and protection (C24) lower the risk reduction. They are no risk in a theatre and do not count here.
    """
    terms, baseline = [], 0.0
    for scenario, d in views:
        for cell, cut in d.cut.items():
            h, _driver, t = cell
            theatre = scenario.problem.theatre[h]
            weight = scenario.probability * theatre.weight * scenario.problem.discount ** scenario.index.place[t]
            baseline += weight * scenario.bounds.risk[cell] * scenario.risk_multiplier.get(h, 1.0)
            terms.append((-weight, cut))
    return baseline + linear(terms)


METRIC = Metric(name="residual_risk", unit="risk points", expression=expression)
