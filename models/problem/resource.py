"""What can be given: money, flight hours, trainers, advisers, staff."""

from typing import Literal

from models.base import Entry
from models.ids import ResourceId
from models.quantities import NonNegative

ResourceKind = Literal["military", "civilian", "neutral"]


class Resource(Entry):
    """A means of one unit; `unit_cost` values it in M EUR."""

    id: ResourceId
    unit: str = "M EUR"
    unit_cost: NonNegative = 1
    kind: ResourceKind = "neutral"


MONEY = Resource(id=ResourceId("money"))
