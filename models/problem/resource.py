"""Resources that contributors give: money, flight hours, trainers, advisers, staff."""

from typing import Literal

from models.base import Entry
from models.ids import ResourceId
from models.quantities import NonNegative
from models.texts import Line

ResourceKind = Literal["military", "civilian", "neutral"]


class Resource(Entry):
    """A resource, counted in one unit and valued in M EUR by `unit_cost`."""

    id: ResourceId
    """Id of the resource, unique among resources."""
    unit: Line = "M EUR"
    """Unit of the resource: M EUR, flight hours, trainers. Default: M EUR."""
    unit_cost: NonNegative = 1
    """Value of one unit in M EUR, at least 0. Default: 1."""
    kind: ResourceKind = "neutral"
    """Whether the resource is military, civilian, or neutral. Default: neutral."""


MONEY = Resource(id=ResourceId("money"))
