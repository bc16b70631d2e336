"""Politics: positions, concessions, cascades, withdrawals, spoilers, rivalries and divergence."""

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from models.base import Entry, Part
from models.ids import ActivityId, AnyId, ContributorId, FrameworkId, MemberId, PeriodId, SpoilerId, TheatreId
from models.problem.member import require_one_of
from models.problem.theatre import Consent
from models.quantities import Flag, NonNegative, PositionValue, Positive, Share


class Position(Entry):
    """Position of a member on an activity, or on all activities of a theatre, under one framework or all."""

    member: MemberId
    """Id of the member."""
    activity: ActivityId | None = None
    """Activity of the position; give either this or `theatre`."""
    theatre: TheatreId | None = None
    """Theatre of the position; give either this or `activity`."""
    framework: FrameworkId | None = None
    """Framework of the position. Default: all frameworks."""
    value: PositionValue
    """Position from -2 to 2: -2 blocks, -1 abstains, 0 acquiesces, +1 supports and contributes, +2 champions."""

    @model_validator(mode="after")
    def _has_one_place(self) -> Self:
        return require_one_of(self, "activity", "theatre")

    @property
    def place(self) -> AnyId:
        """Id of the activity or theatre of the position."""
        return self.activity or self.theatre or ""


class Concessions(Part):
    """Political capital that diplomacy can spend on members' positions (MODEL C7, C8)."""

    budget: NonNegative
    """Points of position that can be bought in total, at least 0."""
    max_per_case: NonNegative = 4
    """Points of position that can be bought from one member for one activity under one framework, at least 0. Default:
    4."""


class Follower(Part):
    """A contributor that follows a pivot."""

    member: ContributorId
    """Id of the member or partner that follows."""
    strength: Share = 1
    """Share of the follower's endowment that depends on the pivot, 0 to 1. Default: 1."""


class Cascade(Entry):
    """Contributors that leave or scale back if a pivot does (MODEL C11)."""

    pivot: MemberId
    """Member that the others follow."""
    theatres: tuple[TheatreId, ...] | None = None
    """Theatres of the cascade. Default: all theatres."""
    reference: Positive | None = None
    """Contribution of the pivot per theatre and period, in M EUR, above 0, at which followers contribute in full. Below
    it, they scale back in proportion. Default: followers contribute in full if the pivot takes part, else nothing."""
    followers: Annotated[tuple[Follower, ...], Field(min_length=1)]
    """Contributors that follow the pivot, at least one."""


class Withdrawal(Entry):
    """Withdrawal of a contributor from one theatre or all, from a period on; a fact, never relaxed (MODEL C34)."""

    member: ContributorId
    """Id of the member or partner that withdraws; a member keeps its vote."""
    theatre: TheatreId | None = None
    """Theatre of the withdrawal. Default: all theatres."""
    from_period: PeriodId | None = None
    """First period of the withdrawal. Default: the first period of the horizon."""


class Spoiler(Entry):
    """An outside actor that lowers effects or refuses consent while active (MODEL C39)."""

    id: SpoilerId
    """Id of the spoiler, unique among spoilers."""
    active: Flag = True
    """Whether the spoiler is active. Default: true."""
    theatres: tuple[TheatreId, ...] | None = None
    """Theatres of the spoiler. Default: all theatres."""
    effect_multiplier: NonNegative = 1
    """Factor on all effects in its theatres while active, at least 0. Default: 1."""
    consent: Consent = True
    """Consent of the spoiler, in addition to that of the host: true, false, or {framework: true or false}. Default:
    true."""


class Rivalry(Entry):
    """Two contributors that do not take part together, or only at a price (MODEL C13)."""

    between: tuple[ContributorId, ContributorId]
    """The two contributors."""
    activities: tuple[ActivityId, ...] | None = None
    """Activities of the rivalry; excludes `theatres`. Default: all activities."""
    theatres: tuple[TheatreId, ...] | None = None
    """Theatres of the rivalry; excludes `activities`. Default: all theatres."""
    hard: Flag = True
    """Whether the two never take part together (true), or at the price of `friction` (false). Default: true."""
    friction: NonNegative = 0
    """Price in risk points for each activity and period in which both take part, at least 0; only if `hard` is false.
    Default: 0."""


class Divergence(Part):
    """Limit on the distance between the positions of the participants of an activity (MODEL C14)."""

    metric: Literal["range", "total_deviation", "pairwise"] = "range"
    """Measure of distance: `range` (greatest minus least position), `total_deviation` (sum of distances from the
    median), `pairwise` (sum over pairs, weighted by votes). Default: range."""
    max: NonNegative
    """Greatest value of the measure, in points of position, at least 0."""
    activities: tuple[ActivityId, ...] | None = None
    """Activities of the limit. Default: all activities."""
