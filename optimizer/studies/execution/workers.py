"""Points answered by processes of their own, one solver thread each.

A process that dies takes one point with it, which is tried once more. Processes are started by spawn: a script that
uses them does its work under `if __name__ == "__main__":`, or it would start itself again in each of them.
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
from optimizer.search.lexicographic import ShouldStop
from optimizer.studies.execution.answering import Answering, Asked, Held, without_plan

GRACE_S = 60.0
"""Seconds past its limit after which a process that does not come back is killed: building and checking take some."""
LOOK_S = 0.1
"""Seconds between two looks at whether somebody asked to stop."""
AHEAD = 2
"""Points handed out for each process: one at work, one waiting, so that a stop leaves little undone."""
TRIES = 2

UNGUARDED = (
    "a study with several workers starts this script again in each of them: put what it does under "
    '`if __name__ == "__main__":`, or ask for workers=1'
)


class NoWorkers(RuntimeError):  # noqa: N818
    """Processes cannot be started, or all of them died before they answered anything."""


class Workers:
    """Hands points out to `count` processes."""

    def __init__(self, asked: Asked, count: int, should_stop: ShouldStop | None) -> None:
        """Nothing is started yet."""
        self._asked = asked
        self._count = count
        self._should_stop = should_stop
        self._held = Held()
        self._pool: ProcessPool | None = None

    def __enter__(self) -> Self:
        if getattr(current_process(), "_inheriting", False):  # this is such a process itself, being started
            raise NoWorkers(UNGUARDED)
        asked = self._asked
        self._pool = ProcessPool(
            max_workers=self._count,
            initializer=_prepare,
            initargs=(asked.problem.document, asked.config, asked.measures, asked.fidelity),
            context=get_context("spawn"),
        )
        return self

    def __exit__(self, *_: object) -> None:
        if self._pool is not None:
            self._pool.stop()  # type: ignore[no-untyped-call]
            self._pool.join()

    def base(self, point: Point) -> Row | None:
        """The problem as it stands."""
        for answer in self._answers([point], _base, ()):
            row: Row = answer if isinstance(answer, Row) else answer[0]
            self._held = Held() if isinstance(answer, Row) else answer[1]
            return row
        return None

    def rows(self, points: Sequence[Point]) -> Iterator[Row]:
        """As they come in."""
        yield from self._answers(points, _point, (self._held,))

    def _answers(self, points: Sequence[Point], task: Any, more: tuple[Any, ...]) -> Iterator[Any]:  # noqa: ANN401
        """What the task said of each point, or the row of a point whose process died twice."""
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
                    yield without_plan(self._asked, point, "solver_error", _said(failure))

    def _handed_out(self, task: Any, arguments: tuple[Any, ...]) -> Future[Any]:  # noqa: ANN401
        pool = self._pool
        if pool is None or not pool.active:
            raise NoWorkers(f"the processes that answer points could not be started; {UNGUARDED}")
        limit_s = self._asked.config.solver.time_limit_s + GRACE_S
        return pool.schedule(task, args=arguments, timeout=limit_s)


def _said(failure: BaseException) -> str:
    return f"the process that answered it ended twice: {type(failure).__name__}: {failure}"


_at_work: list[Answering] = []
"""In a worker process: who answers its points."""


def _prepare(document: dict[str, Any], config: Config, measures: tuple[str, ...], fidelity: Fidelity) -> None:
    """Make ready for points; Ctrl-C is for the process that asks."""
    from models.problem.problem import Problem  # noqa: PLC0415

    signal.signal(signal.SIGINT, signal.SIG_IGN)
    problem = Problem.model_validate(document)
    _at_work[:] = [Answering(Asked(problem=problem, config=config, measures=measures, fidelity=fidelity))]


def _base(point: Point) -> tuple[Row, Held]:
    return _at_work[0].base(point)


def _point(point: Point, held: Held) -> Row:
    return _at_work[0].point(point, held)
