"""The least size of each metric: what the rounding of a reported value is relative to, if the value is about 0."""

from collections.abc import Sequence

from models.problem.objective import Metric
from optimizer.check.facts import Facts
from optimizer.check.score import weights


def metric_size(facts: Sequence[Facts], metric: Metric) -> float:
    """Return the least size of a metric over all scenarios, in its unit; 1 for points of position and shares."""
    match metric:
        case "risk_reduction":
            return max(max(_removed(view), _least_points(view)) for view in facts)
        case "residual_risk" | "max_regret":
            return max(_least_points(view) for view in facts)
        case "cost" | "change_from_baseline":
            return max(view.least_size.money for view in facts)
        case "max_burden":
            return max(view.least_size.burden for view in facts)
        case "opposition" | "divergence" | "concessions" | "min_coverage":
            return 1.0


def _removed(facts: Facts) -> float:
    """Return the weighted, discounted risk points removed and added, in sum: friction may cancel most of them."""
    return sum(weight * abs(facts.cut[cell]) for cell, weight in weights(facts).items())


def _least_points(facts: Facts) -> float:
    return sum(weight * facts.least_points[cell] for cell, weight in weights(facts).items())
