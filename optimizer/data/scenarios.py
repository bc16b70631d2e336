"""A future: the problem as it would be if one scenario came true, with the index sets and bounds that follow from it.

A problem without scenarios has exactly one future, the problem itself.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from models.address import problem_in_scenario
from models.ids import ActivityId, PeriodId, ScenarioId, TheatreId
from models.problem.problem import Problem
from models.problem.scenario import Scenario
from optimizer.data.bounds import Bounds
from optimizer.data.index_sets import IndexSets

ONLY = ScenarioId("base")
"""The name of the one future of a problem without scenarios."""


@dataclass(frozen=True, kw_only=True)
class ScenarioData:
    """What a family is given: the problem of this future, its index sets, its bounds and its multipliers."""

    id: ScenarioId
    probability: float
    problem: Problem
    index: IndexSets
    bounds: Bounds
    effect_multiplier: Mapping[ActivityId, float] = field(default_factory=dict)
    risk_multiplier: Mapping[TheatreId, float] = field(default_factory=dict)
    best: float | None = None
    """z*: the risk reduction that the problem as submitted could reach if this future were certain (C25, T15);
    known only where regret is measured against it."""

    @property
    def periods(self) -> tuple[PeriodId, ...]:
        """The periods in order."""
        return self.problem.periods

    @property
    def has_recourse(self) -> bool:
        """Whether efforts are decided in this future rather than now (politics always are now)."""
        return self.problem.criterion.recourse and bool(self.problem.scenarios)

    def before(self, period: PeriodId, steps: int) -> PeriodId | None:
        """The period `steps` earlier, or None if that lies before the first."""
        place = self.index.place[period] - steps
        return self.periods[place] if place >= 0 else None


Bests = Mapping[ScenarioId, float]
"""For each future what it could reach at best."""


def scenarios_of(problem: Problem, bests: Bests | None = None) -> tuple[ScenarioData, ...]:
    """The futures of a problem in its order; probabilities sum to 1.

    Overrides make each future its own problem; multipliers come after.
    """
    scenarios = problem.scenarios or (Scenario(id=ONLY, probability=1.0),)
    return _of(tuple(problem_in(problem, scenario) for scenario in scenarios), scenarios, bests or {})


def problem_in(problem: Problem, scenario: Scenario) -> Problem:
    """The problem of one future; the same object where the scenario overrides nothing."""
    return problem_in_scenario(problem, scenario.id) if scenario.overrides else problem


def _of(problems: tuple[Problem, ...], scenarios: tuple[Scenario, ...], bests: Bests) -> tuple[ScenarioData, ...]:
    index = IndexSets(problems=problems)
    bounds = {id(problem): Bounds(problem, index) for problem in problems}  # futures of one problem share them
    given = [scenario.probability for scenario in scenarios]
    total = sum(share for share in given if share is not None)
    return tuple(
        ScenarioData(
            id=scenario.id,
            probability=1 / len(scenarios) if share is None else share / total,
            problem=problem,
            index=index,
            bounds=bounds[id(problem)],
            effect_multiplier=scenario.effect_multiplier,
            risk_multiplier=scenario.risk_multiplier,
            best=bests.get(scenario.id),
        )
        for problem, scenario, share in zip(problems, scenarios, given, strict=True)
    )
