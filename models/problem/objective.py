"""Objectives: metrics, senses and priorities."""

from typing import Annotated, Literal

from pydantic import Field

from models.base import Part
from models.quantities import NonNegative, Positive, Whole

Metric = Literal[
    "risk_reduction",
    "max_regret",
    "residual_risk",
    "cost",
    "max_burden",
    "opposition",
    "divergence",
    "concessions",
    "min_coverage",
    "change_from_baseline",
]
Sense = Literal["maximize", "minimize"]

DEFAULT_TOLERANCE = 0.0
"""Relative tolerance of an earlier objective. It is 0, because later objectives use up any tolerance: at 1e-6, a plan
worth 36 came back as 35.99996, with useless tiny contributions."""

NATURAL_SENSE: dict[Metric, Sense] = {
    "risk_reduction": "maximize",
    "max_regret": "minimize",
    "residual_risk": "minimize",
    "cost": "minimize",
    "max_burden": "minimize",
    "opposition": "minimize",
    "divergence": "minimize",
    "concessions": "minimize",
    "min_coverage": "maximize",
    "change_from_baseline": "minimize",
}


METRIC_UNIT: dict[Metric, str] = {
    "risk_reduction": "risk points",
    "max_regret": "risk points",
    "residual_risk": "risk points",
    "cost": "M EUR",
    "max_burden": "M EUR per unit of ability to pay",
    "opposition": "points of position",
    "divergence": "points of position",
    "concessions": "points of position",
    "min_coverage": "share",
    "change_from_baseline": "M EUR",
}


class Objective(Part):
    """One objective. Objectives of the same priority are summed by weight; priorities are solved in order, 1 first."""

    metric: Metric
    """Metric of the objective."""
    sense: Sense | None = None
    """Whether the metric is maximised or minimised. Default: the natural sense of the metric (less cost, more
    risk_reduction)."""
    tolerance: NonNegative = DEFAULT_TOLERANCE
    """Relative share of the value that later objectives may give up, at least 0. Default: 0."""
    weight: Positive = 1
    """Weight among objectives of the same priority, above 0. Default: 1."""
    priority: Annotated[Whole, Field(ge=1)] | None = None
    """Priority, at least 1; 1 is solved first. Default: the position in the list."""

    @property
    def direction(self) -> Sense:
        """Sense of the objective: the given one, or the natural sense of the metric."""
        return self.sense or NATURAL_SENSE[self.metric]


DEFAULT_OBJECTIVES = (Objective(metric="risk_reduction"), Objective(metric="cost"))
