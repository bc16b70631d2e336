"""The objectives in order of priority: each is optimised, then held within its tolerance while the next is.

The first level gets at most 80 % of the time. A later level is first solved with the integers of the plan held, which
is linear and quick and never leaves means spent for nothing; then freely, while time is left. Whatever plan comes out
last is solved once more with its integers held, so that no amount stands on a binary that is only nearly 0 or 1.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from time import perf_counter

import numpy as np

from models.config import SolverConfig
from models.outcome import FoundBy, Progress, Scope
from optimizer.arrays.compiled import Floats
from optimizer.arrays.priorities import Level, PriorityResult, relative_gap
from optimizer.arrays.solver_arrays import inner
from optimizer.search.branch_and_dive import Limits, search
from optimizer.search.fixed_integer_lp import Held
from optimizer.solver.callbacks import Answer, Ending, Moment
from optimizer.solver.engine import Engine
from optimizer.solver.highs import Hold
from optimizer.solver.stall import StallLimit

FIRST_SHARE = 0.8
"""Of the time limit, what the first level may take at most."""
HELD_AT_LEAST_S = 1.0
"""Seconds that a linear step after the first level gets even when the time is up, and all together after a stop: they
take milliseconds to seconds, and without them leftovers would stay spent."""
FREE_FACTOR = 3.0
"""A later level is solved freely for at most this many times as long as the first took, and at least a second: nobody
waits a minute for the last euro when the plan itself took a moment."""
FREE_AT_LEAST_S = 1.0


class Abandoned(Exception):  # noqa: N818  (nothing went wrong)
    """Nobody would take the answer any more: raised between two runs of the solver, as soon as that is known."""


OnProgress = Callable[[Progress], None]
ShouldStop = Callable[[], bool]


@dataclass(frozen=True, kw_only=True)
class Finished:
    """The end of the loop: why the first level ended, the final plan (None if there is none) and every level."""

    ending: Ending
    values: Floats | None
    levels: tuple[PriorityResult, ...]
    later: Ending = "optimal"
    """Why the first of the later levels ended that did not end by itself."""
    found_by: FoundBy = "plan_before"
    """How the plan was found, as far as the first level goes."""


@dataclass(frozen=True, kw_only=True)
class Known:
    """What is known of the first level beforehand: a plan, and what is proven that no plan can beat."""

    values: Floats
    bound: float
    found_by: FoundBy = "plan_before"
    is_rounded: bool = False
    """Whether the bound is at least the relaxation's, and rounding that was tried."""


@dataclass(frozen=True, kw_only=True)
class First:
    """How the first level ended, and the seconds it took."""

    answer: Answer
    took: float


UNTRIED = Answer(ending="limit", values=None, objective=None, bound=-np.inf, nodes=0)
"""How a level ends for which there was no time."""


@dataclass(frozen=True)
class _Pace:
    """How long the first level took, in seconds, and how many levels share the time from here on."""

    first_took: float
    still_to_come: int


@dataclass(kw_only=True)
class Lexicographic:
    """One loaded program and the levels to go through."""

    engine: Engine
    levels: tuple[Level, ...]
    config: SolverConfig
    started: float
    """When the caller's time began, by `time.perf_counter`."""
    on_progress: OnProgress | None = None
    should_stop: ShouldStop | None = None
    is_unwanted: ShouldStop | None = None
    """Whether not even the plan at hand is wanted any more."""
    linear: Held | None = None
    """Linear programs of their own for integers held; None where the program itself is to do."""
    _holds: list[Hold] = field(default_factory=list)
    """What holds the levels that were optimised, in their order."""
    _stopped_at: float | None = None
    """When a stop was first noticed."""

    def solve(self, known: Known | None = None) -> Finished:
        """Go through the levels, from what is known."""
        return self.refined(self.first(known))

    def first(self, known: Known | None = None) -> First:
        """The first level, from what is known, unless that closes its gap already."""
        began = perf_counter()
        until = self.started + FIRST_SHARE * self.config.time_limit_s
        taken = None if known is None or not self.is_close(known) else self._taken(known)
        answer = taken or self._search(self.levels[0], until, known)
        if known is not None and answer.values is None and answer.ending in ("limit", "stalled", "stopped"):
            answer = replace(self._taken(known), ending=answer.ending)
        if answer.found_by is None:
            answer = replace(answer, found_by=known.found_by if known is not None else "whole_program")
        return First(answer=answer, took=perf_counter() - began)

    def refined(self, first: First) -> Finished:
        """The levels after the first."""
        answer = first.answer
        if answer.values is None:
            return Finished(ending=answer.ending, values=None, levels=())
        values = self.polished(self.levels[0], answer.values)
        results = [self._result(self.levels[0], answer, "full")]
        later: list[Ending] = []
        for place, level in enumerate(self.levels[1:], start=1):
            self._hold(place - 1, values)
            values, result, ending = self._later(level, values, _Pace(first.took, len(self.levels) - place))
            results.append(result)
            later.append(ending)
        return Finished(
            ending=answer.ending,
            values=values,
            levels=tuple(results),
            later=next((ending for ending in later if ending != "optimal"), "optimal"),
            found_by=answer.found_by or "whole_program",
        )

    def known(self, values: Floats) -> Known | None:
        """A plan of which nothing is proven yet, with its integers held; None if it does not hold."""
        held = self.held(self.levels[0], values)
        return None if held.values is None else Known(values=held.values, bound=-np.inf)

    def keep(self, known: Known) -> Finished:
        """Go through the levels with the integers of the plan held; the bound of the first is the one that is known."""
        values = known.values
        answer = self._taken(known)
        results = [self._result(self.levels[0], answer, "full")]
        for place, level in enumerate(self.levels[1:]):
            self._hold(place, values)
            held = self.held(level, values)
            values = values if held.values is None else held.values
            results.append(self._result(level, held, "integers_held"))
        return Finished(ending=answer.ending, values=values, levels=tuple(results), found_by=known.found_by)

    def is_close(self, known: Known) -> bool:
        """Whether the gap of the first level is closed by what is known."""
        value = self.levels[0].value(known.values)
        return value - known.bound <= self.config.mip_gap * abs(value)

    def _taken(self, known: Known) -> Answer:
        return Answer(
            ending="optimal" if self.is_close(known) else "limit",
            values=known.values,
            objective=self.levels[0].value(known.values),
            bound=known.bound,
            nodes=0,
            found_by=known.found_by,
        )

    def _later(self, level: Level, values: Floats, pace: "_Pace") -> tuple[Floats, PriorityResult, Ending]:
        """One later level: integers held, then freely for its share of the time that is left.

        What only goes on with an earlier objective is left out once the time is up: of that there may be many.
        """
        if level.refines and (self._left() <= 0 or self._stopped()):
            return values, self._result(level, UNTRIED, "integers_held"), self._cut_short()
        held = self.held(level, values)
        if held.values is not None:
            values = held.values
        free_s = min(self._left() / pace.still_to_come, max(FREE_AT_LEAST_S, FREE_FACTOR * pace.first_took))
        if free_s <= 0 or self._stopped():
            return values, self._result(level, held, "integers_held"), self._cut_short()
        free = self._search(level, perf_counter() + free_s, Known(values=values, bound=-np.inf))
        if free.values is not None and level.value(free.values) < level.value(values):
            clean = self.held(level, free.values)
            values = values if clean.values is None else clean.values
        ending: Ending = "share" if free.ending == "limit" and self._left() > 0 else free.ending
        if not np.isfinite(free.bound):
            return values, self._result(level, held, "integers_held"), ending
        return values, self._result(level, free, "full"), ending

    def _cut_short(self) -> Ending:
        return "stopped" if self._stopped() else "limit"

    def polished(self, level: Level, values: Floats) -> Floats:
        """The same choices with every amount recomputed: no amount rests on a binary that is only nearly whole."""
        held = self.held(level, values)
        return values if held.values is None else held.values

    def held(self, level: Level, values: Floats) -> Answer:
        """The level with the integers held at `values`: linear, and given a moment even after a stop.

        Raises `Abandoned`.
        """
        if self.is_unwanted is not None and self.is_unwanted():
            raise Abandoned
        limit_s, holds = max(HELD_AT_LEAST_S, self._left()), self._holds_before(level)
        if self.linear is not None:
            answer = self.linear.answer(level, values, holds, time_limit_s=limit_s, should_stop=self._has_waited)
            return replace(answer, bound=answer.bound * level.unit)
        self.engine.hold_only(holds)
        self.engine.fix_integers(values)
        self.aim_at(level)
        answer = self.engine.run(time_limit_s=limit_s, should_stop=self._has_waited)
        self.engine.free_integers()
        return replace(answer, bound=answer.bound * level.unit)

    def _search(self, level: Level, until: float, known: Known | None) -> Answer:
        """The level with every integer free."""
        self.engine.hold_only(self._holds_before(level))
        self.aim_at(level)
        stall = StallLimit(self.config.stall_limit_s, self._report(level), self.should_stop, has_plan=known is not None)
        limits = Limits(
            until=until,
            gap=self.config.mip_gap,
            on_moment=None if self.on_progress is None and not stall.has_limit else stall.hear,
            should_stop=stall.should_stop if stall.has_limit else self.should_stop,
        )
        start = None if known is None else known.values
        bound = -np.inf if known is None else known.bound / level.unit
        is_rounded = known is not None and known.is_rounded
        answer = search(self.engine, limits, start, bound, is_rounded=is_rounded)
        ending = "stalled" if answer.ending == "stopped" and not self._stopped() else answer.ending
        return replace(answer, ending=ending, bound=answer.bound * level.unit)

    def aim_at(self, level: Level) -> None:
        """Minimise a level from here on."""
        self.engine.minimise(level.vector / level.unit, level.constant / level.unit)

    def _hold(self, place: int, values: Floats) -> None:
        """Hold a level from here on, and let go of what was held after it."""
        level = self.levels[place]
        most = inner(level.vector, values) + level.tolerance * abs(level.value(values))
        self._holds[place:] = [(level.vector / level.unit, most / level.unit)]

    def _holds_before(self, level: Level) -> Sequence[Hold]:
        return self._holds[: next(place for place, one in enumerate(self.levels) if one is level)]

    def _report(self, level: Level) -> Callable[[Moment], None]:
        def report(moment: Moment) -> None:
            if self.on_progress is not None:
                self.on_progress(_progress(level, moment, self._elapsed()))

        return report

    def _result(self, level: Level, answer: Answer, scope: Scope) -> PriorityResult:
        """A solve that was cut short before its first bound has at least that of the columns."""
        bound = max(answer.bound, level.least(self.engine.lower, self.engine.upper))
        return PriorityResult(level=level, bound=bound, scope=scope, closed=answer.ending == "optimal")

    def _elapsed(self) -> float:
        return perf_counter() - self.started

    def _left(self) -> float:
        return self.config.time_limit_s - self._elapsed()

    def _stopped(self) -> bool:
        if self.should_stop is None or not self.should_stop():
            return False
        if self._stopped_at is None:
            self._stopped_at = perf_counter()
        return True

    def _has_waited(self) -> bool:
        """Whether a stop was asked for, and what linear steps get after it is used up."""
        return self._stopped() and perf_counter() - (self._stopped_at or 0.0) > HELD_AT_LEAST_S


def _progress(level: Level, moment: Moment, elapsed_s: float) -> Progress:
    first = level.aims[0]
    incumbent, bound = moment.incumbent * level.unit, moment.bound * level.unit
    has_plan, has_bound = np.isfinite(incumbent), np.isfinite(bound)
    return Progress(
        metric=first.objective.metric,
        incumbent=first.sign * incumbent if has_plan else None,
        bound=first.sign * bound if has_bound else None,
        gap=relative_gap(incumbent, bound) if has_plan and has_bound else None,
        nodes=moment.nodes,
        elapsed_s=elapsed_s,
    )
