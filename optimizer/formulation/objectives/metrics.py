"""All metrics that an objective can name, by name."""

from models.problem.objective import Metric as MetricName
from optimizer.formulation.objectives import (
    change_from_baseline,
    concessions,
    cost,
    divergence,
    max_burden,
    max_regret,
    min_coverage,
    opposition,
    residual_risk,
    risk_reduction,
)
from optimizer.formulation.objectives.metric import Metric

METRICS: dict[MetricName, Metric] = {
    metric.name: metric
    for metric in (
        risk_reduction.METRIC,
        max_regret.METRIC,
        residual_risk.METRIC,
        cost.METRIC,
        max_burden.METRIC,
        opposition.METRIC,
        divergence.METRIC,
        concessions.METRIC,
        min_coverage.METRIC,
        change_from_baseline.METRIC,
    )
}
