"""A region the alliance cares about, its risks and its host."""

from typing import Annotated

from pydantic import Field

from models.base import Entry, Part
from models.ids import ContributorId, DriverId, FrameworkId, TheatreId
from models.quantities import Flag, NonNegative, NonNegativePerPeriod, Number, Share

ANY_FRAMEWORK = "*"
THE_DRIVER = DriverId("risk")
"""The name of the driver of a theatre whose risk is one number."""


class Spillover(Part):
    """How much of one driver feeds another, each period (MODEL C28)."""

    from_: Annotated[DriverId, Field(alias="from")]
    to: DriverId
    rate: NonNegative


class Theatre(Entry):
    """A country or a group of countries, at policy level."""

    id: TheatreId
    risk: NonNegativePerPeriod | dict[DriverId, NonNegativePerPeriod]
    structural: tuple[DriverId, ...] = ()
    weight: NonNegative = 1
    awareness: NonNegative = 0
    consent: Flag | dict[str, Flag] = True
    growth: dict[DriverId, Annotated[Number, Field(gt=-1)]] = {}
    spillover: tuple[Spillover, ...] = ()
    persistence: Share = 0
    access: tuple[ContributorId, ...] | None = None
    trust: NonNegative = 1
    footprint_cap: NonNegative | None = None

    def consents_to(self, framework: FrameworkId) -> bool:
        """Whether the host lets activities run under `framework`; what it does not name falls to `*`, else yes."""
        if isinstance(self.consent, bool):
            return self.consent
        return self.consent.get(framework, self.consent.get(ANY_FRAMEWORK, True))
