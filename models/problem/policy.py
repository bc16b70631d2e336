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
    """Where."""
    amount: NonNegative
    """M EUR a period, partners' means included."""


class LevelFloor(Entry):
    """The activity runs at least at this level, in each period."""

    activity: ActivityId
    """Which."""
    level: NonNegative
    """The least level."""


class CoverageFloor(Entry):
    """At least this share of a theatre's risk (or of one driver) is removed, over the horizon."""

    theatre: TheatreId
    """Where."""
    driver: DriverId | None = None
    """Which driver. Default: all of them together."""
    share: Share
    """Share of the risk, 0 to 1."""


class _Mixture(Entry):
    theatre: TheatreId | None = None
    """Where the share is counted. Default: everywhere."""
    min: Share | None = None
    """The least share of what is spent over the horizon, 0 to 1. Default: none."""
    max: Share | None = None
    """The greatest share of what is spent over the horizon, 0 to 1. Default: none."""

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
    """Which pillar."""


class TagShare(_Mixture):
    """A tag's share of what is spent, in a theatre or everywhere."""

    tag: Tag
    """A tag that some activity carries."""


class ContributorShare(Entry):
    """No single contributor owns a theatre, or the whole."""

    contributor: ContributorId | None = None
    """Who. Default: each."""
    theatre: TheatreId | None = None
    """Where. Default: everywhere."""
    share: Share
    """The greatest share of what is spent over the horizon, 0 to 1."""


class Reserve(Entry):
    """What is kept back for another flank."""

    resource: ResourceId
    """Of which resource."""
    contributor: ContributorId | None = None
    """By whom. Default: by the members together."""
    amount: NonNegativePerPeriod
    """Units of the resource kept back in a period, >= 0."""


class Lock(Entry):
    """What must, or must not, run: a fact, never relaxed."""

    activity: ActivityId
    """Which."""
    framework: FrameworkId | None = None
    """Under which framework. Default: any."""
    period: PeriodId | None = None
    """When. Default: in every period."""


class Policy(Part):
    """Every field is absent or binding."""

    max_total_cost: NonNegative | None = None
    """M EUR that members may spend over the horizon. Default: no limit."""
    max_opposition: NonNegative | None = None
    """Weighted objection (points of position) that the plan may live with in a period. Default: no limit."""
    min_pre_conflict_share: Share | None = None
    """Least share of spend that goes to prevention, 0 to 1. Default: none."""
    max_military_share_in_civil_tasks: Share | None = None
    """Greatest share of military means in civil tasks, 0 to 1. Default: no limit."""
    no_lead_role: tuple[ActivityId, ...] = ()
    """Activities that must not run under a framework of role lead."""
    min_spend: tuple[SpendFloor, ...] = ()
    """Theatres where at least so much is spent."""
    min_level: tuple[LevelFloor, ...] = ()
    """Activities that run at least at a level."""
    min_coverage: tuple[CoverageFloor, ...] = ()
    """Theatres where at least a share of the risk is removed."""
    pillar_share: tuple[PillarShare, ...] = ()
    """Mixtures by pillar."""
    tag_share: tuple[TagShare, ...] = ()
    """Mixtures by tag."""
    max_contributor_share: tuple[ContributorShare, ...] = ()
    """Caps on what one contributor spends of the whole."""
    reserve: tuple[Reserve, ...] = ()
    """What is kept back."""
    run: tuple[Lock, ...] = ()
    """What must run."""
    forbid: tuple[Lock, ...] = ()
    """What must not run."""
