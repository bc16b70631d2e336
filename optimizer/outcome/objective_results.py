"""What each objective reached in the final plan, and how good the plan is proven to be."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from models.config import SolverConfig
from models.outcome import ObjectiveResult
from models.problem.objective import Metric
from optimizer.arrays.array_types import Floats
from optimizer.arrays.gap import is_gap_closed, relative_gap
from optimizer.arrays.priorities import ObjectiveVector, Priority
from optimizer.search.results import PriorityResult
from optimizer.tolerances import ABSOLUTE_GAP, BOUNDED_OBJECTIVE


def objective_results(
    results: Sequence[PriorityResult], values: Floats, config: SolverConfig, achieved: Mapping[Metric, float]
) -> tuple[ObjectiveResult, ...]:
    """The result of each objective, first priority first.

    `achieved` holds the metrics recomputed from the plan. If the program was indifferent (an objective that may give
    something up, a burden below the greatest), the plan can be better than the program's columns say. A plan cannot be
    better than a proven bound: then the program's value is reported, and the independent check rejects the plan.
    Objectives of one priority share the gap of their sum; the bound of each is how far it could still improve while
    the others stay.
    """
    recomputed = _Values(values=values, achieved=achieved)
    of_program = _Values(values=values, achieved={})
    return tuple(
        _objective_result(result, one, results, of_program if _is_too_good(result, recomputed) else recomputed, config)
        for result in results
        if not result.priority.is_refinement
        for one in result.priority.objectives
    )


@dataclass(frozen=True, kw_only=True)
class _Values:
    """The values of objectives in the final plan, by the program's columns and by the plan itself."""

    values: Floats
    achieved: Mapping[Metric, float]

    def reached(self, one: ObjectiveVector) -> float:
        """The better of the two values."""
        program = one.value(self.values)
        plan = self.achieved.get(one.objective.metric, program)
        return one.sign * min(one.sign * program, one.sign * plan)

    def weighted_sum(self, priority: Priority) -> float:
        """The minimised sum of a priority."""
        return sum(priority.weight(one) * one.sign * self.reached(one) for one in priority.objectives)


def _is_too_good(result: PriorityResult, found: _Values) -> bool:
    """Whether the plan beats a proven bound: then the program is wrong about one of the two."""
    slack = ABSOLUTE_GAP * result.unit + BOUNDED_OBJECTIVE * abs(result.bound)
    return result.scope == "full" and found.weighted_sum(result.priority) < result.bound - slack


def _objective_result(
    result: PriorityResult,
    one: ObjectiveVector,
    results: Sequence[PriorityResult],
    found: _Values,
    config: SolverConfig,
) -> ObjectiveResult:
    priority = result.priority
    value = found.weighted_sum(priority)
    shortfall = max(value - result.bound, 0.0)
    refinements = [
        other
        for other in results
        if other.priority.is_refinement and other.priority.objectives[0].objective == one.objective
    ]
    return ObjectiveResult(
        metric=one.objective.metric,
        value=found.reached(one) + 0.0,
        bound=found.reached(one) - one.sign * shortfall / priority.weight(one) + 0.0,
        gap=relative_gap(value, value - shortfall, result.unit),
        optimal=_is_proven(result, value, config)
        and all(_is_proven(other, other.priority.value(found.values), config) for other in refinements),
        scope="full" if all(other.scope == "full" for other in (result, *refinements)) else "integers_held",
    )


def _is_proven(result: PriorityResult, value: float, config: SolverConfig) -> bool:
    """Whether the gap of a priority is closed, or only as wide as a later priority was allowed to give up."""
    slack = ABSOLUTE_GAP * result.unit + (BOUNDED_OBJECTIVE * abs(value) if result.is_closed else 0.0)
    given_up = result.priority.tolerance * abs(result.bound)
    return is_gap_closed(value - given_up, result.bound, 0.0, absolute=max(config.mip_gap * abs(value), slack))
