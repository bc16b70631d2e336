"""Who stands where, who follows whom, who will not serve beside whom."""

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from models.base import Entry, Part
from models.ids import ActivityId, AnyId, ContributorId, FrameworkId, MemberId, PeriodId, SpoilerId, TheatreId
from models.problem.member import one_of
from models.quantities import Flag, NonNegative, PositionValue, Positive, Share


class Position(Entry):
    """How a member stands on an activity or on all activities of a theatre, under one framework or all."""

    member: MemberId
    activity: ActivityId | None = None
    theatre: TheatreId | None = None
    framework: FrameworkId | None = None
    value: PositionValue

    @model_validator(mode="after")
    def _names_one_place(self) -> Self:
        return one_of(self, "activity", "theatre")

    @property
    def place(self) -> AnyId:
        """The activity or the theatre that the position speaks of."""
        return self.activity or self.theatre or ""


class Concessions(Part):
    """Political capital: what diplomacy can buy (MODEL C7, C8)."""

    budget: NonNegative
    max_per_case: NonNegative = 4


class Follower(Part):
    """Who follows a pivot, and how strongly."""

    member: ContributorId
    strength: Share = 1


class Cascade(Entry):
    """When the pivot leaves or scales back, others follow (MODEL C11)."""

    pivot: MemberId
    theatres: tuple[TheatreId, ...] | None = None
    reference: Positive | None = None
    followers: Annotated[tuple[Follower, ...], Field(min_length=1)]


class Withdrawal(Entry):
    """A contributor is gone, from one theatre or all, from a period on: a fact, never relaxed (MODEL C34)."""

    member: ContributorId
    theatre: TheatreId | None = None
    from_period: PeriodId | None = None


class Spoiler(Entry):
    """An outside actor that lowers effects or consent while active (MODEL C39)."""

    id: SpoilerId
    active: Flag = True
    theatres: tuple[TheatreId, ...] | None = None
    effect_multiplier: NonNegative = 1
    consent: Flag | dict[str, Flag] = True


class Rivalry(Entry):
    """Two contributors that do not serve together, or at a price (MODEL C13)."""

    between: tuple[ContributorId, ContributorId]
    activities: tuple[ActivityId, ...] | None = None
    theatres: tuple[TheatreId, ...] | None = None
    hard: Flag = True
    friction: NonNegative = 0


class Divergence(Part):
    """How far apart the participants of one activity may stand (MODEL C14)."""

    metric: Literal["range", "total_deviation", "pairwise"] = "range"
    max: NonNegative
    activities: tuple[ActivityId, ...] | None = None
