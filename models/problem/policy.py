"""What the alliance has decided: ceilings, floors, mixtures, what must and must not run."""

from typing import Self

from pydantic import model_validator
from pydantic_core import PydanticCustomError

from models.base import Entry, Part
from models.ids import ActivityId, ContributorId, DriverId, FrameworkId, PeriodId, ResourceId, Tag, TheatreId
from models.problem.activity import Pillar
from models.quantities import NonNegative, NonNegativePerPeriod, Share


class SpendFloor(Entry):
    """At least this much is spent in the theatre, in each period."""

    theatre: TheatreId
    amount: NonNegative


class LevelFloor(Entry):
    """The activity runs at least at this level, in each period."""

    activity: ActivityId
    level: NonNegative


class CoverageFloor(Entry):
    """At least this share of a theatre's risk (or of one driver) is removed, over the horizon."""

    theatre: TheatreId
    driver: DriverId | None = None
    share: Share


class _Mixture(Entry):
    theatre: TheatreId | None = None
    min: Share | None = None
    max: Share | None = None

    @model_validator(mode="after")
    def _bounds_something(self) -> Self:
        if self.min is None and self.max is None:
            raise PydanticCustomError("contradiction", "give min, max or both")
        if self.min is not None and self.max is not None and self.min > self.max:
            raise PydanticCustomError(
                "contradiction", "min ({min}) is above max ({max})", {"min": self.min, "max": self.max}
            )
        return self


class PillarShare(_Mixture):
    """A pillar's share of what is spent, in a theatre or everywhere."""

    pillar: Pillar


class TagShare(_Mixture):
    """A tag's share of what is spent, in a theatre or everywhere."""

    tag: Tag


class ContributorShare(Entry):
    """No single contributor owns a theatre, or the whole."""

    contributor: ContributorId | None = None
    theatre: TheatreId | None = None
    share: Share


class Reserve(Entry):
    """What is kept back for another flank."""

    resource: ResourceId
    contributor: ContributorId | None = None
    amount: NonNegativePerPeriod


class Lock(Entry):
    """What must, or must not, run: a fact, never relaxed."""

    activity: ActivityId
    framework: FrameworkId | None = None
    period: PeriodId | None = None


class Policy(Part):
    """Every field is absent or binding."""

    max_total_cost: NonNegative | None = None
    max_opposition: NonNegative | None = None
    min_pre_conflict_share: Share | None = None
    max_military_share_in_civil_tasks: Share | None = None
    no_lead_role: tuple[ActivityId, ...] = ()
    min_spend: tuple[SpendFloor, ...] = ()
    min_level: tuple[LevelFloor, ...] = ()
    min_coverage: tuple[CoverageFloor, ...] = ()
    pillar_share: tuple[PillarShare, ...] = ()
    tag_share: tuple[TagShare, ...] = ()
    max_contributor_share: tuple[ContributorShare, ...] = ()
    reserve: tuple[Reserve, ...] = ()
    run: tuple[Lock, ...] = ()
    forbid: tuple[Lock, ...] = ()
