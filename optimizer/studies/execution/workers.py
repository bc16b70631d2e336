"""The executor that solves points in several processes, one solver thread each.

A process that dies loses one point, which is tried once more. Processes are started by spawn: a script that uses them
must do its work under `if __name__ == "__main__":`, or it would start itself again in each process.
"""

import signal
from collections import deque
from collections.abc import Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, wait
from multiprocessing import current_process, get_context
from typing import Any, Self

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


class Workers:
    """Distributes points over `count` processes."""

    def __init__(self, base: StudyBase, count: int, should_stop: ShouldStop | None) -> None:
        """Nothing is started before the context is entered."""
        self._base = base
        self._count = count
        self._should_stop = should_stop
        self._start = StartingPoint()
        self._pool: ProcessPool | None = None

    def __enter__(self) -> Self:
        if getattr(current_process(), "_inheriting", False):  # this is a worker process that is being started
            raise NoWorkers(UNGUARDED)
        base = self._base
        self._pool = ProcessPool(
            max_workers=self._count,
            initializer=_prepare,
            initargs=(base.problem.document, base.config, base.measures, base.fidelity),
            context=get_context("spawn"),
        )
        return self

    def __exit__(self, *_: object) -> None:
        if self._pool is not None:
            self._pool.stop()  # type: ignore[no-untyped-call]
            self._pool.join()

    def base(self, point: Point) -> Row | None:
        """Solve the base problem; None if stopped."""
        for answer in self._answers([point], _base, ()):
            row: Row = answer if isinstance(answer, Row) else answer[0]
            self._start = StartingPoint() if isinstance(answer, Row) else answer[1]
            return row
        return None

    def rows(self, points: Sequence[Point]) -> Iterator[Row]:
        """Solve the other points; rows come as they are ready."""
        yield from self._answers(points, _point, (self._start,))

    def _answers(self, points: Sequence[Point], task: Any, more: tuple[Any, ...]) -> Iterator[Any]:  # noqa: ANN401
        """The result of the task for each point, or the row of a point whose process died twice."""
        waiting = deque((point, TRIES) for point in points)
        running: dict[Future[Any], tuple[Point, int]] = {}
        while waiting or running:
            while waiting and len(running) < AHEAD * self._count:
                point, tries = waiting.popleft()
                running[self._handed_out(task, (point, *more))] = (point, tries)
            done, _ = wait(running, timeout=LOOK_S, return_when=FIRST_COMPLETED)
            if self._should_stop is not None and self._should_stop():
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

    def _handed_out(self, task: Any, arguments: tuple[Any, ...]) -> Future[Any]:  # noqa: ANN401
        pool = self._pool
        if pool is None or not pool.active:
            raise NoWorkers(f"no worker process could be started; {UNGUARDED}")
        limit_s = self._base.config.solver.time_limit_s + GRACE_S
        return pool.schedule(task, args=arguments, timeout=limit_s)


def _failure_reason(failure: BaseException) -> str:
    return f"the worker process of this point ended twice: {type(failure).__name__}: {failure}"


_SOLVERS: list[PointSolver] = []
"""In a worker process: its point solver."""


def _prepare(document: dict[str, Any], config: Config, measures: tuple[str, ...], fidelity: Fidelity) -> None:
    """Prepare a worker process; Ctrl-C is handled by the parent process."""
    from models.problem.problem import Problem  # noqa: PLC0415

    signal.signal(signal.SIGINT, signal.SIG_IGN)
    problem = Problem.model_validate(document)
    _SOLVERS[:] = [PointSolver(StudyBase(problem=problem, config=config, measures=measures, fidelity=fidelity))]


def _base(point: Point) -> tuple[Row, StartingPoint]:
    return _SOLVERS[0].base(point)


def _point(point: Point, start: StartingPoint) -> Row:
    return _SOLVERS[0].point(point, start)
