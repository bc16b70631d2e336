"""Whatever answers the points of a study, and the answer where it is this process itself."""

from collections.abc import Iterator, Sequence
from typing import Protocol, Self

from models.study.point import Point
from models.study.report import Row
from optimizer.search.lexicographic import ShouldStop
from optimizer.studies.execution.answering import Answering, Asked, Held


class Executor(Protocol):
    """Answers points; a context, at whose end nothing of it is left."""

    def base(self, point: Point) -> Row | None:
        """The problem as it stands, from which all other points start; None where it was stopped before the end."""

    def rows(self, points: Sequence[Point]) -> Iterator[Row]:
        """The others, in any order; fewer than were asked where it was stopped."""

    def __enter__(self) -> Self:
        """Begin."""

    def __exit__(self, *_: object) -> None:
        """End, whatever is still running."""


class Serial:
    """Answers point after point in this process."""

    def __init__(self, asked: Asked, should_stop: ShouldStop | None) -> None:
        """Nothing is solved yet."""
        self._answering = Answering(asked)
        self._should_stop = should_stop
        self._held = Held()

    def base(self, point: Point) -> Row | None:
        """The problem as it stands."""
        row, self._held = self._answering.base(point, self._should_stop)
        return None if self._stopped() else row

    def rows(self, points: Sequence[Point]) -> Iterator[Row]:
        """One after the other; what a stop cut short is no answer."""
        for point in points:
            row = self._answering.point(point, self._held, self._should_stop)
            if self._stopped():
                return
            yield row

    def _stopped(self) -> bool:
        return self._should_stop is not None and self._should_stop()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        pass
