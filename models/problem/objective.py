"""What is wanted, and in which order."""

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
"""Relative: how much of an earlier objective a later one may give up. Nothing, unless asked: whatever is offered is
taken, and at 1e-6 a plan worth 36 comes back as 35.99996, with slivers of contributions that nobody meant."""

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


class Objective(Part):
    """One metric; objectives of one priority are added by weight, priorities are solved in order (1 first)."""

    metric: Metric
    """What is measured."""
    sense: Sense | None = None
    """Whether more or less of it is wanted. Default: its natural sense (less cost, more risk reduction)."""
    tolerance: NonNegative = DEFAULT_TOLERANCE
    """Relative: how much of it later objectives may give up."""
    weight: Positive = 1
    """What a unit of it is worth beside objectives of the same priority, > 0."""
    priority: Annotated[Whole, Field(ge=1)] | None = None
    """1 comes first. Default: the place in the list."""

    @property
    def direction(self) -> Sense:
        """The sense given, else the metric's natural one."""
        return self.sense or NATURAL_SENSE[self.metric]


DEFAULT_OBJECTIVES = (Objective(metric="risk_reduction"), Objective(metric="cost"))
