"""The executor that solves the first points in this process, and a long study in several."""

import os
from collections import deque
from collections.abc import Iterator, Sequence
from time import perf_counter
from typing import Self

from models.study.point import Point
from models.study.report import Row
from optimizer.search.time_budget import ShouldStop
from optimizer.studies.execution.executor import Serial
from optimizer.studies.execution.point_solver import StudyBase
from optimizer.studies.execution.processes import Processes, refuse_inside_worker

WORTH_S = 5.0
"""Seconds of work left from which processes are started: starting two takes about two seconds, in which this process
goes on at a reduced pace."""


def usable_cores() -> int:
    """Number of cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


class Workers(Serial):
    """Solves points in this process until `count` processes are ready, and then there.

    Processes are started as soon as the pace of the points so far shows that the study is long enough: at most one for
    each core, and none on a single core.
    """

    def __init__(self, base: StudyBase, count: int, should_stop: ShouldStop | None) -> None:
        """Nothing is started before the first points are solved."""
        super().__init__(base, should_stop)
        self._base, self._count = base, min(count, usable_cores())
        self._processes: Processes | None = None

    def __enter__(self) -> Self:
        refuse_inside_worker()
        return self

    def __exit__(self, *_: object) -> None:
        if self._processes is not None:
            self._processes.stop()

    def rows(self, points: Sequence[Point]) -> Iterator[Row]:
        """Solve the other points; rows come as they are ready."""
        waiting = deque(points)
        took_s, solved = 0.0, 0
        while waiting and not self._is_ready():
            began = perf_counter()
            found = tuple(super().rows([waiting.popleft()]))
            if not found:
                return
            took_s, solved = took_s + perf_counter() - began, solved + 1
            if self._processes is None and self._count > 1 and took_s / solved * len(waiting) >= WORTH_S:
                self._processes = Processes(self._base, self.start, self._count)
            yield from found
        if waiting and self._processes is not None:
            yield from self._processes.rows(waiting, self._should_stop)

    def _is_ready(self) -> bool:
        return self._processes is not None and self._processes.is_ready
