"""The stages of a search: ever better results for one problem, with or without a plan to start from.

With a plan from before: its integers fixed (repaired if need be), the relaxation rounded, the theatres that the change
touches freed, everything freed. Without one: a plan with equal contributions in every scenario (recourse only), the
relaxation rounded, the program restricted to what the relaxation uses, everything. Every stage that improves the plan
gives a result. The last stage optimises all priorities.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from functools import cached_property
from time import perf_counter
from typing import Literal

import numpy as np

from models.errors import SolverFailure
from models.outcome import FoundBy
from models.problem.problem import Problem
from optimizer.arrays.array_types import Floats, Mask
from optimizer.arrays.program_diff import ProgramDiff
from optimizer.search.bound_transfer import ProvenBound
from optimizer.search.branch_and_dive import RELAXATION_SHARE, BranchAndDive, Limits, is_small, solve_relaxation
from optimizer.search.lexicographic import Lexicographic
from optimizer.search.loaded_program import LoadedProgram
from optimizer.search.neighbourhoods import Theatres
from optimizer.search.repair import ConflictRepair, Repair, with_whole_integers
from optimizer.search.results import FAILED, PLAN_BEFORE, FirstPriority, Incumbent, SearchResult, without_plan
from optimizer.search.time_budget import FIRST_SHARE
from optimizer.solver.statuses import RunResult

Stage = Literal["uniform", "fixed", "rounded", "restricted", "touched", "first_priority", "whole"]
"""`uniform`: equal contributions in every scenario. `fixed`: the integers of the plan before. `rounded`: the relaxation
rounded. `restricted`: only what the relaxation uses. `touched`: only the theatres that the change touches were free.
`first_priority`: the first priority is done. `whole`: the last result."""

REPAIRED: FoundBy = "plan_before_repaired"
TOUCHED_SHARE = 0.25
"""Greatest share of the time left for freeing the theatres that the change touches."""
TOUCHED_AT_MOST_S = 3.0
"""Greatest time for that step: a planner waits for it."""


@dataclass(frozen=True, kw_only=True)
class StageResult:
    """The result of a stage."""

    stage: Stage
    result: SearchResult
    is_warm: bool
    """Whether the search started from a plan of an earlier answer."""


@dataclass(kw_only=True)
class StagedSearch:
    """One search in a loaded program."""

    problem: Problem
    lexicographic: Lexicographic
    loaded: LoadedProgram
    change: ProgramDiff | None
    """How the program differs from the one that the plan before belongs to."""
    find_start: Callable[[], Incumbent | None]
    """Looks for a plan to start from; called only if there is no plan before."""
    began: float = field(default_factory=perf_counter)
    bound: float = -np.inf
    """Bound of the first priority."""
    proven: float = -np.inf
    """The part of it that is proven from multipliers."""
    incumbent: Incumbent | None = None
    is_warm: bool = field(init=False)
    is_finished: bool = False
    """Whether the last stage was reached with a plan."""

    def __post_init__(self) -> None:
        self.is_warm = self.lexicographic.is_warm = self.loaded.plan is not None

    def results(self) -> Iterator[StageResult]:
        """Ever better results. Raises `SolverFailure` if the solver breaks, and `Abandoned`."""
        if not self.is_warm:
            self.incumbent = self.find_start()
            if self.incumbent is not None:
                yield self._early("uniform")
        relaxation = self._relax()
        is_refuted = relaxation.termination == "infeasible" and self.loaded.relaxed.is_refuted()
        if is_refuted or (relaxation.termination == "unbounded" and self.incumbent is None):
            yield self._last(without_plan(relaxation.termination, is_refuted=is_refuted))
            return
        if self.incumbent is not None:
            yield self._early("uniform")
        if self.loaded.plan is not None and self.is_warm:
            self.incumbent = self._with_fixed_integers(self.loaded.plan)
            if self._is_done():
                yield self._finished()
                return
            yield self._early("fixed")
        yield from self._improvements()
        if self.is_warm and self._is_done():
            yield self._finished()
            return
        yield from self._whole()

    def _improvements(self) -> Iterator[StageResult]:
        """The steps between the first plan and the whole program; only large programs need them."""
        has_start = self.incumbent is not None
        if self._is_worth_a_step() and self._dive():
            yield self._early("rounded")
        has_parts = len(self.problem.theatre) > 1
        if self.is_warm and has_parts and self._is_worth_a_step() and self._free_touched_theatres():
            yield self._early("touched")
        if not self.is_warm and not has_start and self._is_worth_a_step() and self._solve_restricted():
            yield self._early("restricted")

    def _whole(self) -> Iterator[StageResult]:
        """The whole program, then the later priorities."""
        self.loaded.integer.basis = self.loaded.basis
        was_closed, first = self._is_closed(), self._first_priority()
        answer = first.answer
        if not was_closed and answer.values is not None and self._later_priorities_take_long():
            found_by = answer.found_by or "whole_program"
            self.incumbent = Incumbent(
                values=answer.values, bound=answer.bound, proven=answer.proven, found_by=found_by
            )
            yield self._early("first_priority")
        result = self.lexicographic.optimise_later(first)
        if result.values is not None:
            self.loaded.plan = result.values
        yield self._last(result)

    def stand_ready(self) -> None:
        """Leave the linear programs at the final plan, if there is time: the next answer is quickest from there."""
        budget = self.lexicographic.budget
        if self.is_finished and budget.left_s > 0 and not budget.is_stopped and self.loaded.plan is not None:
            lexicographic = self.lexicographic
            values = lexicographic.with_exact_amounts(lexicographic.priorities[0], self.loaded.plan)
            lexicographic.with_fixed_integers(Incumbent(values=values))

    # ------------------------------------------------------------------------------------------------------------ steps

    def _relax(self) -> RunResult:
        """Solve the relaxation from where the one before ended, and bound the first priority."""
        loaded, first = self.loaded, self.lexicographic.priorities[0]
        program = loaded.relaxed
        program.minimise(first.vector, first.constant)
        program.basis = loaded.basis
        try:
            relaxation = solve_relaxation(program, self._limits.share(RELAXATION_SHARE), is_read=False)
        except SolverFailure:
            if self.is_warm:
                raise
            program.start_afresh()
            relaxation = FAILED
        loaded.relaxation = None
        self.bound = self.proven = relaxation.proven
        if relaxation.termination == "optimal":
            loaded.relaxation = relaxation.objective
            loaded.basis = program.basis
            loaded.fixed.first_basis = loaded.fixed.first_basis or loaded.basis
        if loaded.proven is not None:
            self.bound = max(self.bound, loaded.proven.carried_over(loaded.named, first))
        if self.incumbent is not None:
            self.incumbent = replace(self.incumbent, bound=self.bound, proven=self.proven)
        return relaxation

    @cached_property
    def relaxation(self) -> Floats | None:
        """Values of the relaxation; None if it has no optimum. Must be read before the dive."""
        return None if self.loaded.relaxation is None else self.loaded.relaxed.plan

    def _with_fixed_integers(self, plan: Floats) -> Incumbent | None:
        """The plan before with its integers fixed, repaired if they no longer fit; None if no repair succeeds."""
        lexicographic = self.lexicographic
        first, plan = lexicographic.priorities[0], with_whole_integers(self.loaded.named.arrays, plan)
        fixed, found_by = lexicographic.solve_fixed(first, plan), PLAN_BEFORE
        if fixed.values is None:
            repaired = self._repaired_by_conflicts(plan)
            if repaired is None:
                repaired = self._repair(plan, self._limits).repaired(self._touched(plan))
            if repaired is None:
                return None
            fixed, found_by = lexicographic.solve_fixed(first, repaired), REPAIRED
        return None if fixed.values is None else self._incumbent(fixed.values, found_by)

    def _incumbent(self, values: Floats, found_by: FoundBy) -> Incumbent:
        """A plan of the first priority, with the bounds known so far."""
        return Incumbent(values=values, bound=self.bound, proven=self.proven, found_by=found_by)

    def _dive(self) -> bool:
        """Round the relaxation to a plan; returns whether it is better."""
        if self.relaxation is None:
            return False
        searching = self._searching()
        searching.dive(self.relaxation)
        self.loaded.relaxed.free_integers()
        return self._take(searching)

    def _solve_restricted(self) -> bool:
        """Solve the program restricted to what the relaxation uses; returns whether the plan is better."""
        if self.relaxation is None:
            return False
        searching = self._searching()
        try:
            searching.solve_restricted(self.relaxation)
        except SolverFailure:
            if self.is_warm:
                raise
            self.loaded.integer.free_integers()
            self.loaded.integer.start_afresh()
        return self._take(searching)

    def _take(self, searching: BranchAndDive) -> bool:
        """Make the plan of a step, if it found one, the incumbent."""
        if searching.plan is None or searching.found_by is None:
            return False
        values = self.lexicographic.with_exact_amounts(self.lexicographic.priorities[0], searching.plan)
        self.incumbent = self._incumbent(values, searching.found_by)
        return True

    def _free_touched_theatres(self) -> bool:
        """Solve with only the theatres free that the change touches; returns whether the plan is better."""
        incumbent, first = self.incumbent, self.lexicographic.priorities[0]
        if incumbent is None:
            return False
        limits = self._limits
        limits = replace(limits, until=perf_counter() + min(TOUCHED_SHARE * limits.left_s, TOUCHED_AT_MOST_S))
        repair = self._repair(with_whole_integers(self.loaded.named.arrays, incumbent.values), limits)
        near = repair.near(self._touched(incumbent.values), start=incumbent.values)
        if near.values is None or first.value(near.values) >= first.value(incumbent.values):
            return False
        values = self.lexicographic.with_exact_amounts(first, near.values)
        self.incumbent = replace(incumbent, values=values, found_by="theatres_touched")
        return True

    def _first_priority(self) -> FirstPriority:
        """The first priority with all integers free, unless the incumbent closes its gap already."""
        began = perf_counter() if self.is_warm else self.began
        incumbent = self.incumbent
        if incumbent is not None and self._is_closed():
            answer = self.lexicographic.answer_of(incumbent)
        else:
            answer = self._solve_whole()
            found_by = answer.found_by or ("whole_program" if incumbent is None else incumbent.found_by)
            termination = self.lexicographic.termination_of(answer)
            if termination == "limit" and len(self.lexicographic.priorities) > 1:
                termination = "first_share"
            answer = replace(answer, termination=termination, found_by=found_by)
        return FirstPriority(answer=answer, took_s=perf_counter() - began)

    def _solve_whole(self) -> RunResult:
        """Solve the whole program; the plan at hand if the solver breaks on a cold solve."""
        searching = self._searching()
        try:
            return searching.solve_whole()
        except SolverFailure:
            if self.is_warm or searching.plan is None:
                raise
            return searching.at_hand("failed")

    def _searching(self) -> BranchAndDive:
        """A search of the first priority from the incumbent."""
        first, loaded = self.lexicographic.priorities[0], self.loaded
        loaded.integer.bound_objectives(())
        self.lexicographic.aim_at(first)
        return BranchAndDive(
            program=loaded.integer,
            relaxed=loaded.relaxed,
            limits=self._limits,
            bound=self.bound,
            proven=self.proven,
            plan=None if self.incumbent is None else self.incumbent.values,
        )

    def _repaired_by_conflicts(self, plan: Floats) -> Floats | None:
        """The plan with the integers freed that cause the conflict, by linear programs alone; None if that fails."""
        program, budget = self.loaded.fixed.first, self._limits

        def run() -> RunResult:
            return program.run(time_limit_s=budget.left_s, should_stop=budget.should_stop)

        repair = ConflictRepair(program=program, arrays=self.loaded.named.arrays, chosen=plan, run=run)
        found = repair.plan()
        if found is not None:
            program.keep_basis()
            self.loaded.fixed.first_basis = program.basis
        return found

    def _repair(self, plan: Floats, limits: Limits) -> Repair:
        lexicographic = self.lexicographic
        self.loaded.integer.bound_objectives(())
        return Repair(
            program=self.loaded.integer,
            arrays=self.loaded.named.arrays,
            plan=plan,
            limits=replace(limits, on_solver_progress=None),  # bounds with fixed integers are not the problem's
            aim=lambda: lexicographic.aim_at(lexicographic.priorities[0]),
        )

    def _touched(self, plan: Floats) -> Mask:
        """The integer columns of the theatres that the change touches."""
        theatres = Theatres(self.problem, self.loaded.named.compiled)
        changed = () if self.change is None else self.change.names
        return theatres.touched(changed, plan, plan if self.relaxation is None else self.relaxation)

    # ---------------------------------------------------------------------------------------------------------- results

    def _early(self, stage: Stage) -> StageResult:
        """A result whose later priorities are optimised with fixed integers only."""
        if self.incumbent is None:
            return StageResult(stage=stage, result=without_plan("limit"), is_warm=self.is_warm)
        result = self.lexicographic.with_fixed_integers(self.incumbent)
        self.loaded.plan = result.values
        self._keep_proof(result)
        return StageResult(stage=stage, result=result, is_warm=self.is_warm)

    def _finished(self) -> StageResult:
        """The last result if the incumbent closes the gap of the only priority."""
        return self._early("whole")

    def _last(self, result: SearchResult) -> StageResult:
        self.is_finished = result.values is not None
        self._keep_proof(result)
        return StageResult(stage="whole", result=result, is_warm=self.is_warm)

    def _keep_proof(self, result: SearchResult) -> None:
        if result.priorities:
            first = result.priorities[0]
            self.loaded.proven = ProvenBound(named=self.loaded.named, priority=first.priority, bound=first.bound)

    def _later_priorities_take_long(self) -> bool:
        """Whether to give a result before the later priorities are optimised."""
        is_large = not is_small(self.loaded.integer)
        return is_large and len(self.lexicographic.priorities) > 1 and not self.lexicographic.budget.is_stopped

    def _is_done(self) -> bool:
        """Whether the gap is closed and there is no later priority."""
        return self._is_closed() and len(self.lexicographic.priorities) == 1

    def _is_closed(self) -> bool:
        return self.incumbent is not None and self.lexicographic.is_closed(self.incumbent)

    def _is_worth_a_step(self) -> bool:
        """Whether a step before the whole program can pay."""
        is_open = not (self._is_closed() or self.lexicographic.budget.is_stopped)
        return is_open and not is_small(self.loaded.integer)

    @property
    def _limits(self) -> Limits:
        """The limits of a step of the first priority; the stall limit starts anew with every step."""
        lexicographic, budget = self.lexicographic, self.lexicographic.budget
        share = 1.0 if len(lexicographic.priorities) == 1 else FIRST_SHARE
        stall = lexicographic.stall_limit(lexicographic.priorities[0], has_plan=self.incumbent is not None)
        return lexicographic.limits(budget.started + share * budget.limit_s, stall)
