"""The decisions of a plan in one scenario, as plain values; all figures of the plan are computed from them."""

from collections.abc import Iterator, Mapping
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
class ScenarioDecisions:
    """The decisions of a plan in one scenario; only values above zero."""

    problem: Problem
    scenario: ScenarioId
    """Id of the scenario."""
    is_only_scenario: bool
    """Whether the problem has no other scenario."""
    has_recourse: bool
    """Whether contributions and levels are decided per scenario."""
    probability: float
    """Probability of the scenario, 0 to 1."""
    effect_multiplier: Mapping[ActivityId, float]
    """Factor on the effect of each activity; 1 if missing."""
    risk_multiplier: Mapping[TheatreId, float]
    """Factor on the risk of each theatre; 1 if missing."""
    relax: frozenset[Group]
    """The groups of political constraints that are relaxed."""
    frameworks: Mapping[ActivityPeriod, FrameworkId]
    """The framework each activity runs under in each period; the same in all scenarios."""
    present: frozenset[tuple[ContributorId, ActivityId, PeriodId]]
    """(c, a, t) such that c contributes to a in t in some scenario; the same in all scenarios."""
    contributions: Mapping[tuple[ContributorId, ActivityId, ResourceId, PeriodId], float]
    """x[c,a,r,t], in units of the resource."""
    runs: Mapping[ActivityPeriod, tuple[FrameworkId, float]]
    """The framework and level of each activity in each period it runs."""
    payments: Mapping[tuple[MemberId, PartnerId, ResourceId, PeriodId], float]
    """What members pay to coordinate partners, in units of the resource."""
    concessions: Mapping[tuple[MemberId, ActivityId, FrameworkId], float]
    """Political capital spent, in points of position."""
    investments: Mapping[tuple[InvestmentId, PeriodId], float]
    """Units of capability bought, by investment and period."""
    committed_levels: Mapping[ActivityPeriod, float]
    """The effective levels that the plan relies on for uncertain effects (C24); may be below the achievable levels."""

    @property
    def effort_scenario(self) -> ScenarioId | None:
        """The scenario to report contributions and levels under; None if all scenarios share them."""
        return self.scenario if self.has_recourse else None

    @cached_property
    def place(self) -> dict[PeriodId, int]:
        """The position of each period, from 0."""
        return {t: place for place, t in enumerate(self.problem.periods)}

    @cached_property
    def present_contributors(self) -> dict[ActivityPeriod, set[str]]:
        """(a, t) -> the contributors present."""
        found: dict[ActivityPeriod, set[str]] = {}
        for c, a, t in self.present:
            found.setdefault((a, t), set()).add(c)
        return found

    @cached_property
    def participants(self) -> dict[ActivityPeriod, tuple[ContributorId, ...]]:
        """(a, t) -> the contributors that give anything, in the order of the problem."""
        found: dict[ActivityPeriod, set[ContributorId]] = {}
        for c, a, _, t in self.contributions:
            found.setdefault((a, t), set()).add(c)
        return {key: tuple(c for c in self.problem.contributor if c in giving) for key, giving in found.items()}

    @cached_property
    def running(self) -> tuple[ActivityPeriod, ...]:
        """(a, t) for every run, in the order of the problem."""
        return tuple(key for key in self.activity_periods if key in self.runs)

    @property
    def activity_periods(self) -> Iterator[ActivityPeriod]:
        """Every activity and period, in the order of the problem."""
        return ((activity.id, t) for activity in self.problem.activities for t in self.problem.periods)
