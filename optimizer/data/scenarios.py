"""The data of each scenario: its problem with the overrides applied, the shared index sets, and its bounds.

A problem without scenarios has a single one: the problem itself.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from models.address import problem_in_scenario
from models.ids import ActivityId, PeriodId, ScenarioId, TheatreId
from models.problem.problem import Problem
from models.problem.scenario import Scenario
from optimizer.data.bounds import Bounds
from optimizer.data.index_sets import IndexSets

SINGLE_SCENARIO = ScenarioId("base")
"""Id of the single scenario of a problem that states none."""


@dataclass(frozen=True, kw_only=True)
class ScenarioData:
    """Input of a constraint family for one scenario: problem, index sets, bounds and multipliers."""

    id: ScenarioId
    probability: float
    problem: Problem
    index: IndexSets
    bounds: Bounds
    effect_multiplier: Mapping[ActivityId, float] = field(default_factory=dict)
    risk_multiplier: Mapping[TheatreId, float] = field(default_factory=dict)
    best: float | None = None
    """z*: the greatest risk reduction of the submitted problem if this scenario were certain (C25, T15);
    None unless the criterion is regret."""

    @property
    def periods(self) -> tuple[PeriodId, ...]:
        """The periods in order."""
        return self.problem.periods

    @property
    def has_recourse(self) -> bool:
        """Whether efforts are decided per scenario (recourse); politics are always decided once for all scenarios."""
        return self.problem.criterion.recourse and bool(self.problem.scenarios)

    def before(self, period: PeriodId, steps: int) -> PeriodId | None:
        """The period `steps` earlier, or None if that lies before the first."""
        place = self.index.place[period] - steps
        return self.periods[place] if place >= 0 else None


Bests = Mapping[ScenarioId, float]
"""z* of each scenario: the risk reduction it could reach at best."""


def scenarios_of(problem: Problem, bests: Bests | None = None) -> tuple[ScenarioData, ...]:
    """The scenarios of a problem, sorted by id; their probabilities sum to 1.

    The order of the document decides nothing: the program and its plan are the same in any order. Overrides are applied
    to each scenario's problem. Multipliers are passed on and apply after the overrides.
    """
    stated = problem.scenarios or (Scenario(id=SINGLE_SCENARIO, probability=1.0),)
    scenarios = sorted(stated, key=lambda scenario: scenario.id)
    return _of(tuple(scenario_problem(problem, scenario) for scenario in scenarios), tuple(scenarios), bests or {})


def scenario_problem(problem: Problem, scenario: Scenario) -> Problem:
    """The problem of one scenario; the same object if the scenario has no overrides."""
    return problem_in_scenario(problem, scenario.id) if scenario.overrides else problem


def _of(problems: tuple[Problem, ...], scenarios: tuple[Scenario, ...], bests: Bests) -> tuple[ScenarioData, ...]:
    index = IndexSets(problems=problems)
    bounds = {
        id(problem): Bounds(problem, index) for problem in problems
    }  # scenarios with the same problem share bounds
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
