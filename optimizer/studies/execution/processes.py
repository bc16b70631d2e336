"""Solves points in several processes, one solver thread each.

A process that dies loses one point, which is tried once more. Processes are started by spawn: a script that uses them
must do its work under `if __name__ == "__main__":`, or it would start itself again in each process.
"""

import signal
from collections import deque
from collections.abc import Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, wait
from multiprocessing import current_process, get_context
from typing import Any

from pebble import ProcessPool

from models.config import Config
from models.study.point import Point
from models.study.report import Row
from models.study.spec import Fidelity
from optimizer.search.time_budget import ShouldStop
from optimizer.studies.execution.point_solver import PointSolver, StartingPoint, StudyBase, without_plan

GRACE_S = 60.0
"""Seconds after its time limit until a process is killed: writing the program and checking the plan take some."""
LOOK_S = 0.1
"""Seconds between two calls of `should_stop`."""
AHEAD = 2
"""Points handed out per process: one running, one waiting. After a stop few are wasted."""
TRIES = 2

UNGUARDED = (
    "a study with several workers starts this script again in each worker: put its work under "
    '`if __name__ == "__main__":`, or ask for workers=1'
)


class NoWorkers(RuntimeError):  # noqa: N818
    """No process could be started, or all of them died before the first row."""


def refuse_inside_worker() -> None:
    """Raise `NoWorkers` in a process that is being started: its script has no guard."""
    if getattr(current_process(), "_inheriting", False):
        raise NoWorkers(UNGUARDED)


class Processes:
    """`count` processes that solve points from the same start; they begin to start when this object is created."""

    def __init__(self, base: StudyBase, start: StartingPoint, count: int) -> None:
        """Begin to start the processes, and return at once."""
        self._base = base
        self._count = count
        self._pool = ProcessPool(
            max_workers=count,
            initializer=_prepare,
            initargs=(base.problem.document, base.config, base.measures, base.fidelity, start),
            context=get_context("spawn"),
        )
        self._preparation = self._pool.schedule(_confirm_prepared)

    def stop(self) -> None:
        """End the processes, and whatever they still solve."""
        self._pool.stop()  # type: ignore[no-untyped-call]
        self._pool.join()

    @property
    def is_ready(self) -> bool:
        """Whether a process can solve. Raises `NoWorkers` if none could be started."""
        self._require_active()
        return self._preparation.done()

    def rows(self, points: Sequence[Point], should_stop: ShouldStop | None) -> Iterator[Row]:
        """Solve points; rows come as they are ready. A point whose process died twice has a row without a plan."""
        waiting = deque((point, TRIES) for point in points)
        running: dict[Future[Row], tuple[Point, int]] = {}
        while waiting or running:
            while waiting and len(running) < AHEAD * self._count:
                point, tries = waiting.popleft()
                running[self._handed_out(point)] = (point, tries)
            done, _ = wait(running, timeout=LOOK_S, return_when=FIRST_COMPLETED)
            if should_stop is not None and should_stop():
                return
            for future in done:
                point, tries = running.pop(future)
                failure = future.exception()
                if failure is None:
                    yield future.result()
                elif tries > 1:
                    waiting.append((point, tries - 1))
                else:
                    yield without_plan(self._base, point, "solver_error", _failure_reason(failure))

    def _handed_out(self, point: Point) -> Future[Row]:
        self._require_active()
        limit_s = self._base.config.solver.time_limit_s + GRACE_S
        return self._pool.schedule(_point, args=(point,), timeout=limit_s)

    def _require_active(self) -> None:
        if not self._pool.active:
            raise NoWorkers(f"no worker process could be started; {UNGUARDED}")


def _failure_reason(failure: BaseException) -> str:
    return f"the worker process of this point ended twice: {type(failure).__name__}: {failure}"


_SOLVERS: list[tuple[PointSolver, StartingPoint]] = []
"""In a worker process: its point solver, and where every point starts."""


def _prepare(
    document: dict[str, Any], config: Config, measures: tuple[str, ...], fidelity: Fidelity, start: StartingPoint
) -> None:
    """Prepare a worker process; Ctrl-C is handled by the parent process."""
    from models.problem.problem import Problem  # noqa: PLC0415

    signal.signal(signal.SIGINT, signal.SIG_IGN)
    base = StudyBase(problem=Problem.model_validate(document), config=config, measures=measures, fidelity=fidelity)
    _SOLVERS[:] = [(PointSolver(base), start)]


def _confirm_prepared() -> None:
    """Do nothing. When this task completes, `_prepare` has completed."""


def _point(point: Point) -> Row:
    solver, start = _SOLVERS[0]
    return solver.point(point, start)
