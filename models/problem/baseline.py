"""What is done today, and how much of it may change (MODEL C33)."""

from models.base import Part
from models.plan import Plan
from models.quantities import NonNegative


class Baseline(Part):
    """The plan in force; what it names and no longer exists counts as change."""

    plan: Plan
    """The plan of an outcome."""
    max_change: NonNegative | None = None
    """M EUR that may be given differently, up or down. Default: no limit."""
