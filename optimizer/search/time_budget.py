"""How the caller's time is divided, and whether the caller wants to stop."""

from collections.abc import Callable
from dataclasses import dataclass, field
from time import perf_counter

from optimizer.solver.statuses import Termination

FIRST_SHARE = 0.8
"""Share of the time limit for the first priority, if there are several."""
FIXED_AT_LEAST_S = 1.0
"""Seconds for a linear program with fixed integers even after the time limit, and for all of them after a stop. They
take milliseconds to seconds; without them, resources would stay spent for nothing."""
FREE_FACTOR = 10.0
"""A later priority may take at most this many times as long as the first priority, and at least a second."""
FREE_AT_LEAST_S = 1.0

ShouldStop = Callable[[], bool]


class Abandoned(Exception):  # noqa: N818  (not an error)
    """The caller does not want any answer; raised between two runs of the solver."""


@dataclass(kw_only=True)
class TimeBudget:
    """The time limit of one solve, by `time.perf_counter`."""

    started: float
    """When the caller's time began."""
    limit_s: float
    should_stop: ShouldStop | None = None
    is_abandoned: ShouldStop | None = None
    """Whether the caller does not even want the plan at hand."""
    _stopped_at: float | None = field(default=None, init=False)

    @property
    def elapsed_s(self) -> float:
        """Seconds since the start."""
        return perf_counter() - self.started

    @property
    def left_s(self) -> float:
        """Seconds left; negative after the limit."""
        return self.limit_s - self.elapsed_s

    @property
    def end(self) -> float:
        """When the time is up."""
        return self.started + self.limit_s

    @property
    def is_stopped(self) -> bool:
        """Whether the caller wants to stop."""
        if self.should_stop is None or not self.should_stop():
            return False
        if self._stopped_at is None:
            self._stopped_at = perf_counter()
        return True

    def is_grace_over(self) -> bool:
        """Whether the caller wants to stop, and the time for linear programs after a stop is used up."""
        return self.is_stopped and perf_counter() - (self._stopped_at or 0.0) > FIXED_AT_LEAST_S

    def fixed_integers_s(self) -> float:
        """Seconds for a linear program with fixed integers; raises `Abandoned`."""
        if self.is_abandoned is not None and self.is_abandoned():
            raise Abandoned
        return max(FIXED_AT_LEAST_S, self.left_s)

    def later_priority_s(self, first_took_s: float, still_to_come: int) -> float:
        """Seconds for a later priority, of which `still_to_come` share the time that is left."""
        return min(self.left_s / still_to_come, max(FREE_AT_LEAST_S, FREE_FACTOR * first_took_s))

    def cut_short(self) -> Termination:
        """Why a priority was cut short."""
        return "stopped" if self.is_stopped else "limit"
