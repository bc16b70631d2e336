"""What is done today, and how much of it may change (MODEL C33)."""

from models.base import Part
from models.plan import Plan
from models.quantities import NonNegative


class Baseline(Part):
    """The plan in force; `max_change` in M EUR bounds what is given differently."""

    plan: Plan
    max_change: NonNegative | None = None
