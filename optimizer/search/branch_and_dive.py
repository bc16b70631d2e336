"""A good plan first: the relaxation, a plan near it, then what that leaves open, from the best plan so far.

The relaxation proves a bound, and with these programs it is seldom more than a few percent from the optimum; what is
hard is a plan. A dive rounds the relaxation to one; if that does not lie within the asked gap of the bound, the
program is solved without the binaries that the relaxation leaves at zero, and only then the whole.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from time import perf_counter

import numpy as np

from models.errors import SolverFailure
from models.outcome import FoundBy
from optimizer.arrays.compiled import Floats
from optimizer.search.diving import Dive, bounds_near
from optimizer.solver.callbacks import Answer, Moment
from optimizer.solver.engine import Engine

SMALL = 200
"""Integer columns up to which a program is solved whole at once: that takes less than the steps would."""
LARGE = 100_000
"""Non-zeros from which on a relaxation that starts from nothing is solved by interior point: a half to a quarter of
the simplex method's time on the largest, the same about here."""
RELAXATION_SHARE, RESTRICTED_SHARE = 0.5, 0.6
"""Of the time left, what the relaxation and then the restricted program may take at most."""


@dataclass(frozen=True, kw_only=True)
class Limits:
    """How long a search may take, how exact it is to be, whom it tells and whom it asks."""

    until: float
    """By `time.perf_counter`."""
    gap: float
    """Relative."""
    on_moment: Callable[[Moment], None] | None
    should_stop: Callable[[], bool] | None

    @property
    def left_s(self) -> float:
        """Seconds left."""
        return max(self.until - perf_counter(), 0.0)


def search(
    engine: Engine, limits: Limits, start: Floats | None = None, bound: float = -np.inf, *, is_rounded: bool = False
) -> Answer:
    """Minimise what `engine` is set to, from the plan `start` if there is one; `bound` is proven already.

    Where the relaxation `is_rounded` already, only the last step is taken. Every integer is free before and after.
    """
    if is_rounded or len(engine.integer_columns) <= SMALL:
        return _Search(engine=engine, limits=limits, bound=bound, plan=start).whole()
    engine.relax_integers()
    relaxed = relaxation(engine, replace(limits, until=perf_counter() + RELAXATION_SHARE * limits.left_s))
    if relaxed.ending in ("infeasible", "unbounded"):
        engine.free_integers()
        return relaxed
    searching = _Search(engine=engine, limits=limits, bound=max(bound, relaxed.bound), plan=start)
    if relaxed.ending == "optimal" and relaxed.values is not None:
        searching.near(relaxed.values, has_start=start is not None)
    else:
        engine.free_integers()
    return searching.closed() or searching.whole()


def relaxation(engine: Engine, limits: Limits, *, is_read: bool = True) -> Answer:
    """Solve the program, whose integers are relaxed, from where its last relaxation ended or from nothing.

    Where the solver loses its way from there, which objectives held narrowly can make it do, it starts from nothing.
    """
    if engine.vertex is not None:
        engine.start_at(engine.vertex)
    is_large = engine.vertex is None and engine.nonzeros >= LARGE
    try:
        answer = engine.run(
            time_limit_s=limits.left_s,
            method="interior_point" if is_large else "simplex",
            is_read=is_read,
            should_stop=limits.should_stop,
        )
    except SolverFailure:
        if engine.vertex is None:
            raise
        engine.vertex = None
        engine.start_afresh()
        return relaxation(engine, limits, is_read=is_read)
    if answer.ending == "optimal":
        engine.keep_vertex()
    return answer


def rounded(engine: Engine, limits: Limits, used: Floats) -> Answer | None:
    """A plan near what is `used`, after a relaxation whose integers are still relaxed; None where a dive finds none."""
    steps = Dive.near(engine, used, lambda: engine.run(time_limit_s=limits.left_s, should_stop=limits.should_stop))
    try:
        return steps.plan()
    except SolverFailure:
        engine.start_afresh()
        return None


@dataclass(kw_only=True)
class _Search:
    """The best plan and bound so far, and where to look on."""

    engine: Engine
    limits: Limits
    bound: float
    plan: Floats | None
    found_by: FoundBy | None = None
    """How the plan was found; None where it is the one to start from."""

    def near(self, relaxed: Floats, *, has_start: bool) -> None:
        """Look for plans near the relaxation, whose integers are relaxed before and free after."""
        if self.closed() is None:
            self._dive(relaxed)
        self.engine.free_integers()
        if self.closed() is None and not has_start:
            self._restricted(relaxed)

    def closed(self) -> Answer | None:
        """The answer, if the plan is within the asked gap of the bound."""
        if self.plan is None:
            return None
        value = self.engine.value(self.plan)
        if not _is_close(value, self.bound, self.limits.gap):
            return None
        return Answer(
            ending="optimal", values=self.plan, objective=value, bound=self.bound, nodes=0, found_by=self.found_by
        )

    def whole(self) -> Answer:
        """Everything free, from the plan so far."""
        answer = self._run(self.limits.left_s)
        if answer.ending == "target":
            answer = replace(answer, ending="optimal")
        if answer.values is not None:
            self._take(answer.values, "whole_program")
        elif self.plan is not None:
            answer = replace(answer, values=self.plan, objective=self.engine.value(self.plan))
        return replace(answer, bound=max(answer.bound, self.bound), found_by=self.found_by)

    def _dive(self, relaxed: Floats) -> None:
        used = relaxed if self.plan is None else np.maximum(relaxed, self.plan)
        found = rounded(self.engine, self.limits, used)
        if found is not None and found.values is not None:
            self._take(found.values, "relaxation_rounded")

    def _restricted(self, relaxed: Floats) -> None:
        self.engine.bound_integers(*bounds_near(self.engine, relaxed))
        found = self._run(RESTRICTED_SHARE * self.limits.left_s)
        self.engine.free_integers()
        if found.values is not None:
            self._take(found.values, "relaxation_restricted")

    def _take(self, values: Floats, found_by: FoundBy) -> None:
        """Keep the better plan, and tell of it."""
        value = self.engine.value(values)
        if self.plan is not None and value >= self.engine.value(self.plan):
            return
        self.plan, self.found_by = values, found_by
        if self.limits.on_moment is not None:
            self.limits.on_moment(Moment(incumbent=value, bound=self.bound, nodes=0))

    def _run(self, time_s: float) -> Answer:
        """Until the gap to the bound already proven is closed, or the solver closes its own."""
        if self.plan is not None:
            self.engine.start_from(self.plan)
        told = self.limits.on_moment

        def tell(moment: Moment) -> None:
            if told is not None:
                told(replace(moment, bound=max(moment.bound, self.bound)))

        return self.engine.run(
            time_limit_s=time_s,
            target=_target(self.bound, self.limits.gap),
            # From a plan on it is the bound that matters, which is proven sooner; without one simplex finds it sooner.
            method="simplex" if self.plan is None else "interior_point",
            on_moment=tell,
            should_stop=self.limits.should_stop,
        )


def _target(bound: float, gap: float) -> float:
    """The worst value whose relative gap to `bound` is closed: value - bound <= gap * |value|."""
    if not np.isfinite(bound) or gap <= 0:
        return -np.inf
    return bound / (1 - gap) if bound >= 0 and gap < 1 else bound / (1 + gap)


def _is_close(value: float, bound: float, gap: float) -> bool:
    return value <= _target(bound, gap) or value - bound <= gap * abs(value)
