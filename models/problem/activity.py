"""Something worth doing in a theatre: what it needs, what it achieves, when and under which flag."""

from typing import Annotated, Literal

from pydantic import Field, field_validator
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
    Tag,
    TheatreId,
)
from models.quantities import NonNegative, NonNegativePerPeriod, Number, Positive, Whole

Pillar = Literal["surveillance", "capacity_building", "partner_cooperation", "other"]
Phase = Literal["pre_conflict", "post_conflict"]
Task = Literal["military", "civil", "mixed"]
Points = tuple[tuple[NonNegative, NonNegative], ...]
TWO_POINTS = 2


class LinearEffect(Part):
    """Each effective level takes `per_level` risk points; `deviation` is how much of that may fail (MODEL C15, C24)."""

    type: Literal["linear"]
    per_level: NonNegativePerPeriod = 1
    deviation: NonNegative | None = None


class ThresholdEffect(Part):
    """Nothing below `threshold` effective levels, `per_level` points a level from there on (MODEL C16)."""

    type: Literal["threshold"]
    threshold: Positive
    per_level: NonNegative


class PiecewiseEffect(Part):
    """Risk points at given effective levels, straight lines between them, flat after the last (MODEL C15, C16)."""

    type: Literal["piecewise"]
    points: Points

    @field_validator("points")
    @classmethod
    def _rise_from_the_origin(cls, points: Points) -> Points:
        if len(points) < TWO_POINTS or points[0] != (0, 0):
            raise PydanticCustomError("points", "points start at [0, 0] and have at least one more")
        levels, effects = [level for level, _ in points], [effect for _, effect in points]
        if any(after <= before for before, after in zip(levels, levels[1:], strict=False)):
            raise PydanticCustomError("points", "the levels of the points must rise strictly")
        if any(after < before for before, after in zip(effects, effects[1:], strict=False)):
            raise PydanticCustomError("points", "the effect must never fall as the level rises")
        return points

    @property
    def slopes(self) -> tuple[float, ...]:
        """Risk points per effective level on each segment."""
        pairs = zip(self.points, self.points[1:], strict=False)
        return tuple((after[1] - before[1]) / (after[0] - before[0]) for before, after in pairs)

    @property
    def is_concave(self) -> bool:
        """Whether each segment is at most as steep as the one before: no binary is needed then."""
        return all(after <= before for before, after in zip(self.slopes, self.slopes[1:], strict=False))


Effect = Annotated[LinearEffect | ThresholdEffect | PiecewiseEffect, Field(discriminator="type")]


class NeedLine(Part):
    """Resources that substitute for each other within one need, at the given rates."""

    from_: Annotated[dict[ResourceId, Positive], Field(alias="from", min_length=1)]
    amount: Positive


class LeadTime(Part):
    """How late effects arrive, with and without earlier presence (MODEL C29)."""

    with_presence: Annotated[Whole, Field(ge=0)]
    without: Annotated[Whole, Field(ge=0)]
    presence_from: Annotated[tuple[ActivityId, ...], Field(min_length=1)]


class DayAfter(Part):
    """The follow-on that an operation owes (MODEL C19, C27)."""

    follow_on: ActivityId
    ratio: NonNegative
    periods: Annotated[Whole, Field(ge=1)]
    beyond_horizon: Literal["forbid", "ignore"] = "forbid"
    trust_loss: NonNegative | None = None


class AwarenessGate(Part):
    """No action ahead of situational awareness (MODEL C18)."""

    factor: NonNegative
    from_: Annotated[tuple[ActivityId, ...], Field(alias="from")] = ()


class Activity(Entry):
    """An activity of one theatre (its effect may count in several, see `serves`)."""

    id: ActivityId
    theatre: TheatreId
    pillar: Pillar
    serves: tuple[TheatreId, ...] | None = None
    phase: Phase = "pre_conflict"
    task: Task = "military"
    needs: (
        Annotated[dict[ResourceId, Positive], Field(min_length=1)]
        | Annotated[tuple[NeedLine, ...], Field(min_length=1)]
    ) = {ResourceId("money"): 1}
    requires: tuple[PartnerId, ...] = ()
    effect: Effect = LinearEffect(type="linear")
    reduces: dict[str, Number] | None = None
    min_level: NonNegative = 0
    max_level: NonNegative | None = None
    frameworks: Annotated[tuple[FrameworkId, ...], Field(min_length=1)] | None = None
    footprint: NonNegative = 0
    lag: Annotated[Whole, Field(ge=0)] = 0
    lead_time: LeadTime | None = None
    day_after: DayAfter | None = None
    awareness_gate: AwarenessGate | None = None
    tags: tuple[Tag, ...] = ()

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
    effect: NonNegative
    driver: DriverId | None = None


class Alternatives(Entry):
    """Instruments of which only some may be built or borrowed (MODEL C32)."""

    activities: Annotated[tuple[ActivityId, ...], Field(min_length=2)]
    at_most: Annotated[Whole, Field(ge=0)] = 1


class Investment(Entry):
    """Capability that is bought before it is used (MODEL C26)."""

    id: InvestmentId
    contributor: ContributorId
    cost: dict[ResourceId, NonNegative]
    adds: dict[ResourceId, NonNegative]
    lead_time: Annotated[Whole, Field(ge=0)] = 0
    max: Annotated[Whole, Field(ge=1)] = 1
