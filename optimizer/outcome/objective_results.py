"""What each objective reached in the final plan, and how good the plan is."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from math import isfinite

from models.config import SolverConfig
from models.outcome import ObjectiveResult, Scope, WeightedSum
from models.problem.objective import Metric
from optimizer.arrays.array_types import Floats
from optimizer.arrays.gap import gap_left, is_gap_closed, relative_gap
from optimizer.arrays.priorities import ObjectiveVector, Priority
from optimizer.search.results import PriorityResult


@dataclass(frozen=True, kw_only=True)
class Results:
    """What the objectives reached, and what is known about how good that is."""

    objectives: tuple[ObjectiveResult, ...]
    sums: tuple[WeightedSum, ...]


def objective_results(
    results: Sequence[PriorityResult], values: Floats, config: SolverConfig, achieved: Mapping[Metric, float]
) -> Results:
    """The result of each objective, first priority first, and of each weighted sum.

    `achieved` holds the metrics recomputed from the plan. If the program was indifferent (an objective that may give
    something up, a burden below the greatest), the plan can be better than the program's columns say. A plan cannot be
    better than a bound: then the program's value is reported, and the independent check rejects the plan.
    """
    recomputed = _Values(values=values, achieved=achieved)
    of_program = _Values(values=values, achieved={})
    objectives: list[ObjectiveResult] = []
    sums: list[WeightedSum] = []
    for result in results:
        if result.priority.is_refinement:
            continue
        found = of_program if _is_too_good(result, recomputed) else recomputed
        proof = _proof(result, results, found, config)
        is_single = len(result.priority.objectives) == 1
        objectives.extend(_part(one, found, proof, is_single=is_single) for one in result.priority.objectives)
        if not is_single:
            sums.append(_weighted_sum(result.priority, found, proof))
    return Results(objectives=tuple(objectives), sums=tuple(sums))


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
    """Whether the plan beats a bound: then the program is wrong about one of the two."""
    slack = gap_left(result.bound, result.unit, is_bounded=True)
    return found.weighted_sum(result.priority) < result.bound - slack


@dataclass(frozen=True, kw_only=True)
class _Proof:
    """What is known about a priority: the fields that an objective and a weighted sum share."""

    bound: float | None
    proven: float | None
    gap: float | None
    proven_gap: float | None
    optimal: bool
    scope: Scope


def _proof(result: PriorityResult, results: Sequence[PriorityResult], found: _Values, config: SolverConfig) -> _Proof:
    priority = result.priority
    value = found.weighted_sum(priority)
    refinements = [
        other
        for other in results
        if other.priority.is_refinement and other.priority.objectives[0].objective == priority.objectives[0].objective
    ]
    bound, gap = _told(priority, value, result.bound, result.unit)
    proven, proven_gap = _told(priority, value, result.proven, result.unit)
    return _Proof(
        bound=bound,
        proven=proven,
        gap=gap,
        proven_gap=proven_gap,
        optimal=_is_closed(result, value, config)
        and all(_is_closed(other, other.priority.value(found.values), config) for other in refinements),
        scope="full" if all(other.scope == "full" for other in (result, *refinements)) else "integers_held",
    )


def _told(priority: Priority, value: float, bound: float, unit: float) -> tuple[float | None, float | None]:
    """A bound in the sense of the priority, no better than the value itself, and the gap to it; None without one."""
    if not isfinite(bound):
        return None, None
    nearest = min(bound, value)
    return priority.sign * nearest + 0.0, relative_gap(value, nearest, unit)


def _part(one: ObjectiveVector, found: _Values, proof: _Proof, *, is_single: bool) -> ObjectiveResult:
    return ObjectiveResult(
        metric=one.objective.metric,
        value=found.reached(one) + 0.0,
        bound=proof.bound if is_single else None,
        proven=proof.proven if is_single else None,
        gap=proof.gap if is_single else None,
        proven_gap=proof.proven_gap if is_single else None,
        optimal=proof.optimal,
        scope=proof.scope,
    )


def _weighted_sum(priority: Priority, found: _Values, proof: _Proof) -> WeightedSum:
    return WeightedSum(
        priority=priority.objectives[0].objective.priority or 1,
        metrics=tuple(one.objective.metric for one in priority.objectives),
        weights=tuple(priority.sign * one.sign * priority.weight(one) for one in priority.objectives),
        value=priority.sign * found.weighted_sum(priority) + 0.0,
        **asdict(proof),
    )


def _is_closed(result: PriorityResult, value: float, config: SolverConfig) -> bool:
    """Whether the gap of a priority is closed, or only as wide as a later priority was allowed to give up."""
    slack = gap_left(value, result.unit, is_bounded=result.is_closed)
    given_up = result.priority.tolerance * abs(result.bound)
    return is_gap_closed(value - given_up, result.bound, 0.0, absolute=max(config.mip_gap * abs(value), slack))
