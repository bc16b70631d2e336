"""The plan in force, and how much of it may change (MODEL C33)."""

from models.base import Part
from models.own_plan import OwnPlan
from models.quantities import NonNegative


class Baseline(Part):
    """The plan in force. Contributions to records that no longer exist count as change."""

    plan: OwnPlan
    """The plan in force: an outcome's plan, or contributions alone. Only its contributions count."""
    max_change: NonNegative | None = None
    """Greatest total change of contributions, up and down, in M EUR, at least 0. Default: no limit."""
