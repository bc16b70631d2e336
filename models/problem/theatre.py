"""A region the alliance cares about, its risks and its host."""

from collections.abc import Collection
from typing import Annotated

from pydantic import Field, Tag

from models.base import Entry, Part
from models.ids import ContributorId, DriverId, FrameworkId, PeriodId, TheatreId
from models.quantities import Flag, NonNegative, Number, PerDriver, Share, by_period, one_kind

ANY_FRAMEWORK = "*"
THE_DRIVER = DriverId("risk")
"""The name of the driver of a theatre whose risk is one number."""

Consent = Annotated[
    Annotated[Flag, Tag("flag")] | Annotated[dict[str, Flag], Tag("object")],
    one_kind('true, false, or an object {framework: true or false}, where "*" stands for those not named'),
]


class Spillover(Part):
    """How much of one driver feeds another, each period (MODEL C28)."""

    from_: Annotated[DriverId, Field(alias="from")]
    """The driver that feeds."""
    to: DriverId
    """The driver that is fed."""
    rate: NonNegative
    """Points of the one per point of the other and period, >= 0."""


class Theatre(Entry):
    """A country or a group of countries, at policy level."""

    id: TheatreId
    """Its name in this document; also unique among activities."""
    risk: PerDriver
    """Risk points before anything is done, >= 0: per period, or {driver: per period}."""
    structural: tuple[DriverId, ...] = ()
    """Drivers that military tasks cannot reach."""
    weight: NonNegative = 1
    """What a risk point here is worth beside other theatres', >= 0."""
    awareness: NonNegative = 0
    """Level of what is known before anything is done, >= 0."""
    consent: Consent = True
    """Whether the host lets activities run: under any framework, or by framework."""
    growth: dict[DriverId, Annotated[Number, Field(gt=-1)]] = {}
    """{driver: growth per period, > -1}: 0.1 adds a tenth."""
    spillover: tuple[Spillover, ...] = ()
    """Which drivers feed which; without circles."""
    persistence: Share = 0
    """Share of last period's reduction that stays, 0 to 1."""
    access: tuple[ContributorId, ...] | None = None
    """Contributors who can be there. Default: all."""
    trust: NonNegative = 1
    """The population's and the host's trust at the start; the footprint it bears is footprint_cap times trust."""
    footprint_cap: NonNegative | None = None
    """Footprint that the theatre bears at trust 1. Default: no limit."""

    def consents_to(self, framework: FrameworkId) -> bool:
        """Whether the host lets activities run under `framework`; what it does not name falls to `*`, else yes."""
        if isinstance(self.consent, bool):
            return self.consent
        return self.consent.get(framework, self.consent.get(ANY_FRAMEWORK, True))

    def has_drivers(self, periods: Collection[PeriodId]) -> bool:
        """Whether `risk` is by driver: an object not all of whose keys are periods."""
        return isinstance(self.risk, dict) and not set(self.risk) <= set(periods)

    def drivers(self, periods: Collection[PeriodId]) -> tuple[DriverId, ...]:
        """The names of its drivers; the one of an undivided risk is `risk`."""
        return tuple(self.risk) if isinstance(self.risk, dict) and self.has_drivers(periods) else (THE_DRIVER,)

    def risk_by_driver(self, periods: tuple[PeriodId, ...]) -> dict[DriverId, tuple[float, ...]]:
        """Baseline risk in points: driver, then a number for each period."""
        if not isinstance(self.risk, dict):
            return {THE_DRIVER: by_period(self.risk, periods)}
        if self.has_drivers(periods):
            return {driver: by_period(value, periods) for driver, value in self.risk.items()}
        return {THE_DRIVER: tuple(by_period(self.risk[DriverId(period)], (period,))[0] for period in periods)}
