"""The decisions of a plan, as plain values: what everything else in a plan follows from."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from models.config import Group
from models.ids import (
    ActivityId,
    ContributorId,
    FrameworkId,
    InvestmentId,
    MemberId,
    PartnerId,
    PeriodId,
    ResourceId,
    ScenarioId,
    TheatreId,
)
from models.problem.problem import Problem

ActivityPeriod = tuple[ActivityId, PeriodId]


@dataclass(frozen=True, kw_only=True)
class Decided:
    """What was decided for one scenario's problem; only what is above zero."""

    problem: Problem
    scenario: ScenarioId
    """Which scenario."""
    is_only: bool
    """Whether there is no other."""
    has_separate_scenarios: bool
    """Whether efforts are this scenario's own (recourse)."""
    probability: float
    effect_multiplier: Mapping[ActivityId, float]
    risk_multiplier: Mapping[TheatreId, float]
    relaxed: frozenset[Group]
    """The groups of political constraints set aside."""
    flags: Mapping[ActivityPeriod, FrameworkId]
    """The framework each activity runs under; shared by all scenarios."""
    present: frozenset[tuple[ContributorId, ActivityId, PeriodId]]
    """(c, a, t) where the contributor gives something in some scenario; shared by all scenarios."""
    given: Mapping[tuple[ContributorId, ActivityId, ResourceId, PeriodId], float]
    """x, in units of the resource."""
    runs: Mapping[ActivityPeriod, tuple[FrameworkId, float]]
    """Under which framework each activity runs, and at which level."""
    paid: Mapping[tuple[MemberId, PartnerId, ResourceId, PeriodId], float]
    """What members pay to harness partners, in units of the resource."""
    conceded: Mapping[tuple[MemberId, ActivityId, FrameworkId], float]
    """Political capital spent, in points."""
    bought: Mapping[tuple[InvestmentId, PeriodId], float]
    """Units of capability bought."""
    counted_on: Mapping[ActivityPeriod, float]
    """The effective levels that the plan counts on where effects may disappoint (C24); fewer may be better there."""

    @property
    def effort_scenario(self) -> ScenarioId | None:
        """The scenario that efforts carry: only where they are this scenario's own."""
        return self.scenario if self.has_separate_scenarios else None

    @cached_property
    def place(self) -> dict[PeriodId, int]:
        """The place of each period, from 0."""
        return {t: place for place, t in enumerate(self.problem.periods)}

    @cached_property
    def present_in(self) -> dict[ActivityPeriod, set[str]]:
        """Who is there, by activity and period."""
        found: dict[ActivityPeriod, set[str]] = {}
        for c, a, t in self.present:
            found.setdefault((a, t), set()).add(c)
        return found

    @cached_property
    def participants(self) -> dict[ActivityPeriod, tuple[ContributorId, ...]]:
        """Who gives anything to each activity in each period, in the order of the problem."""
        found: dict[ActivityPeriod, set[ContributorId]] = {}
        for c, a, _, t in self.given:
            found.setdefault((a, t), set()).add(c)
        return {key: tuple(c for c in self.problem.contributor if c in some) for key, some in found.items()}

    @cached_property
    def running(self) -> tuple[ActivityPeriod, ...]:
        """The activities that run and when, in the order of the problem."""
        every = ((activity.id, t) for activity in self.problem.activities for t in self.problem.periods)
        return tuple(key for key in every if key in self.runs)
