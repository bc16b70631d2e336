"""What can be given: money, flight hours, trainers, advisers, staff."""

from typing import Literal

from models.base import Entry
from models.ids import ResourceId
from models.quantities import NonNegative

ResourceKind = Literal["military", "civilian", "neutral"]


class Resource(Entry):
    """A means of one unit; `unit_cost` values it in M EUR."""

    id: ResourceId
    """Its name in this document."""
    unit: str = "M EUR"
    """What one of it is: M EUR, flight hours, trainers."""
    unit_cost: NonNegative = 1
    """M EUR per unit, >= 0."""
    kind: ResourceKind = "neutral"
    """Whether it is a soldier's, a civilian's, or either's."""


MONEY = Resource(id=ResourceId("money"))
