"""The answers to one change, ever better: the plan held, the relaxation rounded, theatres touched, then all free.

Where there is no plan to hold, and efforts may differ from scenario to scenario, one chosen as if they could not comes
first.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from functools import cached_property
from time import perf_counter
from typing import Literal

import numpy as np

from models.outcome import FoundBy, Outcome
from models.problem.problem import Problem
from optimizer.arrays.compiled import Floats
from optimizer.arrays.program_diff import Difference
from optimizer.outcome.report import Report
from optimizer.search.bound_transfer import Proof
from optimizer.search.branch_and_dive import SMALL, Limits, relaxation, rounded
from optimizer.search.lexicographic import Finished, Known, Lexicographic
from optimizer.search.loaded_program import Loaded
from optimizer.search.neighbourhoods import Mask, Theatres
from optimizer.search.repair import ConflictRepair, Repair, within
from optimizer.solver.callbacks import Answer

Stage = Literal["alike", "held", "rounded", "touched", "foremost", "whole"]
"""What was free: efforts the same in every scenario; amounts alone (and what had to be repaired), the choices that the
relaxation uses, those of the theatres touched, everything as far as the first objective goes, everything."""

PLAN_BEFORE: FoundBy = "plan_before"
REPAIRED: FoundBy = "plan_before_repaired"
TOUCHED_SHARE = 0.25
"""Of the time left, what freeing the theatres touched may take at most."""
TOUCHED_AT_MOST_S = 3.0
"""A planner waits for it."""

REMARKS: dict[Stage, str] = {
    "alike": "an early answer: its choices are those that would be good if efforts were the same in every scenario",
    "held": "a first answer: the choices of the plan before are held, and repaired where they no longer hold",
    "rounded": "an early answer: rounded from what would be best if choices could be made in part",
    "touched": "an early answer: only the theatres that the change touches were planned anew",
    "foremost": "an early answer: the first objective is done with, for those after it only amounts were chosen anew",
    "whole": "a warm answer: found from the plan before; a plan found cold may differ where it is equally good",
}
UNFINISHED: dict[Stage, str | None] = {
    "alike": "an early answer; what else is possible was not tried yet",
    "held": "a first answer from the plan before; what else is possible was not tried yet",
    "rounded": "an early answer; what else is possible was not tried yet",
    "touched": "an early answer from the plan before; what else is possible was not tried yet",
    "foremost": "the first objective is done with; choices were not yet made anew for those after it",
    "whole": None,
}


@dataclass(kw_only=True)
class Stages:
    """One change: what it asks for, and the answers to it."""

    problem: Problem
    report: Report
    lexicographic: Lexicographic
    loaded: Loaded
    change: Difference | None
    began: float
    """When the solver's part began, by `time.perf_counter`."""
    opening: Callable[[], Known | None]
    """Looks for a plan where there is none to start from."""
    bound: float = -np.inf
    """What the relaxation proves of the first level."""
    known: Known | None = None
    """The best plan so far."""
    is_warm: bool = field(init=False)
    """Whether there is a plan to start from."""
    is_bounded: bool = False
    """Whether the relaxation was tried."""
    is_through: bool = False
    """Whether everything was free in the end."""
    is_over: bool = False
    """Whether nothing is left to be found."""

    def __post_init__(self) -> None:
        self.is_warm = self.loaded.plan is not None

    def first(self) -> tuple[Stage, Outcome] | None:
        """What can be said at once; nothing where there is no plan to start from, nor one that opens."""
        if not self.is_warm:
            self.known = self.opening()
            if self.known is not None:
                return "alike", self._kept("alike")
        ended = self._bounded()
        if ended is not None or self.loaded.plan is None:
            return ended
        self.known = self._held(self.loaded.plan)
        outcome = self._kept("held")
        self.is_over = self._is_done()
        return "held", outcome

    def further(self) -> Iterator[tuple[Stage, Outcome]]:
        """The better answers, until the gap is closed, time is up, or nobody asks."""
        if not self.is_bounded:
            ended = self._bounded()
            if ended is not None:
                yield ended
                return
            if self.relaxation is not None:
                yield "alike", self._kept("alike")
        if self._is_worth_dividing() and self._rounded():
            yield "rounded", self._kept("rounded")
        if self._is_worth_dividing() and self._touched():
            yield "touched", self._kept("touched")
        if self.is_over or self._is_done() or (self._is_stopped() and self.loaded.plan is not None):
            return
        self.loaded.engine.vertex = self.loaded.basis
        was_closed, first = self._is_closed(), self.lexicographic.first(self.known)
        answer = first.answer
        if not was_closed and answer.values is not None and self._has_more_than_a_moment_to_come():
            self.known = Known(values=answer.values, bound=answer.bound, found_by=answer.found_by or "whole_program")
            yield "foremost", self._kept("foremost")
        if not self.is_warm:
            first = replace(first, took=perf_counter() - self.began)  # with its relaxation, and rounding that
        finished = self.lexicographic.refined(first)
        if finished.values is not None:
            self.loaded.plan = finished.values
        self.is_through = True
        yield "whole", self._told("whole", finished, is_warm=self.is_warm)

    def stand_ready(self) -> None:
        """Leave the linear programs where the plan is, if there is time: from there the next answer is soonest."""
        has_time = self.limits.left_s > 0 and not self._is_stopped()
        if self.is_through and has_time and self.loaded.plan is not None:
            values = self.lexicographic.polished(self.lexicographic.levels[0], self.loaded.plan)
            self.lexicographic.keep(Known(values=values, bound=-np.inf))

    def _has_more_than_a_moment_to_come(self) -> bool:
        """Whether the later levels take so long that what was found of the first is told before."""
        return self._is_large() and len(self.lexicographic.levels) > 1 and not self._is_stopped()

    def _bounded(self) -> tuple[Stage, Outcome] | None:
        """Bound the first level by the relaxation; that is the answer where it has no plan or no end."""
        self.is_bounded, relaxed = True, self._relax()
        if self.known is not None:
            self.known = replace(self.known, bound=self.bound)
        if relaxed.ending not in ("infeasible", "unbounded"):
            return None
        self.is_over = True
        return "whole", self._told("whole", Finished(ending=relaxed.ending, values=None, levels=()))

    def _relax(self) -> Answer:
        """The relaxation of the changed program, from where that of the one before ended."""
        loaded, first = self.loaded, self.lexicographic.levels[0]
        engine = loaded.relaxed
        engine.minimise(first.vector / first.unit, first.constant / first.unit)
        engine.vertex = loaded.basis
        relaxed = relaxation(engine, self.limits, is_read=False)
        loaded.relaxation = None
        if relaxed.ending == "optimal":
            loaded.relaxation = self.bound = relaxed.bound * first.unit
            loaded.basis = engine.vertex
            loaded.held.first_ended = loaded.held.first_ended or loaded.basis
        if loaded.proof is not None:
            self.bound = max(self.bound, loaded.proof.of(loaded.named, first))
        return relaxed

    @cached_property
    def relaxation(self) -> Floats | None:
        """Where the relaxation ended; None where it did not end by itself. To be read before it is rounded."""
        return None if self.loaded.relaxation is None else self.loaded.relaxed.plan

    def _held(self, plan: Floats) -> Known | None:
        """The plan with its integers held, repaired if need be."""
        lexicographic = self.lexicographic
        first = lexicographic.levels[0]
        plan = within(self.loaded.named.arrays, plan)
        held, found_by = lexicographic.held(first, plan), PLAN_BEFORE
        if held.values is None:
            found = self._conceded(plan)
            if found is None:
                found = self._repair(plan, self.limits).repaired(self._neighbours(plan))
            if found is None:
                return None
            held, found_by = lexicographic.held(first, found), REPAIRED
        return None if held.values is None else Known(values=held.values, bound=self.bound, found_by=found_by)

    def _rounded(self) -> bool:
        """Round the relaxation to a plan; whether that is a better one."""
        engine, first, used = self.loaded.relaxed, self.lexicographic.levels[0], self.relaxation
        if used is None:
            return False
        found = rounded(engine, self.limits, used if self.known is None else np.maximum(used, self.known.values))
        engine.free_integers()
        if self.known is not None:
            self.known = replace(self.known, is_rounded=True)
        if found is None or found.values is None:
            return False
        if self.known is not None and first.value(found.values) >= first.value(self.known.values):
            return False
        values = self.lexicographic.polished(first, found.values)
        self.known = Known(values=values, bound=self.bound, found_by="relaxation_rounded", is_rounded=True)
        return True

    def _touched(self) -> bool:
        """Free the theatres that the change touches; whether that found a better plan."""
        known, first = self.known, self.lexicographic.levels[0]
        if known is None:
            return False
        limits = replace(self.limits, until=perf_counter() + min(TOUCHED_SHARE * self.limits.left_s, TOUCHED_AT_MOST_S))
        repair = self._repair(within(self.loaded.named.arrays, known.values), limits)
        near = repair.near(self._neighbours(known.values), start=known.values)
        if near.values is None or first.value(near.values) >= first.value(known.values):
            return False
        clean = self.lexicographic.polished(first, near.values)
        self.known = replace(known, values=clean, found_by="theatres_touched")
        return True

    def _conceded(self, plan: Floats) -> Floats | None:
        """The plan without what stands in its own way, by linear programs alone; None where that leads nowhere."""
        held, limits = self.loaded.held, self.limits

        def run() -> Answer:
            return held.first.run(time_limit_s=limits.left_s, should_stop=limits.should_stop)

        found = ConflictRepair(engine=held.first, arrays=self.loaded.named.arrays, chosen=plan, run=run).plan()
        if found is not None:
            held.first.keep_vertex()
            held.first_ended = held.first.vertex
        return found

    def _repair(self, plan: Floats, limits: Limits) -> Repair:
        lexicographic = self.lexicographic
        self.loaded.engine.let_go()
        return Repair(
            engine=self.loaded.engine,
            arrays=self.loaded.named.arrays,
            plan=plan,
            limits=limits,
            aim=lambda: lexicographic.aim_at(lexicographic.levels[0]),
        )

    def _neighbours(self, plan: Floats) -> Mask:
        named = self.loaded.named
        theatres = Theatres(self.problem, named.compiled)
        touched = () if self.change is None else self.change.names
        return theatres.touched(touched, plan, plan if self.relaxation is None else self.relaxation)

    def _kept(self, stage: Stage) -> Outcome:
        """An answer whose later objectives are only as good as amounts make them."""
        if self.known is None:
            return self._told(stage, Finished(ending="limit", values=None, levels=()))
        finished = self.lexicographic.keep(self.known)
        self.loaded.plan = finished.values
        return self._told(stage, finished)

    def _told(self, stage: Stage, finished: Finished, *, is_warm: bool = True) -> Outcome:
        if finished.levels:
            first = finished.levels[0]
            self.loaded.proof = Proof(named=self.loaded.named, level=first.level, bound=first.bound)
        remarks = (REMARKS[stage],) if is_warm and finished.values is not None else ()
        return self.report.outcome(
            finished, perf_counter() - self.began, unfinished=UNFINISHED[stage], search_warnings=remarks
        )

    def _is_done(self) -> bool:
        """Whether the gap is closed, and there is no later objective to free."""
        return self._is_closed() and len(self.lexicographic.levels) == 1

    def _is_closed(self) -> bool:
        return self.known is not None and self.lexicographic.is_close(self.known)

    def _is_worth_dividing(self) -> bool:
        is_open = not (self.is_over or self._is_closed() or self._is_stopped())
        return is_open and self._is_large() and len(self.problem.theatre) > 1

    def _is_large(self) -> bool:
        return len(self.loaded.engine.integer_columns) > SMALL

    def _is_stopped(self) -> bool:
        stop = self.lexicographic.should_stop
        return stop is not None and stop()

    @property
    def limits(self) -> Limits:
        """What is left of the caller's time."""
        config = self.lexicographic.config
        return Limits(
            until=self.lexicographic.started + config.time_limit_s,
            gap=config.mip_gap,
            on_moment=None,
            should_stop=self.lexicographic.should_stop,
        )
