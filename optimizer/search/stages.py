"""The stages of a search: ever better results for one problem, with or without a plan to start from.

With known plans (the plan before, plans stored for the same question, a plan of one's own): the best that still holds,
its integers fixed, or else one of them repaired; then the relaxation rounded, the theatres that the change touches
freed, everything freed. Without one: a plan with equal contributions in every scenario (recourse only), the
relaxation rounded, the program restricted to what the relaxation uses, everything. Every stage that improves the plan
gives a result. The last stage optimises all priorities.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from time import perf_counter
from typing import Literal, Protocol

import numpy as np

from models.errors import SolverFailure
from models.outcome import FoundBy
from models.problem.problem import Problem
from optimizer.arrays.array_types import Floats, Mask
from optimizer.arrays.gap import is_gap_closed
from optimizer.arrays.priorities import Priority
from optimizer.arrays.program_diff import ProgramDiff
from optimizer.search.both_priorities import BothPriorities
from optimizer.search.bound_transfer import EarlierBound
from optimizer.search.branch_and_dive import RELAXATION_SHARE, BranchAndDive, Limits, is_small, solve_relaxation
from optimizer.search.completion import Completion
from optimizer.search.lexicographic import Lexicographic
from optimizer.search.loaded_program import LoadedProgram
from optimizer.search.neighbourhoods import Theatres
from optimizer.search.repair import ConflictRepair, Repair, with_whole_integers
from optimizer.search.results import (
    FAILED,
    PLAN_BEFORE,
    Answered,
    FirstPriority,
    Incumbent,
    SearchResult,
    without_plan,
)
from optimizer.search.time_budget import FIRST_SHARE
from optimizer.solver.statuses import RunResult
from optimizer.tolerances import BOUNDED_OBJECTIVE, SAME_VALUE

Stage = Literal["uniform", "fixed", "rounded", "restricted", "touched", "first_priority", "whole"]
"""`uniform`: equal contributions in every scenario. `fixed`: the best known plan, its integers fixed. `rounded`: the
relaxation rounded. `restricted`: only what the relaxation uses. `touched`: only the theatres that the change touches
were free.
`first_priority`: the first priority is done. `whole`: the last result."""

REPAIRED: FoundBy = "plan_before_repaired"
FIRST_GAP = 0.05
"""Relative gap above which the first plan of a changed problem is improved before it is reported."""
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
    """Whether the search started from a known plan."""
    is_unchanged: bool = False
    """Whether nothing that counts differs from the question that the plan before answers."""


class Judge(Protocol):
    """Judges solutions by the plans in them, apart from the program."""

    def is_sound(self, values: Floats) -> bool:
        """Whether the plan in a solution passes the independent check."""

    def value(self, priority: Priority, values: Floats) -> float:
        """The minimised sum of a priority, recomputed from the decisions in a solution."""


@dataclass(frozen=True, kw_only=True)
class KnownPlan:
    """A plan that is known besides the one before."""

    values: Floats
    """Its value of each column of the program; 0 for columns that it does not decide."""
    has_all_choices: bool = False
    """Whether its integers are those of the program, and not only those that a plan document states."""
    is_checked: bool = False
    """Whether the independent check has judged it."""
    holds: bool = True
    """Whether it keeps every rule, as far as is known; if not, it is repaired if no other plan holds."""


@dataclass(kw_only=True)
class StagedSearch:
    """One search in a loaded program."""

    problem: Problem
    lexicographic: Lexicographic
    loaded: LoadedProgram
    change: ProgramDiff | None
    """How the program differs from the one that the plan before belongs to."""
    find_start: Callable[[], Incumbent | None]
    """Looks for a plan to start from; called only if no plan is known."""
    judge: Judge
    known: Sequence[KnownPlan] = ()
    """Plans that are known besides the one before."""
    began: float = field(default_factory=perf_counter)
    bound: float = -np.inf
    """Bound of the first priority."""
    proven: float = -np.inf
    """The part of it that is proven from multipliers."""
    incumbent: Incumbent | None = None
    is_warm: bool = field(init=False)
    is_unchanged: bool = field(init=False)
    has_dived: bool = False
    is_finished: bool = False
    """Whether the last stage was reached with a plan."""

    def __post_init__(self) -> None:
        self.is_warm = self.loaded.plan is not None or bool(self.known)
        self.lexicographic.is_warm = self.loaded.plan is not None
        answered = self.loaded.answered
        self.is_unchanged = answered is not None and answered.answers(self.loaded.named, self.lexicographic.priorities)

    def results(self) -> Iterator[StageResult]:
        """Ever better results. Raises `SolverFailure` if the solver breaks, and `Abandoned`."""
        standing = self._standing()
        if standing is not None:
            yield standing
            return
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
        if self.is_warm:
            self.incumbent = self._first_plan()
            self._bring_nearer()
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
            self._suit_both_priorities()
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
        program.bound_objectives(())
        program.minimise(first.vector, first.constant)
        program.basis = loaded.basis
        try:
            relaxation = solve_relaxation(program, self._limits.share(RELAXATION_SHARE), is_read=False)
        except SolverFailure:
            if self.lexicographic.is_warm:
                raise
            program.start_afresh()
            relaxation = FAILED
        loaded.relaxation = None
        self.bound = self.proven = relaxation.proven
        if relaxation.termination == "optimal":
            loaded.relaxation = relaxation.objective
            loaded.basis = program.basis
            loaded.fixed.first_basis = loaded.fixed.first_basis or loaded.basis
        if loaded.earlier_bound is not None:
            self.bound = max(self.bound, loaded.earlier_bound.carried_over(loaded.named, first))
        if self.incumbent is not None:
            self.incumbent = replace(self.incumbent, bound=self.bound, proven=self.proven)
        return relaxation

    @cached_property
    def relaxation(self) -> Floats | None:
        """Values of the relaxation; None if it has no optimum. Must be read before the dive."""
        return None if self.loaded.relaxation is None else self.loaded.relaxed.plan

    def _standing(self) -> StageResult | None:
        """The answer before, if nothing that counts differs and asking again can find nothing better."""
        answered = self.loaded.answered
        if answered is None or not (self.is_unchanged and answered.is_conclusive):
            return None
        if answered.solver != self.lexicographic.config:
            return None
        return self._stage_result("whole", answered.result)

    def _first_plan(self) -> Incumbent | None:
        """The best known plan that still holds, improved with its integers fixed; else one that is repaired."""
        plan = self.loaded.plan
        before = () if plan is None else (KnownPlan(values=plan, has_all_choices=True),)
        known = (*before, *self.known)
        found = [one for plan in known if plan.holds and (one := self._held(plan)) is not None]
        if found:
            return min(found, key=lambda one: self.lexicographic.priorities[0].value(one.values))
        return self._repaired(known[0].values)

    def _bring_nearer(self) -> None:
        """If the first plan is far from its bound, for example after a repair, improve it before it is reported.

        A planner can wait a moment; a plan that the next answer overturns would mislead.
        """
        if self._is_far_off():
            self._dive()
        if self._is_far_off() and len(self.problem.theatre) > 1:
            self._free_touched_theatres()

    def _is_far_off(self) -> bool:
        """Whether there is no plan yet, or one that may be far below the best."""
        incumbent, first = self.incumbent, self.lexicographic.priorities[0]
        if self.lexicographic.budget.is_stopped:
            return False
        return incumbent is None or not is_gap_closed(first.value(incumbent.values), self.bound, FIRST_GAP)

    def _held(self, known: KnownPlan) -> Incumbent | None:
        """A known plan with its integers fixed, completed if they do not do it justice; None if it does not hold."""
        lexicographic = self.lexicographic
        first, values = lexicographic.priorities[0], with_whole_integers(self.loaded.arrays, known.values)
        direct: Floats | None = None
        if known.has_all_choices:
            direct = lexicographic.solve_fixed(first, values).values
            if direct is not None and not self._is_below(first.value(direct), self.judge.value(first, values)):
                return self._incumbent(direct, PLAN_BEFORE)
        completed = self._completed(known, values)
        found = [one for one in (direct, completed) if one is not None]
        return self._incumbent(min(found, key=first.value), PLAN_BEFORE) if found else None

    def _completed(self, known: KnownPlan, values: Floats) -> Floats | None:
        """A plan of the program with the decisions of a known plan; None if it does not keep the rules."""
        completion, lexicographic = self._completion(), self.lexicographic
        if completion.is_contradicted(values) or not (known.is_checked or self.judge.is_sound(values)):
            return None
        completed = completion.plan(values)
        return None if completed is None else lexicographic.solve_fixed(lexicographic.priorities[0], completed).values

    @staticmethod
    def _is_below(value: float, other: float) -> bool:
        """Whether a minimised value is notably worse than another."""
        return value - other > SAME_VALUE * abs(other)

    def _repaired(self, plan: Floats) -> Incumbent | None:
        """A plan whose integers no longer fit, repaired; None if no repair succeeds."""
        lexicographic = self.lexicographic
        first, plan = lexicographic.priorities[0], with_whole_integers(self.loaded.arrays, plan)
        lexicographic.solve_fixed(first, plan)  # the repair starts from this conflict
        repaired = self._repaired_by_conflicts(plan)
        if repaired is None:
            repaired = self._repair(plan, self._limits).repaired(self._touched(plan))
        if repaired is None:
            return None
        fixed = lexicographic.solve_fixed(first, repaired)
        return None if fixed.values is None else self._incumbent(fixed.values, REPAIRED)

    def _incumbent(self, values: Floats, found_by: FoundBy) -> Incumbent:
        """A plan of the first priority, with the bounds known so far."""
        return Incumbent(values=values, bound=self.bound, proven=self.proven, found_by=found_by)

    def _dive(self) -> bool:
        """Round the relaxation to a plan; returns whether it is better."""
        if self.relaxation is None or self.has_dived:
            return False
        self.has_dived = True
        searching = self._searching()
        searching.dive(self.relaxation)
        self.loaded.relaxed.free_integers()
        return self._take(searching)

    def _suit_both_priorities(self) -> None:
        """Take a plan that closes the gaps of the first two priorities, if this one leaves that of the second open.

        Only for a first solve: a changed problem keeps to the plan before.
        """
        if self.is_warm or self.incumbent is None or self.relaxation is None or not self._is_closed():
            return
        both = BothPriorities(loaded=self.loaded, lexicographic=self.lexicographic, limits=self._limits)
        values = both.plan(self.incumbent.values, self.relaxation)
        found = None if values is None else self._incumbent(values, "relaxation_rounded")
        if found is not None and self.lexicographic.is_closed(found):
            self.incumbent = found

    def _solve_restricted(self) -> bool:
        """Solve the program restricted to what the relaxation uses; returns whether the plan is better."""
        if self.relaxation is None:
            return False
        searching = self._searching()
        try:
            searching.solve_restricted(self.relaxation)
        except SolverFailure:
            if self.lexicographic.is_warm:
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
        repair = self._repair(with_whole_integers(self.loaded.arrays, incumbent.values), limits)
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
            answer = self._at_least_incumbent(self._solve_whole())
            found_by = answer.found_by or ("whole_program" if incumbent is None else incumbent.found_by)
            termination = self.lexicographic.termination_of(answer)
            if termination == "limit" and len(self.lexicographic.priorities) > 1:
                termination = "first_share"
            answer = replace(answer, termination=termination, found_by=found_by)
        is_at_hand = incumbent is not None and answer.values is incumbent.values
        return FirstPriority(answer=answer, took_s=perf_counter() - began, has_exact_amounts=is_at_hand)

    def _at_least_incumbent(self, answer: RunResult) -> RunResult:
        """The answer, or the plan at hand if it is better after all: the solver may reject a start that holds.

        If the solver even says that there is no such plan, its bound counts only as far as it is proven.
        """
        incumbent, first = self.incumbent, self.lexicographic.priorities[0]
        if incumbent is None or answer.values is None:
            return answer
        ours = first.value(incumbent.values)
        if first.value(answer.values) - ours <= BOUNDED_OBJECTIVE * abs(ours) or not self.judge.is_sound(
            incumbent.values
        ):
            return answer
        is_missed = answer.bound - ours > BOUNDED_OBJECTIVE * abs(ours)
        return replace(
            answer,
            values=incumbent.values,
            objective=ours,
            bound=self.proven if is_missed else answer.bound,
            termination="failed" if is_missed and answer.termination == "optimal" else answer.termination,
            found_by=incumbent.found_by,
        )

    def _solve_whole(self) -> RunResult:
        """Solve the whole program; the plan at hand if the solver breaks on a cold solve."""
        searching = self._searching()
        try:
            return searching.solve_whole()
        except SolverFailure:
            if self.lexicographic.is_warm or searching.plan is None:
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
            thresholds=self.lexicographic.thresholds,
            plan=None if self.incumbent is None else self.incumbent.values,
        )

    def _repaired_by_conflicts(self, plan: Floats) -> Floats | None:
        """The plan with the integers freed that cause the conflict, by linear programs alone; None if that fails."""
        program, budget = self.loaded.fixed.first, self._limits

        def run() -> RunResult:
            return program.run(time_limit_s=budget.left_s, should_stop=budget.should_stop)

        repair = ConflictRepair(program=program, arrays=self.loaded.arrays, chosen=plan, run=run)
        found = repair.plan()
        if found is not None:
            program.keep_basis()
            self.loaded.fixed.first_basis = program.basis
        return found

    def _completion(self) -> Completion:
        lexicographic = self.lexicographic
        self.loaded.integer.bound_objectives(())
        return Completion(
            program=self.loaded.integer,
            named=self.loaded.named,
            is_abandoned=lexicographic.budget.is_abandoned,
            left_s=lambda: lexicographic.budget.left_s,
            aim=lambda: lexicographic.aim_at(lexicographic.priorities[0]),
        )

    def _repair(self, plan: Floats, limits: Limits) -> Repair:
        lexicographic = self.lexicographic
        self.loaded.integer.bound_objectives(())
        return Repair(
            program=self.loaded.integer,
            arrays=self.loaded.arrays,
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
            return self._stage_result(stage, without_plan("limit"))
        result = self.lexicographic.with_fixed_integers(self.incumbent)
        self.loaded.plan = result.values
        self._keep(result, is_last=stage == "whole")
        return self._stage_result(stage, result)

    def _finished(self) -> StageResult:
        """The last result if the incumbent closes the gap of the only priority."""
        return self._early("whole")

    def _last(self, result: SearchResult) -> StageResult:
        self.is_finished = result.values is not None
        self._keep(result, is_last=True)
        return self._stage_result("whole", result)

    def _stage_result(self, stage: Stage, result: SearchResult) -> StageResult:
        return StageResult(stage=stage, result=result, is_warm=self.is_warm, is_unchanged=self.is_unchanged)

    def _keep(self, result: SearchResult, *, is_last: bool) -> None:
        """Keep bound and answer for the next question."""
        if not result.priorities:
            return
        first, named = result.priorities[0], self.loaded.named
        self.loaded.earlier_bound = EarlierBound(named=named, priority=first.priority, bound=first.bound)
        self.loaded.answered = Answered(named=named, solver=self.lexicographic.config, result=result, is_last=is_last)

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
