"""The interface of executors, which solve the points of a study, and the executor within this process."""

from collections.abc import Iterator, Sequence
from typing import Protocol, Self

from models.study.point import Point
from models.study.report import Row
from optimizer.search.time_budget import ShouldStop
from optimizer.studies.execution.point_solver import PointSolver, StartingPoint, StudyBase


class Executor(Protocol):
    """Solves points; a context manager that releases everything at its end."""

    def base(self, point: Point) -> Row | None:
        """Solve the base problem, from which all other points start; None if stopped."""

    def rows(self, points: Sequence[Point]) -> Iterator[Row]:
        """Solve the other points; rows come in any order, and fewer than asked if stopped."""

    def __enter__(self) -> Self:
        """Start."""

    def __exit__(self, *_: object) -> None:
        """Stop whatever is still running."""


class Serial:
    """Solves points one after the other in this process."""

    def __init__(self, base: StudyBase, should_stop: ShouldStop | None) -> None:
        """Nothing is solved before the first point."""
        self._solver = PointSolver(base)
        self._should_stop = should_stop
        self.start = StartingPoint()
        """Where every point starts; that of the base problem once it is solved."""

    def base(self, point: Point) -> Row | None:
        """Solve the base problem; None if stopped."""
        row, self.start = self._solver.base(point, self._should_stop)
        return None if self._stopped() else row

    def rows(self, points: Sequence[Point]) -> Iterator[Row]:
        """Solve the other points in order; a point that a stop cut short gives no row."""
        for point in points:
            row = self._solver.point(point, self.start, self._should_stop)
            if self._stopped():
                return
            yield row

    def _stopped(self) -> bool:
        return self._should_stop is not None and self._should_stop()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        pass
