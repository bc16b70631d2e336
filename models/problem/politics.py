"""Who stands where, who follows whom, who will not serve beside whom."""

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from models.base import Entry, Part
from models.ids import ActivityId, AnyId, ContributorId, FrameworkId, MemberId, PeriodId, SpoilerId, TheatreId
from models.problem.member import one_of
from models.problem.theatre import Consent
from models.quantities import Flag, NonNegative, PositionValue, Positive, Share


class Position(Entry):
    """How a member stands on an activity or on all activities of a theatre, under one framework or all."""

    member: MemberId
    """Who."""
    activity: ActivityId | None = None
    """On what; either this or `theatre`."""
    theatre: TheatreId | None = None
    """On what; either this or `activity`."""
    framework: FrameworkId | None = None
    """Under which framework. Default: all."""
    value: PositionValue
    """-2 blocks, -1 abstains, 0 acquiesces, +1 supports and contributes, +2 champions; values between are allowed."""

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
    """Points of position that can be bought in all, >= 0."""
    max_per_case: NonNegative = 4
    """Points of position that can be bought of one member on one activity under one framework, >= 0."""


class Follower(Part):
    """Who follows a pivot, and how strongly."""

    member: ContributorId
    """Who follows."""
    strength: Share = 1
    """Share of its means that depends on the pivot, 0 to 1."""


class Cascade(Entry):
    """When the pivot leaves or scales back, others follow (MODEL C11)."""

    pivot: MemberId
    """Whom the others follow."""
    theatres: tuple[TheatreId, ...] | None = None
    """Where. Default: in all theatres."""
    reference: Positive | None = None
    """M EUR of the pivot's giving in a theatre and period at which followers give in full; they scale back with it.
    Default: the pivot is in or out."""
    followers: Annotated[tuple[Follower, ...], Field(min_length=1)]
    """Who follows."""


class Withdrawal(Entry):
    """A contributor is gone, from one theatre or all, from a period on: a fact, never relaxed (MODEL C34)."""

    member: ContributorId
    """Who is gone; a member keeps its vote."""
    theatre: TheatreId | None = None
    """From where. Default: from everywhere."""
    from_period: PeriodId | None = None
    """From when on. Default: from the start."""


class Spoiler(Entry):
    """An outside actor that lowers effects or consent while active (MODEL C39)."""

    id: SpoilerId
    """Its name in this document."""
    active: Flag = True
    """On or off, so that its impact can be priced."""
    theatres: tuple[TheatreId, ...] | None = None
    """Where it spoils. Default: in all theatres."""
    effect_multiplier: NonNegative = 1
    """Factor on effects in its theatres while it is active, >= 0."""
    consent: Consent = True
    """What it lets happen; counts beside the host's consent."""


class Rivalry(Entry):
    """Two contributors that do not serve together, or at a price (MODEL C13)."""

    between: tuple[ContributorId, ContributorId]
    """The two."""
    activities: tuple[ActivityId, ...] | None = None
    """In which activities; not beside `theatres`. Default: in all."""
    theatres: tuple[TheatreId, ...] | None = None
    """In the activities of which theatres; not beside `activities`. Default: in all."""
    hard: Flag = True
    """Whether they never serve together, or at the price of `friction`."""
    friction: NonNegative = 0
    """Risk points per activity and period in which both serve, where the rivalry is not hard."""


class Divergence(Part):
    """How far apart the participants of one activity may stand (MODEL C14)."""

    metric: Literal["range", "total_deviation", "pairwise"] = "range"
    """How distance is counted: greatest minus least, sum of distances from the centre, weighted pairs."""
    max: NonNegative
    """The most of it that is allowed, in points of position."""
    activities: tuple[ActivityId, ...] | None = None
    """In which activities. Default: in all."""
