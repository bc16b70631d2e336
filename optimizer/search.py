"""A good plan first: the relaxation, then the small program on the binaries it uses, then the whole with that start.

The relaxation proves a bound, and with these programs it is seldom more than a few percent from the optimum; what is
hard is a plan. The binaries that the relaxation leaves at zero are closed, the rest is solved, and if its plan already
lies within the asked gap of the relaxation's bound it is done: proven without the whole program ever being solved.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from time import perf_counter

import numpy as np

from optimizer.compile import Floats
from optimizer.engine import Answer, Engine
from optimizer.moments import Moment

SMALL = 200
"""Integer columns up to which a program is solved whole at once: that takes less than the steps would."""
RELAXATION_SHARE, RESTRICTED_SHARE = 0.4, 0.6
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


def search(engine: Engine, limits: Limits, start: Floats | None = None, bound: float = -np.inf) -> Answer:
    """Minimise what `engine` is set to, from the plan `start` if there is one; `bound` is proven already.

    With a plan to start from there is none to be found first, and the root of the whole program usually proves it.
    Every integer is free before and after.
    """
    if start is not None or engine.integers <= SMALL:
        return _whole(engine, limits, start, bound)
    engine.relax_integers()
    relaxed = engine.run(time_limit_s=RELAXATION_SHARE * limits.left_s, should_stop=limits.should_stop)
    engine.free_integers()
    if relaxed.ending in ("infeasible", "unbounded"):
        return relaxed
    if relaxed.ending != "optimal" or relaxed.values is None:
        return _whole(engine, limits, None, -np.inf)
    return _restricted(engine, limits, relaxed.values, relaxed.bound)


def _restricted(engine: Engine, limits: Limits, used: Floats, bound: float) -> Answer:
    """Near what is `used` first; what that leaves open, on the whole program from the plan found there."""
    engine.restrict_integers(used)
    near = _run(engine, limits, None, bound, RESTRICTED_SHARE * limits.left_s)
    engine.free_integers()
    if near.values is None or near.objective is None:
        return _whole(engine, limits, None, bound)
    if near.ending == "stopped":
        return replace(near, bound=bound)
    if _is_close(near.objective, bound, limits.gap):
        return replace(near, ending="optimal", bound=bound)
    return _whole(engine, limits, near.values, bound)


def _whole(engine: Engine, limits: Limits, start: Floats | None, bound: float) -> Answer:
    answer = _run(engine, limits, start, bound, limits.left_s)
    if answer.ending == "target":
        answer = replace(answer, ending="optimal")
    return replace(answer, bound=max(answer.bound, bound))


def _run(engine: Engine, limits: Limits, start: Floats | None, bound: float, time_s: float) -> Answer:
    """Until the gap to the bound already proven is closed, or the solver closes its own."""
    if start is not None:
        engine.start_from(start)
    told = limits.on_moment

    def tell(moment: Moment) -> None:
        if told is not None:
            told(replace(moment, bound=max(moment.bound, bound)))

    return engine.run(
        time_limit_s=time_s, target=_target(bound, limits.gap), on_moment=tell, should_stop=limits.should_stop
    )


def _target(bound: float, gap: float) -> float:
    """The worst value whose relative gap to `bound` is closed: value - bound <= gap * |value|."""
    if not np.isfinite(bound) or gap <= 0:
        return -np.inf
    return bound / (1 - gap) if bound >= 0 and gap < 1 else bound / (1 + gap)


def _is_close(value: float, bound: float, gap: float) -> bool:
    return value <= _target(bound, gap) or value - bound <= gap * abs(value)
