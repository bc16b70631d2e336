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
    activity: ActivityId
    resource: ResourceId
    period: PeriodId
    amount: float
    scenario: ScenarioId | None = None


class ThresholdReport(Part):
    """How an activity stands to its threshold, in effective levels."""

    needed: float
    met: bool
    short_by: float


class StoodAside(Part):
    """A member that does not take part, and why, in words."""

    member: MemberId
    why: str


class ActivityRun(Part):
    """An activity that runs in a period under one framework."""

    id: ActivityId
    period: PeriodId
    framework: FrameworkId
    role: Literal["lead", "support"]
    level: float
    effective_level: float
    effect: float
    threshold: ThresholdReport | None
    participants: tuple[ContributorId, ...]
    stood_aside: tuple[StoodAside, ...]
    scenario: ScenarioId | None = None


class Coverage(Part):
    """What happens to one driver of a theatre in a period: `residual` = `baseline` - `reduction`."""

    theatre: TheatreId
    driver: DriverId
    period: PeriodId
    baseline: float
    reduction: float
    residual: float
    share: float
    scenario: ScenarioId | None = None


class Burden(Part):
    """What a member pays over the horizon, beside its fair share by ability to pay."""

    member: MemberId
    cost: float
    share: float
    fair_share: float
    relative_burden: float


class DivergenceReport(Part):
    """How far apart the participants of an activity stand, in positions; `willing_share` of the members."""

    activity: ActivityId
    period: PeriodId
    range: float
    total_deviation: float
    pairwise: float
    willing_share: float


class ScenarioResult(Part):
    """What the plan achieves in one future."""

    id: ScenarioId
    risk_reduction: float
    regret: float | None


class Coordination(Part):
    """What a member pays so that a partner can be harnessed."""

    member: MemberId
    partner: PartnerId
    resource: ResourceId
    period: PeriodId
    amount: float
    scenario: ScenarioId | None = None


class Concession(Part):
    """Political capital spent on a member's consent."""

    member: MemberId
    activity: ActivityId
    framework: FrameworkId
    amount: float


class InvestmentMade(Part):
    """Units of capability bought in a period."""

    id: InvestmentId
    period: PeriodId
    units: float


class Plan(Part):
    """The decisions (allocations, runs, coordination, concessions, investments) and what follows from them."""

    allocations: tuple[Allocation, ...]
    activities: tuple[ActivityRun, ...]
    coverage: tuple[Coverage, ...]
    burden: tuple[Burden, ...]
    divergence: tuple[DivergenceReport, ...]
    scenarios: tuple[ScenarioResult, ...]
    coordination: tuple[Coordination, ...]
    concessions: tuple[Concession, ...]
    investments: tuple[InvestmentMade, ...]
