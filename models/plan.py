"""A plan: the contributions, the activities that run, and the effects that follow.

Units: amounts in the unit of their resource, costs and burdens in M EUR, effects and risks in risk points. Lists
contain nonzero records only. Output types have no defaults, except that `scenario` may be absent.
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
from models.texts import Remarks


class Allocation(Part):
    """A contribution: `contributor` gives `amount` of `resource` to `activity` in `period`."""

    contributor: ContributorId
    """Id of the member or partner that gives."""
    activity: ActivityId
    """Id of the activity that receives."""
    resource: ResourceId
    """Resource that is given."""
    period: PeriodId
    """Period of the contribution."""
    amount: float
    """Amount, in units of the resource."""
    scenario: ScenarioId | None = None
    """Scenario to which the amount applies, under recourse. Default: null, the same in all scenarios."""


class ThresholdReport(Part):
    """Whether an activity reaches the threshold of its effect."""

    needed: float
    """Threshold, as an effective level."""
    met: bool
    """Whether the effective level reaches the threshold."""
    short_by: float
    """Effective levels below the threshold; 0 if it is met."""


class StoodAside(Part):
    """A member that does not take part in an activity."""

    member: MemberId
    """Id of the member."""
    why: Remarks
    """The reason, in words."""


class ActivityRun(Part):
    """An activity that runs in a period, under one framework."""

    id: ActivityId
    """Id of the activity."""
    period: PeriodId
    """Period in which it runs."""
    framework: FrameworkId
    """Framework under which it runs."""
    role: Literal["lead", "support"]
    """Role of the alliance under the framework."""
    level: float
    """Level of effort."""
    effective_level: float
    """Level times the effect multiplier of the framework, at most what awareness allows and the plan counts on."""
    effect: float
    """Effect of the effective level in risk points, with the effect multiplier of the scenario."""
    threshold: ThresholdReport | None
    """Whether the level reaches the threshold; null if the effect has no threshold."""
    participants: tuple[ContributorId, ...]
    """Contributors that take part."""
    stood_aside: tuple[StoodAside, ...]
    """Members that do not take part, with the reason."""
    scenario: ScenarioId | None = None
    """Scenario to which the run applies: under recourse, or if a figure of the run differs between scenarios. Default:
    null, the same in all scenarios."""


class Coverage(Part):
    """Risk from one driver of a theatre in a period: `residual` = `baseline` - `reduction`."""

    theatre: TheatreId
    """Id of the theatre."""
    driver: DriverId
    """Driver of risk."""
    period: PeriodId
    """Period."""
    baseline: float
    """Risk without any activity, in risk points."""
    reduction: float
    """Risk that the plan removes, in risk points."""
    residual: float
    """Risk that remains, in risk points."""
    share: float
    """Reduction divided by baseline, 0 to 1."""
    scenario: ScenarioId | None = None
    """Scenario of the figures. Default: null, the same in all scenarios."""


class Burden(Part):
    """Cost of a member over the horizon, compared with its fair share; with several scenarios, expected values."""

    member: MemberId
    """Id of the member."""
    cost: float
    """Cost over the horizon, in M EUR."""
    share: float
    """Share of the cost of all members, 0 to 1."""
    fair_share: float
    """Share of the ability to pay of all members that share the burden, 0 to 1; 0 for other members."""
    relative_burden: float
    """Cost divided by ability to pay."""


class DivergenceReport(Part):
    """Distance between the positions of the participants of an activity."""

    activity: ActivityId
    """Id of the activity."""
    period: PeriodId
    """Period."""
    range: float
    """Greatest minus least position of the participants, in points of position."""
    total_deviation: float
    """Sum of the participants' distances from their median position, in points of position."""
    pairwise: float
    """Sum of the distances of all pairs of participants, weighted by votes."""
    willing_share: float
    """Share of the members that would contribute to the activity, 0 to 1."""
    scenario: ScenarioId | None = None
    """Scenario of the figures, if any of them differs between scenarios. Default: null, the same in all scenarios."""


class ScenarioResult(Part):
    """Value of the plan in one scenario."""

    id: ScenarioId
    """Id of the scenario."""
    risk_reduction: float
    """Risk removed in the scenario, in weighted risk points."""
    regret: float | None
    """Shortfall from the best plan for the scenario alone, in weighted risk points; null if it was not computed."""


class Coordination(Part):
    """Payment of a member towards the coordination cost of a partner."""

    member: MemberId
    """Id of the member that pays."""
    partner: PartnerId
    """Id of the partner."""
    resource: ResourceId
    """Resource in which the cost is paid."""
    period: PeriodId
    """Period of the payment."""
    amount: float
    """Amount, in units of the resource."""
    scenario: ScenarioId | None = None
    """Scenario to which the payment applies, under recourse. Default: null, the same in all scenarios."""


class Concession(Part):
    """Political capital spent to win the consent of a member."""

    member: MemberId
    """Id of the member."""
    activity: ActivityId
    """Id of the activity."""
    framework: FrameworkId
    """Framework of the activity."""
    amount: float
    """Points of position bought."""


class InvestmentMade(Part):
    """Capability bought in a period."""

    id: InvestmentId
    """Id of the investment."""
    period: PeriodId
    """Period of the purchase."""
    units: float
    """Units bought."""


class Plan(Part):
    """The decisions (allocations, runs, coordination, concessions, investments) and the figures computed from them."""

    allocations: tuple[Allocation, ...]
    """Contributions, by contributor, activity, resource and period."""
    activities: tuple[ActivityRun, ...]
    """Activities that run, with framework and level."""
    coverage: tuple[Coverage, ...]
    """Risk before and after the plan, by theatre, driver and period."""
    burden: tuple[Burden, ...]
    """Cost of each member over the horizon."""
    divergence: tuple[DivergenceReport, ...]
    """Distance between the positions of the participants, by activity and period."""
    scenarios: tuple[ScenarioResult, ...]
    """Value of the plan in each scenario."""
    coordination: tuple[Coordination, ...]
    """Payments of members towards the coordination costs of partners."""
    concessions: tuple[Concession, ...]
    """Political capital spent."""
    investments: tuple[InvestmentMade, ...]
    """Capability bought."""

    @property
    def decides_by_scenario(self) -> bool:
        """Whether amounts are decided per scenario (recourse). Runs alone may name one because a figure differs."""
        scenarios = (*(one.scenario for one in self.allocations), *(one.scenario for one in self.coordination))
        return any(scenario is not None for scenario in scenarios)
