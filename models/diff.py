"""The difference between two plans, split into forced and incidental differences.

A problem often has several optimal plans, so two plans can differ for no reason. The comparison therefore searches for
the closest plan: a plan as good as the compared plan, and as similar as possible to the reference plan. Differences
that remain in the closest plan are forced. All other differences are incidental. If no closest plan was found, all
differences are undecided.

Rows on which both plans agree are left out, except for the objectives.

In all records, `here` is the compared plan and `there` is the reference plan.
"""

from typing import Annotated, Literal

from pydantic import Field

from models.base import Part
from models.ids import ActivityId, ContributorId, FrameworkId, MemberId, PeriodId, ResourceId, ScenarioId
from models.problem.objective import Metric


class ObjectiveDifference(Part):
    """Value of one objective in both plans, with the bounds that each outcome has."""

    metric: Metric
    """Metric of the objective."""
    unit: str
    """Unit of the values and bounds."""
    here: float | None
    """Value in the compared plan; null if its problem does not have the objective."""
    here_bound: float | None
    """Bound on the value for the compared plan's problem, claimed by the solver's search; null without a bound."""
    here_proven: float | None
    """Proven bound on the value for the compared plan's problem; null if nothing is proven."""
    there: float | None
    """Value in the reference plan; null if its problem does not have the objective."""
    there_bound: float | None
    """Bound on the value for the reference plan's problem, claimed by the solver's search; null without a bound."""
    there_proven: float | None
    """Proven bound on the value for the reference plan's problem; null if nothing is proven."""


class BurdenDifference(Part):
    """A member that pays different amounts over the horizon in the two plans."""

    member: MemberId
    """Id of the member."""
    here: float
    """Cost in the compared plan, in M EUR over the horizon."""
    there: float
    """Cost in the reference plan, in M EUR over the horizon."""


class RunState(Part):
    """Framework and level of a running activity."""

    framework: FrameworkId
    """Framework under which the activity runs."""
    level: float
    """Level of the activity."""


class RunDifference(Part):
    """An activity that runs in one of the two plans only, or under different frameworks."""

    activity: ActivityId
    """Id of the activity."""
    period: PeriodId
    """Period of the difference."""
    scenario: ScenarioId | None
    """Scenario of the difference; null if the run is the same in all scenarios."""
    here: RunState | None
    """Run in the compared plan; null if the activity does not run."""
    there: RunState | None
    """Run in the reference plan; null if the activity does not run."""
    closest: RunState | None
    """Run in the closest plan; null if the activity does not run, or if the difference is undecided."""


class ParticipationDifference(Part):
    """A contributor that takes part in an activity in one of the two plans only."""

    contributor: ContributorId
    """Id of the contributor."""
    activity: ActivityId
    """Id of the activity."""
    period: PeriodId
    """Period of the difference."""
    scenario: ScenarioId | None
    """Scenario of the difference; null if participation is the same in all scenarios."""
    here: bool
    """Whether the contributor takes part in the compared plan."""
    there: bool
    """Whether the contributor takes part in the reference plan."""
    closest: bool | None
    """Whether the contributor takes part in the closest plan; null if the difference is undecided."""


class AmountDifference(Part):
    """A contribution to an activity whose amount differs between the two plans."""

    contributor: ContributorId
    """Id of the contributor."""
    activity: ActivityId
    """Id of the activity."""
    resource: ResourceId
    """Resource that is contributed."""
    period: PeriodId
    """Period of the difference."""
    scenario: ScenarioId | None
    """Scenario of the difference; null if the amount is the same in all scenarios."""
    here: float
    """Amount in the compared plan, in units of the resource."""
    there: float
    """Amount in the reference plan, in units of the resource."""
    closest: float | None
    """Amount in the closest plan, in units of the resource; null if the difference is undecided."""


class Differences(Part):
    """Differences by kind."""

    runs: tuple[RunDifference, ...]
    """Activities that run differently."""
    participation: tuple[ParticipationDifference, ...]
    """Contributors that take part differently."""
    allocations: tuple[AmountDifference, ...]
    """Contributions of different amounts."""


class ClosestPlan(Part):
    """The closest plan: as good as the compared plan, and as similar as possible to the reference plan."""

    distance: float | None
    """Distance from the reference plan: 1 for each different run, 1 for each different participation that a rule
    counts, and for each amount the difference divided by the contributor's endowment. Null if no closest plan was
    found; then every difference is undecided."""
    bound: float
    """Lower bound on the distance of any plan that is as good, claimed by the solver's search."""
    optimal: bool
    """Whether no plan as good is closer, by the solver's search. If false, some forced differences may be
    incidental."""
    proven: bool
    """Whether that is also proven: the bound was recomputed from multipliers of the rows, round-off included, and is as
    close."""
    sentence: str
    """The same in one sentence."""


class Titles(Part):
    """Titles of the records that differ, by id; a record without a title in the compared plan's problem is missing."""

    contributors: dict[ContributorId, str]
    """Titles of members and partners."""
    activities: dict[ActivityId, str]
    """Titles of activities."""
    frameworks: dict[FrameworkId, str]
    """Titles of frameworks."""
    resources: dict[ResourceId, str]
    """Titles of resources."""
    scenarios: dict[ScenarioId, str]
    """Titles of scenarios."""


class Diff(Part):
    """The differences between a compared plan (`here`) and a reference plan (`there`)."""

    schema_: Annotated[Literal["concord.diff/1"], Field(alias="schema")]
    """Kind of document: `concord.diff/1`."""
    objectives: tuple[ObjectiveDifference, ...]
    """Objective values of both plans."""
    burden: tuple[BurdenDifference, ...]
    """Members whose cost differs."""
    forced: Differences
    """Differences that remain in the closest plan. If `closest.proven`, no plan as good is closer."""
    incidental: Differences
    """Differences that the closest plan avoids: a plan as good does the same as the reference plan."""
    undecided: Differences
    """Differences of which nothing is known, because no closest plan was found in time."""
    titles: Titles
    """Titles of the records that differ."""
    units: dict[ResourceId, str]
    """Unit of each resource that differs."""
    closest: ClosestPlan
    """Distance of the closest plan, and how far it is proven to be the closest."""
