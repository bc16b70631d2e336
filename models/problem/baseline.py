"""The plan in force, and how much of it may change (MODEL C33)."""

from models.base import Part
from models.plan import Plan
from models.quantities import NonNegative


class Baseline(Part):
    """The plan in force. Contributions to records that no longer exist count as change."""

    plan: Plan
    """The plan in force, in the form of an outcome's plan."""
    max_change: NonNegative | None = None
    """Greatest total change of contributions, up and down, in M EUR, at least 0. Default: no limit."""
