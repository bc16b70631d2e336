"""A future: the problem as it would be if one scenario came true, with the index sets and bounds that follow from it.

A problem without scenarios has exactly one future, the problem itself.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from models.ids import ActivityId, PeriodId, ScenarioId, TheatreId
from models.problem.problem import Problem
from optimizer.bounds import Bounds
from optimizer.indices import Indices

ONLY = ScenarioId("base")
"""The name of the one future of a problem without scenarios."""


@dataclass(frozen=True, kw_only=True)
class Future:
    """What a family is given: the problem of this future, its index sets, its bounds and its multipliers."""

    id: ScenarioId
    probability: float
    problem: Problem
    index: Indices
    bounds: Bounds
    effect_multiplier: Mapping[ActivityId, float] = field(default_factory=dict)
    risk_multiplier: Mapping[TheatreId, float] = field(default_factory=dict)
    has_overrides: bool = False

    @property
    def periods(self) -> tuple[PeriodId, ...]:
        """The periods in order."""
        return self.problem.periods

    def before(self, period: PeriodId, steps: int) -> PeriodId | None:
        """The period `steps` earlier, or None if that lies before the first."""
        place = self.index.place[period] - steps
        return self.periods[place] if place >= 0 else None


def futures(problem: Problem) -> tuple[Future, ...]:
    """The futures of a problem, in its order; probabilities sum to 1."""
    index = Indices(problems=(problem,))
    return (Future(id=ONLY, probability=1.0, problem=problem, index=index, bounds=Bounds(problem, index)),)
