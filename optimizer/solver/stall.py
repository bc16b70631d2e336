"""A limit on patience: how long a search may go on without a better plan, once there is one."""

from collections.abc import Callable
from time import perf_counter

import numpy as np

from optimizer.solver.callbacks import Moment


class StallLimit:
    """Between the solver and who listens to it: hears every moment, and asks for a stop when nothing gets better."""

    def __init__(
        self,
        limit_s: float | None,
        on_moment: Callable[[Moment], None],
        should_stop: Callable[[], bool] | None,
        *,
        has_plan: bool,
        clock: Callable[[], float] = perf_counter,
    ) -> None:
        """The time begins with the first plan, or now if there is one."""
        self._limit_s, self._on_moment, self._should_stop, self._clock = limit_s, on_moment, should_stop, clock
        self._best = np.inf
        self._better_at: float | None = clock() if has_plan else None

    @property
    def has_limit(self) -> bool:
        """Whether there is anything to look after."""
        return self._limit_s is not None

    def hear(self, moment: Moment) -> None:
        """A moment of the solve; passed on."""
        if moment.incumbent < self._best:
            self._best, self._better_at = moment.incumbent, self._clock()
        self._on_moment(moment)

    def should_stop(self) -> bool:
        """Whether somebody wants it to stop, or no better plan came for too long."""
        if self._should_stop is not None and self._should_stop():
            return True
        if self._limit_s is None or self._better_at is None:
            return False
        return self._clock() - self._better_at > self._limit_s
