"""Theatres: regions with their risks and their host."""

from collections.abc import Collection
from typing import Annotated

from pydantic import Field, Tag

from models.base import Entry, Part
from models.ids import ContributorId, DriverId, FrameworkId, PeriodId, TheatreId
from models.quantities import Flag, NonNegative, Number, PerDriver, Share, by_json_kind, by_period

ANY_FRAMEWORK = "*"
THE_DRIVER = DriverId("risk")
"""Driver of a theatre whose risk is not given by driver."""

Consent = Annotated[
    Annotated[Flag, Tag("flag")] | Annotated[dict[str, Flag], Tag("object")],
    by_json_kind('true, false, or an object {framework: true or false}, where "*" means all others'),
]


class Spillover(Part):
    """Increase of one driver of risk by another in each period (MODEL C28)."""

    from_: Annotated[DriverId, Field(alias="from")]
    """Driver that causes the increase."""
    to: DriverId
    """Driver that increases."""
    rate: NonNegative
    """Risk points of `to` per risk point of `from` and period, at least 0."""


class Theatre(Entry):
    """A country or a group of countries, at policy level."""

    id: TheatreId
    """Id of the theatre, unique among theatres and activities."""
    risk: PerDriver
    """Risk points without any activity, at least 0: one number, one per period, or {driver: one number or one per
    period}."""
    structural: tuple[DriverId, ...] = ()
    """Drivers that military tasks cannot reduce. Default: none."""
    weight: NonNegative = 1
    """Weight of a risk point compared with other theatres, at least 0. Default: 1."""
    awareness: NonNegative = 0
    """Level of situational awareness without any activity, at least 0. Default: 0."""
    consent: Consent = True
    """Consent of the host to activities: true or false for all frameworks, or {framework: true or false}. Default:
    true."""
    growth: dict[DriverId, Annotated[Number, Field(gt=-1)]] = {}
    """{driver: relative growth per period, above -1}: 0.1 adds 10 %. Default: 0 for each driver."""
    spillover: tuple[Spillover, ...] = ()
    """Drivers that increase other drivers, without circles. Default: none."""
    persistence: Share = 0
    """Share of the previous period's risk reduction that persists, 0 to 1. Default: 0."""
    access: tuple[ContributorId, ...] | None = None
    """Contributors that can contribute in the theatre. Default: all."""
    trust: NonNegative = 1
    """Trust of the population and the host in the first period, at least 0. The footprint is limited to `footprint_cap`
    times trust. Default: 1."""
    footprint_cap: NonNegative | None = None
    """Greatest footprint of all activities at trust 1, at least 0. Default: no limit."""

    def consents_to(self, framework: FrameworkId) -> bool:
        """Whether the host consents to activities under `framework`; an unnamed framework takes `*`, or else true."""
        if isinstance(self.consent, bool):
            return self.consent
        return self.consent.get(framework, self.consent.get(ANY_FRAMEWORK, True))

    def has_drivers(self, periods: Collection[PeriodId]) -> bool:
        """Whether `risk` is by driver: an object with a key that is not a period."""
        return isinstance(self.risk, dict) and not set(self.risk) <= set(periods)

    def drivers(self, periods: Collection[PeriodId]) -> tuple[DriverId, ...]:
        """Return the drivers of the theatre: `risk` alone if the risk is not by driver."""
        return tuple(self.risk) if isinstance(self.risk, dict) and self.has_drivers(periods) else (THE_DRIVER,)

    def risk_by_driver(self, periods: tuple[PeriodId, ...]) -> dict[DriverId, tuple[float, ...]]:
        """Return the risk without any activity, in risk points: driver, then a number per period."""
        if not isinstance(self.risk, dict):
            return {THE_DRIVER: by_period(self.risk, periods)}
        if self.has_drivers(periods):
            return {driver: by_period(value, periods) for driver, value in self.risk.items()}
        return {THE_DRIVER: tuple(by_period(self.risk[DriverId(period)], (period,))[0] for period in periods)}
