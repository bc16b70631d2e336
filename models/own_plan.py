"""A plan of one's own, as input: who gives what, and when. What it leaves out follows from the problem.

Decisions that are left out are derived: the level of a run from the need lines of its activity, the framework as the
first under which the plan holds. Figures that are left out are recomputed; figures that are stated are compared. Null
means left out. `optimizer.outcome.own_plan` completes such a plan. Every number is finite, and no text is read as one.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Annotated, Any, Literal

from pydantic import Field, model_validator

from models.base import Part
from models.errors import Finding, Location
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
from models.plan import Plan
from models.quantities import Flag, NonNegative, Number
from models.texts import Remarks

Amount = Annotated[NonNegative, Field(le=1e100)]
"""An amount that a plan decides; sums and products of larger ones would not be finite."""


class OwnAllocation(Part):
    """A contribution: `contributor` gives `amount` of `resource` to `activity` in `period`."""

    contributor: ContributorId
    """Id of the member or partner that gives."""
    activity: ActivityId
    """Id of the activity that receives."""
    resource: ResourceId
    """Resource that is given."""
    period: PeriodId | None = None
    """Period of the contribution; required if the problem has several. Default: the only period."""
    amount: Amount
    """Amount, in units of the resource, 0 to 1e100."""
    scenario: ScenarioId | None = None
    """Scenario to which the amount applies, under recourse. Default: null, the same in all scenarios."""


class OwnThreshold(Part):
    """Whether an activity reaches the threshold of its effect, if stated."""

    needed: Number | None = None
    """Threshold, as an effective level. Default: recomputed."""
    met: Flag | None = None
    """Whether the effective level reaches the threshold. Default: recomputed."""
    short_by: Number | None = None
    """Effective levels below the threshold. Default: recomputed."""


class OwnStoodAside(Part):
    """A member that does not take part in an activity."""

    member: MemberId
    """Id of the member."""
    why: Remarks = ""
    """The reason, in words; not compared. Default: empty."""


class OwnRun(Part):
    """An activity that runs in a period."""

    id: ActivityId
    """Id of the activity."""
    period: PeriodId | None = None
    """Period in which it runs; required if the problem has several. Default: the only period."""
    framework: FrameworkId | None = None
    """Framework under which it runs. Default: the first of the activity's frameworks under which the plan holds."""
    role: Literal["lead", "support"] | None = None
    """Role of the alliance under the framework. Default: recomputed."""
    level: Amount | None = None
    """Level of effort, 0 to 1e100. Default: the level that the contributions allow, by the least of the need lines."""
    effective_level: Number | None = None
    """Level times the effect multiplier of the framework. Default: recomputed."""
    effect: Number | None = None
    """Effect of the level, in risk points. Default: recomputed."""
    threshold: OwnThreshold | None = None
    """Whether the level reaches the threshold. Default: recomputed."""
    participants: tuple[ContributorId, ...] | None = None
    """Contributors that take part. Default: those that give."""
    stood_aside: tuple[OwnStoodAside, ...] | None = None
    """Members that do not take part. Default: recomputed."""
    scenario: ScenarioId | None = None
    """Scenario to which the run applies, under recourse. Default: null, the same in all scenarios."""


class OwnCoverage(Part):
    """Risk from one driver of a theatre in a period, if stated."""

    theatre: TheatreId
    """Id of the theatre."""
    driver: DriverId
    """Driver of risk."""
    period: PeriodId | None = None
    """Period; required if the problem has several. Default: the only period."""
    baseline: Number | None = None
    """Risk without any activity, in risk points. Default: recomputed."""
    reduction: Number | None = None
    """Risk that the plan removes, in risk points. Default: recomputed."""
    residual: Number | None = None
    """Risk that remains, in risk points. Default: recomputed."""
    share: Number | None = None
    """Reduction divided by baseline. Default: recomputed."""
    scenario: ScenarioId | None = None
    """Scenario of the figures. Default: null, the same in all scenarios."""


class OwnBurden(Part):
    """Cost of a member over the horizon, if stated."""

    member: MemberId
    """Id of the member."""
    cost: Number | None = None
    """Cost over the horizon, in M EUR. Default: recomputed."""
    share: Number | None = None
    """Share of the cost of all members. Default: recomputed."""
    fair_share: Number | None = None
    """Share of the ability to pay of all members that share the burden. Default: recomputed."""
    relative_burden: Number | None = None
    """Cost divided by ability to pay. Default: recomputed."""


class OwnDivergence(Part):
    """Distance between the positions of the participants of an activity, if stated."""

    activity: ActivityId
    """Id of the activity."""
    period: PeriodId | None = None
    """Period; required if the problem has several. Default: the only period."""
    range: Number | None = None
    """Greatest minus least position of the participants, in points of position. Default: recomputed."""
    total_deviation: Number | None = None
    """Sum of the participants' distances from their median position, in points of position. Default: recomputed."""
    pairwise: Number | None = None
    """Sum of the distances of all pairs of participants, weighted by votes. Default: recomputed."""
    willing_share: Number | None = None
    """Share of the members that would contribute to the activity. Default: recomputed."""
    scenario: ScenarioId | None = None
    """Scenario of the figures, if any of them differs between scenarios. Default: null, the same in all scenarios."""


class OwnScenarioResult(Part):
    """Value of the plan in one scenario, if stated."""

    id: ScenarioId
    """Id of the scenario."""
    risk_reduction: Number | None = None
    """Risk removed in the scenario, in weighted risk points. Default: recomputed."""
    regret: Number | None = None
    """Shortfall from the best plan for the scenario alone, in weighted risk points. Default: recomputed, if the best is
    known."""


class OwnCoordination(Part):
    """Payment of a member towards the coordination cost of a partner."""

    member: MemberId
    """Id of the member that pays."""
    partner: PartnerId
    """Id of the partner."""
    resource: ResourceId
    """Resource in which the cost is paid."""
    period: PeriodId | None = None
    """Period of the payment; required if the problem has several. Default: the only period."""
    amount: Amount
    """Amount, in units of the resource, 0 to 1e100."""
    scenario: ScenarioId | None = None
    """Scenario to which the payment applies, under recourse. Default: null, the same in all scenarios."""


class OwnConcession(Part):
    """Political capital spent to win the consent of a member."""

    member: MemberId
    """Id of the member."""
    activity: ActivityId
    """Id of the activity."""
    framework: FrameworkId
    """Framework of the activity."""
    amount: Amount
    """Points of position bought, 0 to 1e100."""


class OwnInvestment(Part):
    """Capability bought in a period."""

    id: InvestmentId
    """Id of the investment."""
    period: PeriodId | None = None
    """Period of the purchase; required if the problem has several. Default: the only period."""
    units: Amount
    """Units bought, 0 to 1e100."""


class OwnPlan(Part):
    """A plan of one's own: contributions, and what else one likes to state. A plan of an outcome is one too."""

    allocations: tuple[OwnAllocation, ...]
    """Contributions: who gives what, when."""
    activities: tuple[OwnRun, ...] = ()
    """Activities that run. Default: every activity that receives contributions runs, whether listed or not."""
    coverage: tuple[OwnCoverage, ...] = ()
    """Risk before and after the plan, by theatre, driver and period. Default, also for what is not listed:
    recomputed."""
    burden: tuple[OwnBurden, ...] = ()
    """Cost of each member over the horizon. Default, also for members not listed: recomputed."""
    divergence: tuple[OwnDivergence, ...] = ()
    """Distance between the positions of the participants, by activity and period. Default, also for what
    is not listed: recomputed."""
    scenarios: tuple[OwnScenarioResult, ...] = ()
    """Value of the plan in each scenario. Default, also for scenarios not listed: recomputed."""
    coordination: tuple[OwnCoordination, ...] = ()
    """Payments of members towards the coordination costs of partners. Default: none."""
    concessions: tuple[OwnConcession, ...] = ()
    """Political capital spent. Default: none."""
    investments: tuple[OwnInvestment, ...] = ()
    """Capability bought. Default: none."""

    @model_validator(mode="before")
    @classmethod
    def _take_a_plan(cls, data: Any) -> Any:  # noqa: ANN401
        """Read the plan of an outcome like its document."""
        return data.model_dump() if isinstance(data, Plan) else data


ActivityPeriod = tuple[ActivityId, PeriodId | None]


def running(plan: OwnPlan) -> dict[ActivityPeriod, FrameworkId | None]:
    """Return every activity and period that is listed or receives something, with the framework that is stated."""
    found: dict[ActivityPeriod, FrameworkId | None] = {}
    for run in plan.activities:
        found[run.id, run.period] = found.get((run.id, run.period)) or run.framework
    for gift in plan.allocations:
        if gift.amount > 0:
            found.setdefault((gift.activity, gift.period), None)
    return found


WITH_PERIODS = ("allocations", "activities", "coverage", "divergence", "coordination", "investments")
"""Lists of a plan whose records have a period."""


def missing_periods(plan: OwnPlan, periods: Sequence[PeriodId], loc: Location = ()) -> Iterator[Finding]:
    """Yield each record without a period, if there are several periods; `loc` is the place of the plan."""
    if len(periods) == 1:
        return
    for name in WITH_PERIODS:
        for number, record in enumerate(getattr(plan, name)):
            if record.period is None:
                yield Finding(
                    loc=(*loc, name, number, "period"),
                    code="missing",
                    message="period is required, because the problem has several",
                    allowed=tuple(periods),
                )


def with_periods(plan: OwnPlan, periods: Sequence[PeriodId]) -> OwnPlan:
    """Return the plan with the only period where none is stated; there must be one period, or no period missing."""
    filled: Mapping[str, Any] = {
        name: tuple(_with_period(record, periods[0]) for record in getattr(plan, name)) for name in WITH_PERIODS
    }
    return plan.model_copy(update=filled)


def _with_period(record: Any, period: PeriodId) -> Any:  # noqa: ANN401  (one of several record types)
    return record if record.period is not None else record.model_copy(update={"period": period})
