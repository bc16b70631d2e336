"""What the solver says of itself while it runs and in the end, and how it is told to stop."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Literal

from models.outcome import FoundBy
from optimizer.arrays.compiled import Floats

Ending = Literal["optimal", "target", "limit", "share", "stalled", "stopped", "infeasible", "unbounded"]
"""`share` is the end of what a later level gets of the time, while there is some left."""

ENDINGS: dict[str, Ending] = {
    "kOptimal": "optimal",
    "kModelEmpty": "optimal",
    "kInfeasible": "infeasible",
    "kUnbounded": "unbounded",
    "kObjectiveTarget": "target",
    "kTimeLimit": "limit",
    "kIterationLimit": "limit",
    "kSolutionLimit": "limit",
    "kMemoryLimit": "limit",
    "kInterrupt": "stopped",
    "kHighsInterrupt": "stopped",
}
"""What each status of HiGHS means here. Those missing (errors, unknown, bounds nobody sets) are failures."""


@dataclass(frozen=True, kw_only=True)
class Moment:
    """A moment of a running solve; incumbent and bound in the sense of the minimised vector."""

    incumbent: float
    bound: float
    nodes: int


@dataclass(frozen=True, kw_only=True)
class Answer:
    """How a run ended: the values of the columns (None without a plan), the objective and its proven bound."""

    ending: Ending
    values: Floats | None
    objective: float | None
    bound: float
    nodes: int
    found_by: FoundBy | None = None
    """How the plan was found; None where it is the one to start from, or nobody asked."""


def _listener_of(
    on_moment: Callable[[Moment], None] | None, should_stop: Callable[[], bool] | None
) -> Callable[[Any], None]:
    """What the solver calls several times a second."""

    def listen(event: Any) -> None:  # noqa: ANN401
        # Said every time: the flag outlives the run, and would stop the next one before it has begun.
        event.interrupt(should_stop is not None and should_stop())
        if on_moment is not None:
            out = event.data_out
            on_moment(
                Moment(incumbent=out.mip_primal_bound, bound=out.mip_dual_bound, nodes=max(int(out.mip_node_count), 0))
            )

    return listen


@contextmanager
def listening(
    highs: Any,  # noqa: ANN401
    on_moment: Callable[[Moment], None] | None,
    should_stop: Callable[[], bool] | None,
) -> Iterator[None]:
    """Hear what the solver says while it runs, if anybody wants to: that takes time in short runs."""
    if on_moment is None and should_stop is None:
        yield
        return
    listener = _listener_of(on_moment, should_stop)
    signals = (highs.cbMipInterrupt, highs.cbSimplexInterrupt, highs.cbIpmInterrupt)
    for signal in signals:
        signal.subscribe(listener)
    try:
        yield
    finally:
        for signal in signals:
            signal.unsubscribe(listener)
