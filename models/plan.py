"""A plan: who contributes what to which activity under which framework, when, and what that achieves.

Amounts are in the unit of their resource, costs and burdens in M EUR, effects and risks in risk points. Only what is
not zero is listed. Output types have no defaults.
"""

from typing import Literal

from models.base import Part
from models.ids import (
    ActivityId,
    ContributorId,
    DriverId,
    FrameworkId,
    InvestmentId,
    MemberId,
    PartnerId,
    PeriodId,
    ResourceId,
    ScenarioId,
    TheatreId,
)


class Allocation(Part):
    """`contributor` gives `amount` of `resource` to `activity` in `period` (in `scenario` only, under recourse)."""

    contributor: ContributorId
    """Who gives."""
    activity: ActivityId
    """To what."""
    resource: ResourceId
    """Of which resource."""
    period: PeriodId
    """When."""
    amount: float
    """Units of the resource."""
    scenario: ScenarioId | None = None
    """In which future only; null: in all."""


class ThresholdReport(Part):
    """How an activity stands to its threshold, in effective levels."""

    needed: float
    """The effective level from which there is an effect."""
    met: bool
    """Whether it is reached."""
    short_by: float
    """Effective levels that are missing; 0 where it is met."""


class StoodAside(Part):
    """A member that does not take part, and why, in words."""

    member: MemberId
    """Who."""
    why: str
    """In words."""


class ActivityRun(Part):
    """An activity that runs in a period under one framework."""

    id: ActivityId
    """Which activity."""
    period: PeriodId
    """When."""
    framework: FrameworkId
    """Under which framework."""
    role: Literal["lead", "support"]
    """Whether the alliance leads under it or supports."""
    level: float
    """Level of effort."""
    effective_level: float
    """Level times the effect multiplier of the framework."""
    effect: float
    """Risk points that follow from the level."""
    threshold: ThresholdReport | None
    """How it stands to its threshold; null where it has none."""
    participants: tuple[ContributorId, ...]
    """Who takes part."""
    stood_aside: tuple[StoodAside, ...]
    """Which members do not, and why."""
    scenario: ScenarioId | None = None
    """In which future only; null: in all."""


class Coverage(Part):
    """What happens to one driver of a theatre in a period: `residual` = `baseline` - `reduction`."""

    theatre: TheatreId
    """Where."""
    driver: DriverId
    """Which driver of risk."""
    period: PeriodId
    """When."""
    baseline: float
    """Risk points if nothing is done."""
    reduction: float
    """Risk points removed."""
    residual: float
    """Risk points that stay."""
    share: float
    """Reduction over baseline, 0 to 1."""
    scenario: ScenarioId | None = None
    """In which future only; null: in all."""


class Burden(Part):
    """What a member pays over the horizon, beside its fair share by ability to pay."""

    member: MemberId
    """Who."""
    cost: float
    """M EUR over the horizon."""
    share: float
    """Of what all members pay, 0 to 1."""
    fair_share: float
    """By ability to pay, 0 to 1."""
    relative_burden: float
    """Cost over ability to pay."""


class DivergenceReport(Part):
    """How far apart the participants of an activity stand, in positions; `willing_share` of the members."""

    activity: ActivityId
    """Of which activity."""
    period: PeriodId
    """When."""
    range: float
    """Greatest position minus least."""
    total_deviation: float
    """Sum of distances from the centre."""
    pairwise: float
    """Sum over pairs, weighted by votes."""
    willing_share: float
    """Share of the members that would pay for it, 0 to 1."""


class ScenarioResult(Part):
    """What the plan achieves in one future."""

    id: ScenarioId
    """Which scenario."""
    risk_reduction: float
    """Weighted risk points removed in it."""
    regret: float | None
    """How far behind the best plan for it alone; null where that was not computed."""


class Coordination(Part):
    """What a member pays so that a partner can be harnessed."""

    member: MemberId
    """Who pays."""
    partner: PartnerId
    """For which partner."""
    resource: ResourceId
    """Of which resource."""
    period: PeriodId
    """When."""
    amount: float
    """Units of the resource."""
    scenario: ScenarioId | None = None
    """In which future only; null: in all."""


class Concession(Part):
    """Political capital spent on a member's consent."""

    member: MemberId
    """Who."""
    activity: ActivityId
    """On which activity."""
    framework: FrameworkId
    """Under which framework."""
    amount: float
    """Points of position."""


class InvestmentMade(Part):
    """Units of capability bought in a period."""

    id: InvestmentId
    """Which investment."""
    period: PeriodId
    """When."""
    units: float
    """Units bought."""


class Plan(Part):
    """The decisions (allocations, runs, coordination, concessions, investments) and what follows from them."""

    allocations: tuple[Allocation, ...]
    """Who gives what to which activity, when."""
    activities: tuple[ActivityRun, ...]
    """What runs, under which framework, at which level."""
    coverage: tuple[Coverage, ...]
    """What happens to each risk."""
    burden: tuple[Burden, ...]
    """What each member pays."""
    divergence: tuple[DivergenceReport, ...]
    """How far apart the participants stand."""
    scenarios: tuple[ScenarioResult, ...]
    """What the plan achieves in each future."""
    coordination: tuple[Coordination, ...]
    """What harnessing partners takes, and who pays it."""
    concessions: tuple[Concession, ...]
    """Political capital spent."""
    investments: tuple[InvestmentMade, ...]
    """Capability bought."""
