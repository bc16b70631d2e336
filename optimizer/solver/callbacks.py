"""Progress of a running solve, and requests to stop it."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from time import perf_counter
from typing import Any

import numpy as np

CUT_FIELDS = 7
"""Fields before which a line of the log is no row of the search's table."""
SECONDS = re.compile(r"[0-9.]+s")


@dataclass(frozen=True, kw_only=True)
class SolverProgress:
    """Progress of a run; incumbent and bound are those of the minimised objective."""

    incumbent: float
    bound: float
    nodes: int
    proven: float = -np.inf
    """The part of the bound that is proven from multipliers."""


class CutCounter:
    """Reads in the log of an integer run whether cuts or conflicts were found."""

    def __init__(self) -> None:
        """No cuts so far."""
        self.has_cuts = False

    def hear(self, event: Any) -> None:  # noqa: ANN401
        """Read one line of the log. Rows of the search's table end in cuts, cuts in the LP, conflicts, steps, time."""
        fields = event.message.split()
        if len(fields) > CUT_FIELDS and SECONDS.fullmatch(fields[-1]) and all(map(str.isdigit, fields[-5:-1])):
            self.has_cuts = self.has_cuts or int(fields[-5]) > 0 or int(fields[-3]) > 0


def _listener_of(
    on_solver_progress: Callable[[SolverProgress], None] | None, should_stop: Callable[[], bool] | None, unit: float
) -> Callable[[Any], None]:
    """The callback that HiGHS calls several times a second; `unit` is that of the solver's objective."""

    def listen(event: Any) -> None:  # noqa: ANN401
        # Set on every call: the flag outlives the run, and would stop the next run before it starts.
        event.interrupt(should_stop is not None and should_stop())
        if on_solver_progress is not None:
            out = event.data_out
            on_solver_progress(
                SolverProgress(
                    incumbent=out.mip_primal_bound * unit,
                    bound=out.mip_dual_bound * unit,
                    nodes=max(int(out.mip_node_count), 0),
                )
            )

    return listen


@contextmanager
def listening(
    highs: Any,  # noqa: ANN401
    on_solver_progress: Callable[[SolverProgress], None] | None,
    should_stop: Callable[[], bool] | None,
    *,
    unit: float,
    cuts: CutCounter | None = None,
) -> Iterator[None]:
    """Subscribe to HiGHS's callbacks during a run, if there is anything to report or ask: callbacks cost time."""
    if cuts is not None:
        with _subscribed((highs.cbLogging,), cuts.hear), listening(highs, on_solver_progress, should_stop, unit=unit):
            yield
        return
    if on_solver_progress is None and should_stop is None:
        yield
        return
    listener = _listener_of(on_solver_progress, should_stop, unit)
    with _subscribed((highs.cbMipInterrupt, highs.cbSimplexInterrupt, highs.cbIpmInterrupt), listener):
        yield


@contextmanager
def _subscribed(signals: tuple[Any, ...], listener: Callable[[Any], None]) -> Iterator[None]:
    for signal in signals:
        signal.subscribe(listener)
    try:
        yield
    finally:
        for signal in signals:
            signal.unsubscribe(listener)


class StallLimit:
    """Stops a search in which no better plan comes for `limit_s` seconds, once there is a plan."""

    def __init__(
        self,
        limit_s: float | None,
        on_solver_progress: Callable[[SolverProgress], None],
        should_stop: Callable[[], bool] | None,
        *,
        has_plan: bool,
        clock: Callable[[], float] = perf_counter,
    ) -> None:
        """Start the clock now if there is a plan, otherwise with the first plan."""
        self._limit_s, self._on_solver_progress, self._should_stop, self._clock = (
            limit_s,
            on_solver_progress,
            should_stop,
            clock,
        )
        self._best = np.inf
        self._improved_at: float | None = clock() if has_plan else None

    @property
    def has_limit(self) -> bool:
        """Whether a limit is set."""
        return self._limit_s is not None

    def hear(self, progress: SolverProgress) -> None:
        """Take note of progress, and pass it on."""
        if progress.incumbent < self._best:
            self._best, self._improved_at = progress.incumbent, self._clock()
        self._on_solver_progress(progress)

    def should_stop(self) -> bool:
        """Whether the caller wants to stop, or the limit has passed without a better plan."""
        if self._should_stop is not None and self._should_stop():
            return True
        if self._limit_s is None or self._improved_at is None:
            return False
        return self._clock() - self._improved_at > self._limit_s
