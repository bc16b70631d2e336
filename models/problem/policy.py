"""Policy of the alliance: ceilings, floors, mixtures, reserves, and locks on activities."""

from typing import Self

from pydantic import model_validator
from pydantic_core import PydanticCustomError

from models.base import Entry, Part
from models.ids import ActivityId, ContributorId, DriverId, FrameworkId, PeriodId, ResourceId, Tag, TheatreId
from models.problem.activity import Pillar
from models.quantities import NonNegative, NonNegativePerPeriod, Share


class SpendFloor(Entry):
    """Least spending in a theatre in each period."""

    theatre: TheatreId
    """Id of the theatre."""
    amount: NonNegative
    """Least spending of members and partners in each period, in M EUR, at least 0."""


class LevelFloor(Entry):
    """Least level of an activity in each period."""

    activity: ActivityId
    """Id of the activity."""
    level: NonNegative
    """Least level in each period, at least 0."""


class CoverageFloor(Entry):
    """Least share of the risk of a theatre, or of one driver, that the plan removes over the horizon."""

    theatre: TheatreId
    """Id of the theatre."""
    driver: DriverId | None = None
    """Driver of risk. Default: all drivers of the theatre together."""
    share: Share
    """Least share of the risk that is removed, 0 to 1."""


class _Mixture(Entry):
    theatre: TheatreId | None = None
    """Theatre in which the share is measured. Default: all theatres together."""
    min: Share | None = None
    """Least share of the spending over the horizon, 0 to 1. Give `min`, `max` or both. Default: no lower limit."""
    max: Share | None = None
    """Greatest share of the spending over the horizon, 0 to 1. Give `min`, `max` or both. Default: no upper limit."""

    @model_validator(mode="after")
    def _has_ordered_bounds(self) -> Self:
        if self.min is None and self.max is None:
            raise PydanticCustomError("contradiction", "give min, max or both")
        if self.min is not None and self.max is not None and self.min > self.max:
            raise PydanticCustomError(
                "contradiction", "min ({min}) is above max ({max})", {"min": self.min, "max": self.max}
            )
        return self


class PillarShare(_Mixture):
    """Limits on the share of a pillar in the spending, in one theatre or in all."""

    pillar: Pillar
    """Pillar whose share is limited."""


class TagShare(_Mixture):
    """Limits on the share of a tag in the spending, in one theatre or in all."""

    tag: Tag
    """Tag whose share is limited; at least one activity must have it."""


class ContributorShare(Entry):
    """Greatest share of one contributor in the spending, in one theatre or in all (MODEL C36)."""

    contributor: ContributorId | None = None
    """Id of the member or partner. Default: each contributor separately."""
    theatre: TheatreId | None = None
    """Theatre in which the share is measured. Default: all theatres together."""
    share: Share
    """Greatest share of the spending over the horizon, 0 to 1."""


class Reserve(Entry):
    """Resources that stay unused, for other purposes (MODEL C31)."""

    resource: ResourceId
    """Resource that is reserved."""
    contributor: ContributorId | None = None
    """Contributor that reserves. Default: all members together."""
    amount: NonNegativePerPeriod
    """Units of the resource that stay unused, at least 0: one number, or one per period."""


class Lock(Entry):
    """An activity that must run, or must not run; a fact, never relaxed (MODEL C34)."""

    activity: ActivityId
    """Id of the activity."""
    framework: FrameworkId | None = None
    """Framework of the lock. Default: any framework."""
    period: PeriodId | None = None
    """Period of the lock. Default: every period."""


class Policy(Part):
    """Decisions of the alliance. Each given field constrains the plan."""

    max_total_cost: NonNegative | None = None
    """Greatest cost of all members over the horizon, in M EUR, at least 0. Default: no limit."""
    max_opposition: NonNegative | None = None
    """Greatest opposition in any period, at least 0: the points by which positions on running activities are below 0,
    weighted by the share of votes. Default: no limit."""
    min_pre_conflict_share: Share | None = None
    """Least share of the spending that goes to activities of phase `pre_conflict`, 0 to 1. Default: no such limit."""
    max_military_share_in_civil_tasks: Share | None = None
    """Greatest share of military resources in civil tasks, 0 to 1. Default: no limit."""
    no_lead_role: tuple[ActivityId, ...] = ()
    """Activities that must not run under a framework of role `lead`. Default: none."""
    min_spend: tuple[SpendFloor, ...] = ()
    """Least spending by theatre. Default: none."""
    min_level: tuple[LevelFloor, ...] = ()
    """Least levels by activity. Default: none."""
    min_coverage: tuple[CoverageFloor, ...] = ()
    """Least share of risk removed, by theatre or driver. Default: none."""
    pillar_share: tuple[PillarShare, ...] = ()
    """Limits on the shares of pillars in the spending. Default: none."""
    tag_share: tuple[TagShare, ...] = ()
    """Limits on the shares of tags in the spending. Default: none."""
    max_contributor_share: tuple[ContributorShare, ...] = ()
    """Greatest shares of single contributors in the spending. Default: none."""
    reserve: tuple[Reserve, ...] = ()
    """Resources that stay unused. Default: none."""
    run: tuple[Lock, ...] = ()
    """Activities that must run. Default: none."""
    forbid: tuple[Lock, ...] = ()
    """Activities that must not run. Default: none."""
