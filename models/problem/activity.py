"""Something worth doing in a theatre: what it needs, what it achieves, when and under which flag."""

from itertools import pairwise
from typing import Annotated, Literal

from pydantic import Field, Tag, field_validator
from pydantic_core import PydanticCustomError

from models.base import Entry, Part
from models.ids import (
    ActivityId,
    ContributorId,
    DriverId,
    FrameworkId,
    InvestmentId,
    PartnerId,
    ResourceId,
    TheatreId,
)
from models.ids import Tag as TagName
from models.quantities import NonNegative, NonNegativePerPeriod, Number, Positive, Whole, one_kind

Pillar = Literal["surveillance", "capacity_building", "partner_cooperation", "other"]
Phase = Literal["pre_conflict", "post_conflict"]
Task = Literal["military", "civil", "mixed"]
Points = tuple[tuple[NonNegative, NonNegative], ...]
TWO_POINTS = 2


class LinearEffect(Part):
    """Each effective level takes `per_level` risk points; `deviation` is how much of that may fail (MODEL C15, C24)."""

    type: Literal["linear"]
    """Every level achieves as much as the one before."""
    per_level: NonNegativePerPeriod = 1.0
    """Risk points per level, >= 0, per period."""
    deviation: NonNegative | None = None
    """Risk points per level by which the effect may disappoint, for the criterion `budgeted`."""


class ThresholdEffect(Part):
    """Nothing below `threshold` effective levels, `per_level` points a level from there on (MODEL C16)."""

    type: Literal["threshold"]
    """Underfunded is not delivered."""
    threshold: Positive
    """Effective level from which there is an effect, > 0."""
    per_level: NonNegative
    """Risk points per level once the threshold is met, >= 0."""


class PiecewiseEffect(Part):
    """Risk points at given effective levels, straight lines between them, flat after the last (MODEL C15, C16)."""

    type: Literal["piecewise"]
    """Straight lines between points."""
    points: Points
    """[level, risk points] each, rising strictly in level from [0, 0], never falling in effect."""

    @field_validator("points")
    @classmethod
    def _rise_from_the_origin(cls, points: Points) -> Points:
        if len(points) < TWO_POINTS or points[0] != (0, 0):
            raise PydanticCustomError("points", "points start at [0, 0] and have at least one more")
        levels, effects = [level for level, _ in points], [effect for _, effect in points]
        if any(after <= before for before, after in pairwise(levels)):
            raise PydanticCustomError("points", "the levels of the points must rise strictly")
        if any(after < before for before, after in pairwise(effects)):
            raise PydanticCustomError("points", "the effect must never fall as the level rises")
        return points

    @property
    def slopes(self) -> tuple[float, ...]:
        """Risk points per effective level on each segment."""
        return tuple((after[1] - before[1]) / (after[0] - before[0]) for before, after in pairwise(self.points))

    @property
    def is_concave(self) -> bool:
        """Whether each segment is at most as steep as the one before: no binary is needed then."""
        return all(after <= before for before, after in pairwise(self.slopes))


Effect = Annotated[LinearEffect | ThresholdEffect | PiecewiseEffect, Field(discriminator="type")]


class NeedLine(Part):
    """Resources that substitute for each other within one need, at the given rates."""

    from_: Annotated[dict[ResourceId, Positive], Field(alias="from", min_length=1)]
    """Resource: what a unit of it counts for within this need, > 0."""
    amount: Positive
    """Units of the need per level, > 0."""


Needs = Annotated[
    Annotated[dict[ResourceId, Positive], Field(min_length=1), Tag("object")]
    | Annotated[tuple[NeedLine, ...], Field(min_length=1), Tag("list")],
    one_kind('an object {resource: amount}, or a list of {"from": {resource: rate}, "amount": amount}'),
]


class LeadTime(Part):
    """How late effects arrive, with and without earlier presence (MODEL C29)."""

    with_presence: Annotated[Whole, Field(ge=0)]
    """Periods until the effect arrives where somebody was there the period before."""
    without: Annotated[Whole, Field(ge=0)]
    """Periods until the effect arrives otherwise."""
    presence_from: Annotated[tuple[ActivityId, ...], Field(min_length=1)]
    """Activities whose running counts as presence."""


class DayAfter(Part):
    """The follow-on that an operation owes (MODEL C19, C27)."""

    follow_on: ActivityId
    """The activity that must follow."""
    ratio: NonNegative
    """Level of the follow-on owed per level of this activity."""
    periods: Annotated[Whole, Field(ge=1)]
    """For how many periods the follow-on is owed."""
    beyond_horizon: Literal["forbid", "ignore"] = "forbid"
    """What holds where the follow-on would be owed past the last period: the operation is forbidden, or it is not."""
    trust_loss: NonNegative | None = None
    """Trust lost per level of follow-on that is owed and not delivered; without it, none may be missing."""


class AwarenessGate(Part):
    """No action ahead of situational awareness (MODEL C18)."""

    factor: NonNegative
    """Effective level allowed per level of awareness."""
    from_: Annotated[tuple[ActivityId, ...], Field(alias="from")] = ()
    """Activities whose level of the period before counts as awareness, beside the theatre's own."""


class Activity(Entry):
    """An activity of one theatre (its effect may count in several, see `serves`)."""

    id: ActivityId
    """Its name in this document; also unique among theatres."""
    theatre: TheatreId
    """Where it is run."""
    pillar: Pillar
    """What kind of instrument it is."""
    serves: Annotated[tuple[TheatreId, ...], Field(min_length=1)] | None = None
    """Theatres in each of which its effect counts: a hub, an aircraft. Default: its own."""
    phase: Phase = "pre_conflict"
    """Prevention or reconstruction."""
    task: Task = "military"
    """Whose kind of task it is; a military task does not reach structural drivers."""
    needs: Needs = {ResourceId("money"): 1}
    """Units of each resource per level, > 0; the second form lets resources substitute within a need line."""
    requires: tuple[PartnerId, ...] = ()
    """Partners without whose contribution it does not run."""
    effect: Effect = LinearEffect(type="linear")
    """Risk points by effective level."""
    reduces: dict[str, Number] | None = None
    """{driver or "theatre/driver": risk points per point of effect}; required where a theatre has several drivers.
    Negative (it makes things worse) for linear effects only."""
    min_level: NonNegative = 0
    """Level below which it does not run."""
    max_level: NonNegative | None = None
    """Level above which it does not run. Default: what the means allow."""
    frameworks: Annotated[tuple[FrameworkId, ...], Field(min_length=1)] | None = None
    """Under which frameworks it could run. Default: the first framework."""
    footprint: NonNegative = 0
    """How much of the theatre's footprint_cap a level uses."""
    lag: Annotated[Whole, Field(ge=0)] = 0
    """Periods until the effect arrives; less than there are periods."""
    lead_time: LeadTime | None = None
    """How late effects arrive with and without presence; linear effects only, instead of lag."""
    day_after: DayAfter | None = None
    """The follow-on that it owes."""
    awareness_gate: AwarenessGate | None = None
    """What must be known before it achieves anything."""
    tags: tuple[TagName, ...] = ()
    """Words of your own that `policy.tag_share` can speak of."""

    @property
    def theatres_served(self) -> tuple[TheatreId, ...]:
        """Where the effect counts: the theatres of `serves`, else its own."""
        return (self.theatre,) if self.serves is None else self.serves

    @property
    def need_lines(self) -> tuple[NeedLine, ...]:
        """The needs in their long form: what a level takes, line by line."""
        if isinstance(self.needs, dict):
            return tuple(NeedLine(from_={resource: 1}, amount=amount) for resource, amount in self.needs.items())
        return self.needs


class Synergy(Entry):
    """An effect won only when both activities run (MODEL C35)."""

    activities: tuple[ActivityId, ActivityId]
    """The two, of one theatre."""
    effect: NonNegative
    """Risk points a period while both run."""
    driver: DriverId | None = None
    """Which driver of their theatre it lowers; required where there are several."""


class Alternatives(Entry):
    """Instruments of which only some may be built or borrowed (MODEL C32)."""

    activities: Annotated[tuple[ActivityId, ...], Field(min_length=2)]
    """The instruments to choose among."""
    at_most: Annotated[Whole, Field(ge=0)] = 1
    """How many of them may ever run."""


class Investment(Entry):
    """Capability that is bought before it is used (MODEL C26)."""

    id: InvestmentId
    """Its name in this document."""
    contributor: ContributorId
    """Who buys."""
    cost: dict[ResourceId, NonNegative]
    """Units of each resource that one unit of the investment costs, charged in the period it is bought."""
    adds: dict[ResourceId, NonNegative]
    """Units of each resource that one unit adds to the contributor's means in every later period."""
    lead_time: Annotated[Whole, Field(ge=0)] = 0
    """Periods from buying to using."""
    max: Annotated[Whole, Field(ge=1)] = 1
    """Units that can be bought over the horizon."""
