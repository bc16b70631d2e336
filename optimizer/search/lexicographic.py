"""Optimises the priorities in order; each is bounded within its tolerance while the next is optimised.

A later priority is first optimised with the integers of the plan fixed, which is linear and quick and leaves no
resources spent for nothing; then with all integers free, while time is left. The last plan is solved once more with
fixed integers, so that no amount depends on a binary that is only nearly 0 or 1.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from time import perf_counter

import numpy as np

from models.config import SolverConfig
from models.errors import SolverFailure
from models.outcome import Progress, Scope
from optimizer.arrays.array_types import Floats, Mask
from optimizer.arrays.gap import is_gap_closed, relative_gap
from optimizer.arrays.priorities import Priority
from optimizer.arrays.solver_arrays import inner
from optimizer.search.branch_and_dive import Limits, WeighedSearch, search
from optimizer.search.fixed_integer_lp import FixedIntegerPrograms
from optimizer.search.results import (
    FAILED,
    UNTRIED,
    FirstPriority,
    Incumbent,
    PriorityResult,
    SearchResult,
    without_plan,
)
from optimizer.search.time_budget import TimeBudget
from optimizer.search.weighing import Weighing
from optimizer.solver.callbacks import SolverProgress, StallLimit
from optimizer.solver.highs import HighsProgram, ObjectiveBound
from optimizer.solver.statuses import RunResult, Termination

OnProgress = Callable[[Progress], None]


@dataclass(kw_only=True)
class Lexicographic:
    """The priorities of one problem, its integer program, and its linear programs with fixed integers."""

    program: HighsProgram
    fixed_programs: FixedIntegerPrograms
    priorities: tuple[Priority, ...]
    thresholds: Mask
    """The columns that say whether a threshold is met."""
    config: SolverConfig
    budget: TimeBudget
    on_progress: OnProgress | None = None
    is_warm: bool = False
    """Whether the search starts from a plan of an earlier answer: then a failure of the solver ends it, and the caller
    solves anew. A cold search goes on without the step that failed."""
    _bounds: list[ObjectiveBound] = field(default_factory=list)
    """The bounds of the objectives optimised so far, in order."""

    def optimise_later(self, first: FirstPriority) -> SearchResult:
        """Optimise the priorities after the first."""
        answer = first.answer
        if answer.values is None:
            return without_plan(answer.termination)
        values = answer.values
        if not first.has_exact_amounts:
            values = self.with_exact_amounts(self.priorities[0], values)
        results = [self._result(self.priorities[0], answer, "full")]
        later: list[Termination] = []
        for number, priority in enumerate(self.priorities[1:], start=1):
            self._bound(number - 1, values)
            share_s = self.budget.later_priority_s(first.took_s, len(self.priorities) - number)
            values, result, termination = self._optimise(priority, values, share_s)
            results.append(result)
            later.append(termination)
        return SearchResult(
            termination=answer.termination,
            values=values,
            priorities=tuple(results),
            later=next((termination for termination in later if termination != "optimal"), "optimal"),
            found_by=answer.found_by or "whole_program",
        )

    def with_fixed_integers(self, incumbent: Incumbent) -> SearchResult:
        """Optimise all later priorities with the integers of a plan fixed."""
        values = incumbent.values
        answer = self.answer_of(incumbent)
        results = [self._result(self.priorities[0], answer, "full")]
        for number, priority in enumerate(self.priorities[1:]):
            self._bound(number, values)
            fixed = self.solve_fixed(priority, values)
            values = values if fixed.values is None else fixed.values
            results.append(self._result(priority, fixed, "integers_held"))
        found_by = incumbent.found_by
        return SearchResult(termination=answer.termination, values=values, priorities=tuple(results), found_by=found_by)

    def is_closed(self, incumbent: Incumbent) -> bool:
        """Whether the gap of the first priority is closed."""
        return is_gap_closed(self.priorities[0].value(incumbent.values), incumbent.bound, self.config.mip_gap)

    def answer_of(self, incumbent: Incumbent) -> RunResult:
        """The incumbent as the answer of the first priority."""
        return RunResult(
            termination="optimal" if self.is_closed(incumbent) else "limit",
            values=incumbent.values,
            objective=self.priorities[0].value(incumbent.values),
            bound=incumbent.bound,
            proven=incumbent.proven,
            nodes=0,
            found_by=incumbent.found_by,
        )

    def incumbent_of(self, values: Floats) -> Incumbent | None:
        """The plan with the integers of `values` fixed; None if there is none."""
        fixed = self.solve_fixed(self.priorities[0], values)
        return None if fixed.values is None else Incumbent(values=fixed.values)

    def with_exact_amounts(self, priority: Priority, values: Floats) -> Floats:
        """The same integers with every amount recomputed."""
        fixed = self.solve_fixed(priority, values)
        return values if fixed.values is None else fixed.values

    def bounds_at(self, values: Floats) -> list[ObjectiveBound]:
        """The bound of the first objective that a plan sets."""
        self._bound(0, values)
        return list(self._bounds)

    def solve_fixed(
        self, priority: Priority, values: Floats, bounds: Sequence[ObjectiveBound] | None = None
    ) -> RunResult:
        """Optimise a priority with integers fixed at `values`; gets a second even after a stop.

        `bounds` are those of earlier objectives, by default the ones set so far.

        Raises `Abandoned`.

        The answer has no bound: that of a program with fixed integers is not the problem's.
        """
        try:
            answer = self.fixed_programs.solve(
                priority,
                values,
                self._bounds_before(priority) if bounds is None else bounds,
                time_limit_s=self.budget.fixed_integers_s(),
                should_stop=self.budget.is_grace_over,
            )
        except SolverFailure:
            if self.is_warm:
                raise
            return FAILED
        return replace(answer, bound=-np.inf)

    def _optimise(
        self, priority: Priority, values: Floats, share_s: float
    ) -> tuple[Floats, PriorityResult, Termination]:
        """Optimise a later priority: integers fixed, then free for at most `share_s`.

        Refinements, of which there may be many, are skipped once the time is up.
        """
        if priority.is_refinement and (self.budget.left_s <= 0 or self.budget.is_stopped):
            return values, self._result(priority, UNTRIED, "integers_held"), self.budget.cut_short()
        fixed = self.solve_fixed(priority, values)
        if fixed.values is not None:
            values = fixed.values
        if share_s <= 0 or self.budget.is_stopped:
            return values, self._result(priority, fixed, "integers_held"), self.budget.cut_short()
        free = self._search(priority, perf_counter() + share_s, values)
        if free.values is not None and priority.value(free.values) < priority.value(values):
            exact = self.solve_fixed(priority, free.values)
            values = values if exact.values is None else exact.values
        termination: Termination = (
            "share" if free.termination == "limit" and self.budget.left_s > 0 else free.termination
        )
        if not np.isfinite(free.bound):
            return values, self._result(priority, fixed, "integers_held"), termination
        return values, self._result(priority, free, "full"), termination

    def _search(self, priority: Priority, until: float, start: Floats) -> RunResult:
        """Optimise a later priority with all integers free, from the plan at hand."""
        stall = self.stall_limit(priority, has_plan=True)
        try:
            self.program.bound_objectives(self._bounds_before(priority))
            self.aim_at(priority)
            weighed = self._weighed(priority, start)
            answer = search(self.program, self.limits(until, stall), self.thresholds, start, weighed)
        except SolverFailure:
            if self.is_warm:
                raise
            self.program.free_integers()
            self.program.start_afresh()
            return FAILED
        return replace(answer, termination=self.termination_of(answer))

    def _weighed(self, priority: Priority, values: Floats) -> WeighedSearch | None:
        """How to search this priority together with the first; None if it is not the second or no rate suits."""
        if priority is not self.priorities[1] or priority.is_refinement:
            return None
        first = self.priorities[0]
        weighing = Weighing.at(first, priority, values)
        most = self._bounds[0][1] + first.constant
        return None if weighing is None else WeighedSearch(weighing=weighing, first_at_most=most)

    def aim_at(self, priority: Priority) -> None:
        """Make a priority the objective of the integer program."""
        self.program.minimise(priority.vector, priority.constant)

    def stall_limit(self, priority: Priority, *, has_plan: bool) -> StallLimit:
        """The stall limit of a search, which also reports its progress."""
        return StallLimit(
            self.config.stall_limit_s, self._reporter(priority), self.budget.should_stop, has_plan=has_plan
        )

    def limits(self, until: float, stall: StallLimit) -> Limits:
        """The limits of a search that ends at `until`; callbacks are set only if they are needed."""
        is_heard = self.on_progress is not None or stall.has_limit
        return Limits(
            until=until,
            gap=self.config.mip_gap,
            on_solver_progress=stall.hear if is_heard else None,
            should_stop=stall.should_stop if stall.has_limit else self.budget.should_stop,
        )

    def termination_of(self, answer: RunResult) -> Termination:
        """How a search ended: a stop that the caller did not ask for was the stall limit."""
        return "stalled" if answer.termination == "stopped" and not self.budget.is_stopped else answer.termination

    def _bound(self, number: int, values: Floats) -> None:
        """Bound the objective of a priority at its value, within its tolerance; drop the bounds after it."""
        priority = self.priorities[number]
        most = inner(priority.vector, values) + priority.tolerance * abs(priority.value(values))
        self._bounds[number:] = [(priority.vector, most)]

    def _bounds_before(self, priority: Priority) -> Sequence[ObjectiveBound]:
        return self._bounds[: next(number for number, one in enumerate(self.priorities) if one is priority)]

    def _reporter(self, priority: Priority) -> Callable[[SolverProgress], None]:
        """Reports the progress of a priority; none of a refinement, whose figures are not those of its objective."""
        unit = self.program.unit_of(priority.vector)

        def report(progress: SolverProgress) -> None:
            if self.on_progress is not None and not priority.is_refinement:
                self.on_progress(_progress(priority, unit, progress, self.budget.elapsed_s))

        return report

    def _result(self, priority: Priority, answer: RunResult, scope: Scope) -> PriorityResult:
        """The result of a priority. An answer without a bound gets the one that follows from the column bounds."""
        proven = answer.proven
        if not np.isfinite(proven):
            proven = self.program.trivial_bound(priority.vector, priority.constant)
        return PriorityResult(
            priority=priority,
            bound=max(answer.bound, proven),
            proven=proven,
            scope=scope,
            is_closed=answer.termination == "optimal",
            unit=self.program.unit_of(priority.vector),
        )


def _progress(priority: Priority, unit: float, progress: SolverProgress, elapsed_s: float) -> Progress:
    first = priority.objectives[0]
    incumbent, bound = progress.incumbent, progress.bound
    has_plan, has_bound = np.isfinite(incumbent), np.isfinite(bound)
    return Progress(
        metric=first.objective.metric,
        metrics=tuple(one.objective.metric for one in priority.objectives),
        incumbent=first.sign * incumbent if has_plan else None,
        bound=first.sign * bound if has_bound else None,
        proven=first.sign * progress.proven if np.isfinite(progress.proven) else None,
        gap=relative_gap(incumbent, bound, unit) if has_plan and has_bound else None,
        nodes=progress.nodes,
        elapsed_s=elapsed_s,
    )
