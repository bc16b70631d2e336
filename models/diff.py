"""Two plans side by side: what had to be different apart from what only happens to be.

An optimum is seldom the only one. Of two plans, each the best of its problem, much may differ for no reason. So the
plan is looked for that is as good as the one and closest to the other: what differs even there is forced; what differs
between the two plans and not there is incidental.
"""

from typing import Annotated, Literal

from pydantic import Field

from models.base import Part
from models.ids import ActivityId, ContributorId, FrameworkId, MemberId, PeriodId, ResourceId, ScenarioId
from models.problem.objective import Metric


class ObjectiveDifference(Part):
    """One objective in both plans; null where a problem does not have it."""

    metric: Metric
    """Which."""
    here: float | None
    """In the plan that is looked at."""
    there: float | None
    """In the plan it is held against."""


class BurdenDifference(Part):
    """What a member pays over the horizon, where that is not the same."""

    member: MemberId
    """Who."""
    here: float
    """M EUR in the plan that is looked at."""
    there: float
    """M EUR in the plan it is held against."""


class RunState(Part):
    """How an activity runs."""

    framework: FrameworkId
    """Under which framework."""
    level: float
    """At which level."""


class RunDifference(Part):
    """An activity that runs in one plan only, or under another framework; null: it does not run."""

    activity: ActivityId
    """Which."""
    period: PeriodId
    """When."""
    scenario: ScenarioId | None
    """In which future only; null: in all."""
    here: RunState | None
    """In the plan that is looked at."""
    there: RunState | None
    """In the plan it is held against."""
    closest: RunState | None
    """In the plan as good as this one that is closest to the other."""


class ParticipationDifference(Part):
    """Who takes part in what, in one plan only."""

    contributor: ContributorId
    """Who."""
    activity: ActivityId
    """In what."""
    period: PeriodId
    """When."""
    scenario: ScenarioId | None
    """In which future only; null: in all."""
    here: bool
    """In the plan that is looked at."""
    there: bool
    """In the plan it is held against."""
    closest: bool
    """In the plan as good as this one that is closest to the other."""


class AmountDifference(Part):
    """What a contributor gives to an activity, another amount in one plan than in the other."""

    contributor: ContributorId
    """Who."""
    activity: ActivityId
    """To what."""
    resource: ResourceId
    """Of which resource."""
    period: PeriodId
    """When."""
    scenario: ScenarioId | None
    """In which future only; null: in all."""
    here: float
    """In the plan that is looked at."""
    there: float
    """In the plan it is held against."""
    closest: float
    """In the plan as good as this one that is closest to the other."""


class Differences(Part):
    """What differs, by kind."""

    runs: tuple[RunDifference, ...]
    """What runs, and under which framework."""
    participation: tuple[ParticipationDifference, ...]
    """Who takes part."""
    allocations: tuple[AmountDifference, ...]
    """What is given."""


class ClosestPlan(Part):
    """The plan as good as this one that is closest to the other, and how sure that is."""

    distance: float
    """One for each run that differs and each participation that a rule asks about, and for each amount the difference
    over what its contributor has."""
    bound: float
    """No plan as good is closer than this."""
    proven: bool
    """Whether none is closer; otherwise some of what is called forced may be incidental."""
    sentence: str
    """In words."""


class Diff(Part):
    """The differences between two plans."""

    schema_: Annotated[Literal["concord.diff/1"], Field(alias="schema")]
    """Which kind of document this is."""
    objectives: tuple[ObjectiveDifference, ...]
    """What each plan is worth."""
    burden: tuple[BurdenDifference, ...]
    """Who pays more or less."""
    forced: Differences
    """What differs from the other plan even in the plan closest to it: there is no way around as much."""
    incidental: Differences
    """What differs between the two plans, and need not: a plan as good does it as the other does."""
    closest: ClosestPlan
    """How that was told apart."""
