"""Searches for a plan of one priority: relaxation, dive, restricted program, whole program.

The relaxation proves a bound, seldom more than a few percent from the optimum with these programs; a plan is harder to
find. A dive rounds the relaxation to a plan. If that plan does not close the gap, the program is solved without the
binaries that are zero in the relaxation, and last the whole program.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from time import perf_counter

import numpy as np

from models.errors import SolverFailure
from models.outcome import FoundBy
from optimizer.arrays.array_types import Floats, Mask
from optimizer.arrays.gap import is_gap_closed, target_value
from optimizer.arrays.solver_arrays import inner
from optimizer.search.diving import MANNERS, Dive, Manner, bounds_near
from optimizer.search.weighing import Weighing
from optimizer.solver.callbacks import SolverProgress
from optimizer.solver.highs import HighsProgram, ObjectiveBound
from optimizer.solver.statuses import RunResult, Termination

SMALL = 200
"""Integer columns up to which a program is solved whole at once: quicker than the steps before."""
LARGE = 50_000
"""Columns from which a relaxation without a basis is solved by interior point. Below, dual simplex is two to ten times
as quick, since every column of a tightened program has both bounds; above, half as quick."""
NEAR = 0.25
"""Share of the gap that ends the search at which dives end: what one priority leaves open costs the next one more."""
RELAXATION_SHARE, RESTRICTED_SHARE, WEIGHED_SHARE = 0.5, 0.6, 0.8
"""Shares of the time left for the relaxation, then for the restricted program, or that of two priorities together."""


@dataclass(frozen=True, kw_only=True)
class Limits:
    """When a search ends, and its callbacks."""

    until: float
    """By `time.perf_counter`."""
    gap: float
    """Relative gap that ends the search."""
    on_solver_progress: Callable[[SolverProgress], None] | None
    should_stop: Callable[[], bool] | None

    @property
    def left_s(self) -> float:
        """Seconds left."""
        return max(self.until - perf_counter(), 0.0)

    def share(self, share: float) -> "Limits":
        """The limits of a step that may take a share of the time left."""
        return replace(self, until=perf_counter() + share * self.left_s)


def is_small(program: HighsProgram) -> bool:
    """Whether the whole program is solved at once."""
    return len(program.integer_columns) <= SMALL


def solve_relaxation(program: HighsProgram, limits: Limits, *, is_read: bool = True) -> RunResult:
    """Solve a program whose integers are relaxed, from the basis of its last relaxation if there is one.

    Restarts without a basis if the solver fails: narrowly bounded objectives can make it fail. The bound is proven from
    the multipliers, also if a limit ends the run.
    """
    if program.basis is not None:
        program.start_at(program.basis)
    is_large = program.basis is None and len(program.lower) >= LARGE
    try:
        answer = program.run(
            time_limit_s=limits.left_s,
            method="interior_point" if is_large else "simplex",
            is_read=is_read,
            should_stop=limits.should_stop,
        )
    except SolverFailure:
        if program.basis is None:
            raise
        program.basis = None
        program.start_afresh()
        return solve_relaxation(program, limits, is_read=is_read)
    if answer.termination == "optimal":
        program.keep_basis()
    has_bound = answer.termination in ("optimal", "limit", "stopped")
    proven = program.safe_bound() if has_bound else -np.inf
    return replace(answer, bound=proven, proven=proven)


@dataclass(frozen=True, kw_only=True)
class WeighedSearch:
    """How the second priority is searched together with the first."""

    weighing: Weighing
    first_at_most: float
    """The greatest value of the first priority that a row allows."""


def search(
    program: HighsProgram,
    limits: Limits,
    thresholds: Mask,
    start: Floats | None = None,
    weighed: WeighedSearch | None = None,
) -> RunResult:
    """Minimise the objective of `program`, from the plan `start` if given. All integers are free before and after.

    With `weighed` the objective is a second priority; the whole program is then first searched for both together.
    """
    searching = BranchAndDive(program=program, relaxed=program, limits=limits, thresholds=thresholds, plan=start)
    program.relax_integers()
    if is_small(program):
        # Not the bound that ends the search: a plan may reach it whose integers are whole only within the tolerance.
        searching.proven = _small_bound(program, limits)
        program.free_integers()
        return searching.solve_whole()
    relaxation = solve_relaxation(program, limits.share(RELAXATION_SHARE))
    searching.bound = searching.proven = relaxation.proven
    if relaxation.termination == "optimal" and relaxation.values is not None and searching.closed() is None:
        searching.dive(relaxation.values)
    program.free_integers()
    if relaxation.termination in ("infeasible", "unbounded") and start is None:
        return relaxation
    if relaxation.values is not None and start is None and searching.closed() is None:
        searching.solve_restricted(relaxation.values)
    if weighed is not None and searching.plan is not None and searching.closed() is None:
        searching.solve_weighed(weighed)
    return searching.closed() or searching.solve_whole()


def _small_bound(program: HighsProgram, limits: Limits) -> float:
    """The bound that the relaxation of a small program proves; -inf if the solver fails or finds no optimum."""
    program.start_afresh()
    try:
        relaxation = solve_relaxation(program, limits.share(RELAXATION_SHARE), is_read=False)
    except SolverFailure:
        program.start_afresh()
        return -np.inf
    return relaxation.proven


@dataclass(kw_only=True)
class BranchAndDive:
    """The best plan and bound so far, and the steps that improve them."""

    program: HighsProgram
    """The integer program."""
    relaxed: HighsProgram
    """Its relaxation: a linear program, or the same object while its integers are relaxed."""
    proven: float = -np.inf
    """The bound that the relaxation proves from its multipliers."""
    limits: Limits
    bound: float = -np.inf
    plan: Floats | None = None
    thresholds: Mask
    """The columns that say whether a threshold is met."""
    found_by: FoundBy | None = None
    """The step that found the plan; None if the search started from it."""

    def closed(self) -> RunResult | None:
        """The answer if the plan closes the gap, else None."""
        if self.plan is None:
            return None
        is_closed = is_gap_closed(self.program.value(self.plan), self.bound, self.limits.gap)
        return self.at_hand("optimal") if is_closed else None

    def dive(self, relaxation: Floats) -> None:
        """Round the relaxation to plans until one is near. Leaves the bounds of the last dive on `relaxed`."""
        used = relaxation if self.plan is None else np.maximum(relaxation, self.plan)
        vertex = self.relaxed.basis
        for manner in MANNERS:
            if self._is_near() or self.limits.left_s <= 0:
                return
            if vertex is not None:
                self.relaxed.start_at(vertex)
            self._dive_once(manner, used)

    def _is_near(self) -> bool:
        """Whether the plan leaves so little of the gap open that another dive is not worth its time."""
        return self.plan is not None and is_gap_closed(
            self.program.value(self.plan), self.bound, NEAR * self.limits.gap
        )

    def _dive_once(self, manner: Manner, used: Floats) -> None:
        limits, relaxed = self.limits, self.relaxed
        lower, upper = manner.bounds(relaxed, used, self.thresholds)
        steps = Dive(
            program=relaxed,
            run=lambda: relaxed.run(time_limit_s=limits.left_s, should_stop=limits.should_stop),
            lower=lower,
            upper=upper,
            both_ways=self.thresholds[relaxed.integer_columns] if manner.tries_both_ways else None,
        )
        try:
            found = steps.plan()
        except SolverFailure:
            relaxed.start_afresh()
            return
        if found is not None and found.values is not None:
            self.take(found.values, "relaxation_rounded")

    def solve_restricted(self, relaxation: Floats) -> None:
        """Solve the program without the binaries that are zero in the relaxation. Its bound is not the problem's."""
        self.program.bound_integers(*bounds_near(self.program, relaxation))
        found = self._run(RESTRICTED_SHARE * self.limits.left_s, is_restricted=True)
        self.program.free_integers()
        if found.values is not None:
            self.take(found.values, "relaxation_restricted")

    def solve_weighed(self, weighed: WeighedSearch) -> None:
        """Improve the plan and the bound of a second priority by searching for both priorities together."""
        if self.plan is None:
            return
        objective, weighing = self.program.objective, weighed.weighing
        gap = weighing.gap(self.plan, self.limits.gap)
        self.program.minimise(weighing.vector, weighing.constant)
        self.program.start_from(self.plan)
        found = self.program.run(
            time_limit_s=WEIGHED_SHARE * self.limits.left_s,
            gap=gap,
            on_solver_progress=self._weighed_reporter(weighed, objective),
            should_stop=self.limits.should_stop,
        )
        self.program.minimise(*objective)
        has_proof = found.termination in ("optimal", "limit", "stopped", "target")
        if has_proof:
            self.bound = max(self.bound, weighing.bound_of_second(found.bound, weighed.first_at_most))
        if found.values is not None:
            self.take(found.values, "whole_program")

    def _weighed_reporter(
        self, weighed: WeighedSearch, objective: ObjectiveBound
    ) -> Callable[[SolverProgress], None] | None:
        """Reports the bound of the second priority that follows, with the plan known before."""
        report = self.limits.on_solver_progress
        if report is None or self.plan is None:
            return None
        value = inner(objective[0], self.plan) + objective[1]

        def on_solver_progress(progress: SolverProgress) -> None:
            bound = weighed.weighing.bound_of_second(progress.bound, weighed.first_at_most)
            report(replace(progress, incumbent=value, bound=max(bound, self.bound, self.proven), proven=self.proven))

        return on_solver_progress

    def solve_whole(self) -> RunResult:
        """Solve the whole program, from the best plan so far."""
        answer = self._confirmed(self._run(self.limits.left_s, is_restricted=False))
        if answer.values is not None:
            # The solver's plan counts even if it is worse: then the solver rejected ours, which breaks a row.
            self.take(answer.values, "whole_program")
        elif self.plan is not None:
            answer = replace(answer, values=self.plan, objective=self.program.value(self.plan))
        claimed = -np.inf if self._is_contradicted(answer) else answer.bound
        bound = max(claimed, self.bound, self.proven)
        termination = self._ending(answer, bound)
        return replace(answer, termination=termination, bound=bound, proven=self.proven, found_by=self.found_by)

    def _ending(self, answer: RunResult, bound: float) -> Termination:
        """How the search of the whole program ended, given the best bound."""
        if answer.termination in ("optimal", "target"):
            if self._closes(answer, bound):
                return "optimal"
            # HiGHS may end "optimal" at a narrow start without any bound: then it has proven nothing.
            return "tolerance" if np.isfinite(answer.bound) else "failed"
        return "failed" if self._is_contradicted(answer) else answer.termination

    @staticmethod
    def _is_contradicted(answer: RunResult) -> bool:
        """Whether a plan is known though the answer claims that there is none, or no best one."""
        return answer.termination in ("infeasible", "unbounded") and answer.values is not None

    def at_hand(self, termination: Termination) -> RunResult:
        """The best plan and bound so far, as the answer of a search that ended early."""
        return RunResult(
            termination=termination,
            values=self.plan,
            objective=None if self.plan is None else self.program.value(self.plan),
            bound=max(self.bound, self.proven),
            nodes=0,
            proven=self.proven,
            found_by=self.found_by,
        )

    def _confirmed(self, answer: RunResult) -> RunResult:
        """The answer; if nothing explains its claim, what a second search with other settings confirms of it.

        A bound needs a reason: the relaxation, nodes, cuts or conflicts. HiGHS has ended "optimal" at its start without
        any (docs/decisions/0008). If one search has no bound, the bound of the other counts.
        """
        is_shown = answer.nodes > 1 or answer.has_cuts
        if is_shown or answer.termination not in ("optimal", "infeasible") or self._closes(answer, self.proven):
            return answer
        if answer.values is not None:
            self.take(answer.values, "whole_program")
        self.program.start_afresh()
        other = self._run(self.limits.left_s, is_restricted=False, is_second_way=True)
        if other.values is not None and (answer.objective is None or (other.objective or 0.0) < answer.objective):
            answer = replace(answer, values=other.values, objective=other.objective)
        match answer.termination, other.termination:
            case ("optimal", "optimal"):
                claimed = [bound for bound in (answer.bound, other.bound) if np.isfinite(bound)]
                return replace(answer, bound=min(claimed, default=-np.inf), nodes=other.nodes)
            case ("infeasible", "infeasible"):
                return answer
            case (_, "optimal" | "target" | "limit" | "stopped"):
                return replace(answer, termination=other.termination, bound=other.bound, nodes=other.nodes)
            case _:
                return replace(answer, termination="failed", bound=-np.inf)

    def _closes(self, answer: RunResult, bound: float) -> bool:
        """Whether a bound closes the gap of an answer that has a plan."""
        if answer.values is None:
            return False
        value = self.program.value(answer.values)
        return is_gap_closed(value, bound, self.limits.gap, absolute=self.program.gap_left(value))

    def take(self, values: Floats, found_by: FoundBy) -> bool:
        """Keep a plan if it is better, and report it; returns whether it is."""
        value = self.program.value(values)
        if self.plan is not None and value >= self.program.value(self.plan):
            return False
        self.plan, self.found_by = values, found_by
        if self.limits.on_solver_progress is not None:
            self.limits.on_solver_progress(
                SolverProgress(incumbent=value, bound=max(self.bound, self.proven), nodes=0, proven=self.proven)
            )
        return True

    def _run(self, time_limit_s: float, *, is_restricted: bool, is_second_way: bool = False) -> RunResult:
        """Run until the gap to the known bound is closed, or the solver closes its own gap."""
        if self.plan is not None and not is_second_way:
            self.program.start_from(self.plan)
        report = self.limits.on_solver_progress

        def on_solver_progress(progress: SolverProgress) -> None:
            if report is not None:
                known = max(self.bound, self.proven)
                bound = known if is_restricted else max(progress.bound, known)
                report(replace(progress, bound=bound, proven=self.proven))

        return self.program.run(
            time_limit_s=time_limit_s,
            target=target_value(self.bound, self.limits.gap),
            is_second_way=is_second_way,
            on_solver_progress=on_solver_progress,
            should_stop=self.limits.should_stop,
        )
