"""Activities of a theatre: needs, effects, timing and frameworks; synergies, alternatives and investments."""

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
from models.quantities import NonNegative, NonNegativePerPeriod, Number, Positive, Whole, by_json_kind

Pillar = Literal["surveillance", "capacity_building", "partner_cooperation", "other"]
Phase = Literal["pre_conflict", "post_conflict"]
Task = Literal["military", "civil", "mixed"]
Points = tuple[tuple[NonNegative, NonNegative], ...]
TWO_POINTS = 2


class LinearEffect(Part):
    """Every effective level removes `per_level` risk points; `deviation` of these may fail (MODEL C15, C24)."""

    type: Literal["linear"]
    """Linear effect: every level achieves as much as the previous one."""
    per_level: NonNegativePerPeriod = 1.0
    """Risk points per effective level, at least 0: one number, or one per period. Default: 1."""
    deviation: NonNegative | None = None
    """Greatest shortfall of the effect, in risk points per effective level, at least 0; for the criterion `budgeted`.
    Default: no shortfall."""


class ThresholdEffect(Part):
    """No effect below `threshold`; from there, `per_level` risk points for every effective level (MODEL C16)."""

    type: Literal["threshold"]
    """Threshold effect: an underfunded activity has no effect."""
    threshold: Positive
    """Effective level from which the activity has an effect, above 0."""
    per_level: NonNegative
    """Risk points per effective level once the threshold is met, at least 0."""


class PiecewiseEffect(Part):
    """Effect at given effective levels: linear between the points, constant after the last (MODEL C15, C16)."""

    type: Literal["piecewise"]
    """Piecewise linear effect."""
    points: Points
    """At least two points [effective level, risk points]: levels rise strictly from [0, 0], the effect never falls."""

    @field_validator("points")
    @classmethod
    def _rise_from_the_origin(cls, points: Points) -> Points:
        if len(points) < TWO_POINTS or points[0] != (0, 0):
            raise PydanticCustomError("points", "the points must start at [0, 0] and contain at least one more point")
        levels, effects = [level for level, _ in points], [effect for _, effect in points]
        if any(after <= before for before, after in pairwise(levels)):
            raise PydanticCustomError("points", "the levels of the points must rise strictly")
        if any(after < before for before, after in pairwise(effects)):
            raise PydanticCustomError("points", "the effect must never fall as the level rises")
        return points

    @property
    def slopes(self) -> tuple[float, ...]:
        """Slope of each segment, in risk points per effective level."""
        return tuple((after[1] - before[1]) / (after[0] - before[0]) for before, after in pairwise(self.points))

    @property
    def is_concave(self) -> bool:
        """Whether no segment is steeper than the previous one; a concave effect needs no binary variables."""
        return all(after <= before for before, after in pairwise(self.slopes))


Effect = Annotated[LinearEffect | ThresholdEffect | PiecewiseEffect, Field(discriminator="type")]


class NeedLine(Part):
    """One need of an activity, met by resources that substitute for each other at the given rates."""

    from_: Annotated[dict[ResourceId, Positive], Field(alias="from", min_length=1)]
    """{resource: rate}: units of the need that one unit of the resource meets, above 0."""
    amount: Positive
    """Units of the need per level, above 0."""


Needs = Annotated[
    Annotated[dict[ResourceId, Positive], Field(min_length=1), Tag("object")]
    | Annotated[tuple[NeedLine, ...], Field(min_length=1), Tag("list")],
    by_json_kind('an object {resource: amount}, or a list of {"from": {resource: rate}, "amount": amount}'),
]


class LeadTime(Part):
    """Delay of effects with and without earlier presence (MODEL C29)."""

    with_presence: Annotated[Whole, Field(ge=0)]
    """Periods until the effect arrives if an activity of `presence_from` ran in the previous period; a whole number
    from 0 to the number of periods minus 1."""
    without: Annotated[Whole, Field(ge=0)]
    """Periods until the effect arrives otherwise; a whole number from 0 to the number of periods minus 1."""
    presence_from: Annotated[tuple[ActivityId, ...], Field(min_length=1)]
    """Activities that count as presence when they run; at least one."""


class DayAfter(Part):
    """Follow-on activity that must run after an operation (MODEL C19, C27)."""

    follow_on: ActivityId
    """Activity that must follow."""
    ratio: NonNegative
    """Level of the follow-on per level of this activity, at least 0."""
    periods: Annotated[Whole, Field(ge=1)]
    """Number of following periods in which the follow-on must run, at least 1."""
    beyond_horizon: Literal["forbid", "ignore"] = "forbid"
    """Rule if the follow-on would be due after the last period: `forbid` the operation, or `ignore` those periods.
    Default: forbid."""
    trust_loss: NonNegative | None = None
    """Trust that the theatre loses per level of missing follow-on, at least 0. Default: no follow-on may be missing."""


class AwarenessGate(Part):
    """Limit on an activity by situational awareness (MODEL C18)."""

    factor: NonNegative
    """Effective level allowed per level of awareness, at least 0."""
    from_: Annotated[tuple[ActivityId, ...], Field(alias="from")] = ()
    """Activities whose effective level in the previous period adds to the awareness of the theatre. Default: none."""


class Activity(Entry):
    """An activity in one theatre; its effect may count in several theatres (`serves`)."""

    id: ActivityId
    """Id of the activity, unique among activities and theatres."""
    theatre: TheatreId
    """Theatre in which the activity runs."""
    pillar: Pillar
    """Kind of instrument."""
    serves: Annotated[tuple[TheatreId, ...], Field(min_length=1)] | None = None
    """Theatres in each of which the effect counts, for a hub or an aircraft. Default: `theatre` only."""
    phase: Phase = "pre_conflict"
    """Prevention (`pre_conflict`) or reconstruction (`post_conflict`). Default: pre_conflict."""
    task: Task = "military"
    """Kind of task; a military task does not reduce structural drivers. Default: military."""
    needs: Needs = {ResourceId("money"): 1}
    """Needs per level, above 0: {resource: units}, or a list of need lines whose resources substitute for each other.
    Default: 1 unit of money."""
    requires: tuple[PartnerId, ...] = ()
    """Partners that must contribute for the activity to run. Default: none."""
    effect: Effect = LinearEffect(type="linear")
    """Effect of the effective level, in risk points. Default: linear, 1 risk point per level."""
    reduces: dict[str, Number] | None = None
    """{driver or "theatre/driver": risk points per point of effect}. Required if a theatre has several drivers. A
    negative number raises the risk, and requires a linear effect. Default: 1 for the only driver."""
    min_level: NonNegative = 0
    """Least level at which the activity can run, at least 0. Default: 0."""
    max_level: NonNegative | None = None
    """Greatest level, at least 0. Default: the level that the resources of all contributors allow."""
    frameworks: Annotated[tuple[FrameworkId, ...], Field(min_length=1)] | None = None
    """Frameworks under which the activity may run. Default: the first framework of the problem."""
    footprint: NonNegative = 0
    """Footprint per level, at least 0; counts against the theatre's `footprint_cap`. Default: 0."""
    lag: Annotated[Whole, Field(ge=0)] = 0
    """Periods until the effect arrives; a whole number from 0 to the number of periods minus 1. Default: 0."""
    lead_time: LeadTime | None = None
    """Delay of the effect with and without presence; requires a linear effect and replaces `lag`. Default: none."""
    day_after: DayAfter | None = None
    """Follow-on activity that must run afterwards. Default: none."""
    awareness_gate: AwarenessGate | None = None
    """Limit on the effective level by situational awareness. Default: no limit."""
    tags: tuple[TagName, ...] = ()
    """Free tags, which `policy.tag_share` can refer to. Default: none."""

    @property
    def theatres_served(self) -> tuple[TheatreId, ...]:
        """Theatres in which the effect counts: `serves`, or `theatre` if `serves` is absent."""
        return (self.theatre,) if self.serves is None else self.serves

    @property
    def need_lines(self) -> tuple[NeedLine, ...]:
        """Needs per level in their long form, one line per need."""
        if isinstance(self.needs, dict):
            return tuple(NeedLine(from_={resource: 1}, amount=amount) for resource, amount in self.needs.items())
        return self.needs


class Synergy(Entry):
    """Additional effect if two activities run together (MODEL C35)."""

    activities: tuple[ActivityId, ActivityId]
    """The two activities, in the same theatre."""
    effect: NonNegative
    """Risk points removed in each period in which both run, at least 0."""
    driver: DriverId | None = None
    """Driver that the synergy reduces. Required if the theatre has several drivers. Default: the only driver."""


class Alternatives(Entry):
    """Activities that replace each other: only some of them may run (MODEL C32)."""

    activities: Annotated[tuple[ActivityId, ...], Field(min_length=2)]
    """Activities to choose from, at least two."""
    at_most: Annotated[Whole, Field(ge=0)] = 1
    """Greatest number of these activities that run in at least one period, at least 0. Default: 1."""


class Investment(Entry):
    """Capability that a contributor buys before using it (MODEL C26)."""

    id: InvestmentId
    """Id of the investment, unique among investments."""
    contributor: ContributorId
    """Member or partner that buys."""
    cost: dict[ResourceId, NonNegative]
    """{resource: units}: cost of one unit of the investment, at least 0, charged in the period of the purchase."""
    adds: dict[ResourceId, NonNegative]
    """{resource: units}: addition to the contributor's endowment by one unit of the investment, at least 0. It applies
    from the end of the lead time on."""
    lead_time: Annotated[Whole, Field(ge=0)] = 0
    """Periods from the purchase to the first use, at least 0. Default: 0."""
    max: Annotated[Whole, Field(ge=1)] = 1
    """Greatest number of units bought over the horizon, at least 1. Default: 1."""
