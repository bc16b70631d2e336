"""The closest plan: of equal value to one plan and closest to another; separates forced from incidental differences.

With every objective bounded at the value of the first plan, within its tolerance, minimise

    sum over runs |y - y'|  +  sum over participations that should count and do not, or are present and should not be
        +  sum over amounts |x - x'| / capmax[c,r,t]

over the program of the first plan's problem, where y' and x' belong to the other plan. For each amount of the other
plan, a column d >= x - x', d >= x' - x linearises the absolute value. An amount that the other plan does not give is
its own distance. For each run of the other plan, a column r <= y, r <= e / (0.01 e') counts the run as equal. The
second row excludes runs at priority zero, which would otherwise count at no cost.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from time import perf_counter
from typing import cast

import numpy as np
from numpy.typing import NDArray

from models.config import Config, SolverConfig
from models.diff import ClosestPlan, Diff
from models.errors import SolverFailure
from models.outcome import Solved, Stopped
from models.plan import Plan
from models.problem.problem import Problem
from optimizer.arrays.array_program import write_program
from optimizer.arrays.array_types import Floats
from optimizer.arrays.compiled import CompiledProgram, WrittenProgram
from optimizer.arrays.gap import is_gap_closed
from optimizer.arrays.priorities import Priority, priorities_of
from optimizer.arrays.solver_arrays import Arrays
from optimizer.check.check import check
from optimizer.compare.distance import Distance
from optimizer.compare.labels import titles_of, units_of
from optimizer.compare.plan_diff import (
    NO_DIFFERENCES,
    Decisions,
    PlanComparison,
    burdens,
    objectives,
    without_closest,
)
from optimizer.compare.sizes import Sizes
from optimizer.data.effective_objectives import effective_objectives
from optimizer.data.endowments import greatest_endowments
from optimizer.diagnostics.precheck import effective_problem
from optimizer.outcome.by_scenario import compared_scenarios
from optimizer.outcome.extract import extract
from optimizer.outcome.plan_values import columns_of, plan_values
from optimizer.search.branch_and_dive import Limits, search
from optimizer.solver.highs import HighsProgram, ObjectiveBound
from optimizer.solver.statuses import RunResult
from optimizer.tolerances import AS_GOOD, DISTANCE_GAP, FIXED_AMOUNT, SIZE_FLOOR

START_SHARE, FIXED_SHARE = 0.3, 0.5
"""Shares of the remaining time: for completing the first plan to a start, and for the search with integers fixed."""


def difference_between(
    problem: Problem, config: Config, here: Solved | Stopped, there: Solved | Stopped, *, time_limit_s: float
) -> Diff:
    """Compares the plan of `here` with the plan of `there`.

    Args:
        problem: The problem that `here` solves.
        config: Its configuration.
        here: The outcome looked at.
        there: The outcome it is compared with; its problem may be another one.
        time_limit_s: Time for the search of the closest plan, seconds.

    Raises:
        InvalidDocument: If the problem cannot be solved.
    """
    until = perf_counter() + time_limit_s
    closest = _ClosestPlanSearch(problem=problem, config=config, here=here, there=there, until=until)
    plan, answer = closest.run()
    sizes = closest.sizes
    plans = here.plan, there.plan, plan
    scenarios = compared_scenarios(plans)
    comparison = PlanComparison(*(Decisions(one, sizes, scenarios) for one in plans))
    forced, incidental, undecided = comparison.forced, comparison.incidental, NO_DIFFERENCES
    if answer is None:  # `plan` is the first plan itself, so every difference remains in it
        forced, undecided = NO_DIFFERENCES, without_closest(comparison.forced)
    differing = (forced, incidental, undecided)
    burden = tuple(burdens(here.plan, there.plan, sizes))
    return Diff(
        schema_="concord.diff/1",
        objectives=tuple(objectives(here.objectives, there.objectives)),
        burden=burden,
        forced=forced,
        incidental=incidental,
        undecided=undecided,
        titles=titles_of(problem, differing, burden),
        units=units_of(problem, differing),
        closest=_closest_plan_report(answer),
    )


def _closest_plan_report(answer: RunResult | None) -> ClosestPlan:
    if answer is None or answer.objective is None:
        sentence = "undecided: no closest plan was found in time, so any difference may be forced or incidental"
        return ClosestPlan(distance=None, bound=0.0, optimal=False, proven=False, sentence=sentence)
    distance, bound = max(answer.objective, 0.0), max(min(answer.bound, answer.objective), 0.0)
    is_optimal = answer.termination == "optimal"
    # No distance is below 0, which needs no multipliers.
    is_proven = is_optimal and is_gap_closed(distance, max(answer.proven, 0.0), DISTANCE_GAP)
    if is_proven:
        sentence = "no plan of equal value is closer to the other plan"
    elif is_optimal:
        sentence = "no plan of equal value is closer to the other plan, by the solver's search"
    else:
        sentence = (
            f"a plan of equal value was found at distance {distance:.4g} from the other plan, and none is closer than "
            f"{bound:.4g}, so some forced differences may be incidental"
        )
    return ClosestPlan(distance=distance, bound=bound, optimal=is_optimal, proven=is_proven, sentence=sentence)


@dataclass(frozen=True, kw_only=True)
class _ClosestPlanSearch:
    problem: Problem
    config: Config
    here: Solved | Stopped
    there: Solved | Stopped
    until: float
    """End of the time limit, on the clock of `perf_counter`."""

    def run(self) -> tuple[Plan, RunResult | None]:
        """The closest plan and the solver's answer; the first plan and None if no closer plan was found."""
        start = self._start()
        distance = Distance(self._compiled, greatest_endowments(self._effective), plan_values(self.there.plan))
        program = HighsProgram(distance.extended(self._arrays), self._solver)
        bounds: list[ObjectiveBound] = []
        for priority in self._priorities:
            most = self._greatest_value(priority, start)
            if np.isfinite(most):
                bounds.append((distance.widened(priority.vector), most))
        program.bound_objectives(bounds)
        program.minimise(distance.cost, distance.constant)
        limits = Limits(until=self.until, gap=DISTANCE_GAP, on_solver_progress=None, should_stop=None)
        with_fixed = None if start is None else self._with_integers_fixed(program, distance.extended_solution(start))
        answer = self._searched(program, limits, with_fixed.values if with_fixed is not None else None)
        if answer.values is None and with_fixed is not None:
            answer = replace(with_fixed, termination="limit", bound=max(answer.bound, 0.0), proven=answer.proven)
        if answer.values is None:
            return self.here.plan, None
        plan, _ = extract(
            self._written.scenarios, self._compiled.columns, answer.values[: distance.width], self.config.relax
        )
        if not check(self._effective, plan, relax=self.config.relax).passed:
            return self.here.plan, None
        return plan, answer

    @staticmethod
    def _searched(program: HighsProgram, limits: Limits, start: Floats | None) -> RunResult:
        """Searches with all columns free; no solution if the solver fails, as it may on narrow objective bounds."""
        try:
            return search(program, limits, start)
        except SolverFailure:
            return RunResult(termination="limit", values=None, objective=None, bound=0.0, nodes=0)

    def _with_integers_fixed(self, program: HighsProgram, start: Floats) -> RunResult | None:
        """The closest plan with the integers fixed at the first plan: a linear program, often near the optimum."""
        program.fix_integers(start)
        answer = program.run(time_limit_s=FIXED_SHARE * max(self.until - perf_counter(), 0.0))
        program.free_integers()
        return answer if answer.values is not None else None

    @cached_property
    def _effective(self) -> Problem:
        return effective_problem(self.problem, self.config)

    @cached_property
    def _written(self) -> WrittenProgram:
        """The program of the first plan; the best risk reduction of a scenario is that plan's plus its regret."""
        scenarios = self.here.plan.scenarios
        bests = {result.id: result.risk_reduction + result.regret for result in scenarios if result.regret is not None}
        return write_program(self._effective, bests)

    @cached_property
    def sizes(self) -> Sizes:
        """The greatest amounts of the first plan's problem."""
        return Sizes(self._written.scenarios)

    @property
    def _compiled(self) -> CompiledProgram:
        return self._written.compiled

    @cached_property
    def _arrays(self) -> Arrays:
        return Arrays.of(self._compiled, self.config.relax)

    @cached_property
    def _priorities(self) -> tuple[Priority, ...]:
        return priorities_of(effective_objectives(self._effective), self._compiled)

    @property
    def _solver(self) -> SolverConfig:
        return self.config.solver.model_copy(update={"mip_gap": DISTANCE_GAP})

    def _start(self) -> Floats | None:
        """The first plan as a solution of the program: runs and amounts are fixed, and a solve completes the rest."""
        runs, amounts = columns_of(self._compiled, ("y",)), columns_of(self._compiled, ("x",))
        stated = plan_values(self.here.plan)
        value = stated.in_program(self._compiled)
        slack = np.where(amounts, FIXED_AMOUNT * np.maximum(SIZE_FLOOR * self._greatest_amounts(amounts), value), 0.0)
        is_fixed, arrays = runs | amounts, self._arrays
        arrays = replace(
            arrays,
            column_lower=np.where(is_fixed, np.maximum(value - slack, arrays.column_lower), arrays.column_lower),
            column_upper=np.where(is_fixed, np.maximum(value + slack, arrays.column_lower), arrays.column_upper),
        )
        program = HighsProgram(arrays, self._solver)
        vectors = (priority.vector / program.unit_of(priority.vector) for priority in self._priorities)
        program.minimise(sum(vectors, np.zeros(len(value))), 0.0)
        return program.run(time_limit_s=START_SHARE * max(self.until - perf_counter(), 0.0)).values

    def _greatest_amounts(self, amounts: NDArray[np.bool_]) -> Floats:
        """For each column of an amount, the most that any contributor can have of its resource; 0 for other columns."""
        most = cast("Mapping[object, float]", self.sizes.amount)
        columns = zip(self._compiled.columns, amounts.tolist(), strict=True)
        return np.array([most.get(index[2], 0.0) if is_amount else 0.0 for (_, index), is_amount in columns])

    def _greatest_value(self, priority: Priority, start: Floats | None) -> float:
        """Upper bound that keeps a priority at the value of the first plan; inf if that value is unknown."""
        if priority.is_refinement:
            return np.inf if start is None else self._with_slack(priority, priority.value(start))
        reached = {result.metric: result.value for result in self.here.objectives}
        value = sum(priority.weight(one) * one.sign * reached[one.objective.metric] for one in priority.objectives)
        return self._with_slack(priority, value)

    def _with_slack(self, priority: Priority, value: float) -> float:
        weighted = (priority.weight(one) * self.sizes.metric(one.objective.metric) for one in priority.objectives)
        size = max(abs(value), SIZE_FLOOR * sum(weighted))
        return value - priority.constant + priority.tolerance * abs(value) + AS_GOOD * size
