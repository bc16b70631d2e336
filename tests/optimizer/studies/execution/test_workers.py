"""When a study starts processes: never a short one, and a long one once its pace is known."""

from collections.abc import Iterator, Sequence

import pytest

from models.config import Config
from models.study.point import Point
from models.study.report import Row
from optimizer.search.time_budget import ShouldStop
from optimizer.studies.execution import workers
from optimizer.studies.execution.executor import Serial
from optimizer.studies.execution.point_solver import StartingPoint, StudyBase
from optimizer.studies.execution.workers import Workers
from tests.support.studies import MONEY, smallest

BASE = StudyBase(problem=smallest(), config=Config(), measures=("risk_reduction",), fidelity="solve")
POINTS = [
    Point.model_validate({"number": number, "at": {}, "changes": [{"address": MONEY, "value": number}]})
    for number in range(1, 9)
]


class Recorded:
    """Processes that solve here, and are ready at the third question."""

    started: list["Recorded"] = []  # noqa: RUF012  (cleared by each test)

    def __init__(self, base: StudyBase, start: StartingPoint, count: int) -> None:
        self.count, self.start, self.base = count, start, base
        self.questions, self.points = 0, 0
        self.is_stopped = False
        self.started.append(self)

    @property
    def is_ready(self) -> bool:
        self.questions += 1
        return self.questions > 2

    def rows(self, points: Sequence[Point], should_stop: ShouldStop | None) -> Iterator[Row]:
        self.points = len(points)
        solver = Serial(self.base, should_stop)
        solver.start = self.start
        yield from solver.rows(points)

    def stop(self) -> None:
        self.is_stopped = True


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> list[Recorded]:
    monkeypatch.setattr(workers, "Processes", Recorded)
    monkeypatch.setattr(workers, "usable_cores", lambda: 2)
    Recorded.started.clear()
    return Recorded.started


def solved(should_stop: ShouldStop | None = None) -> list[int]:
    with Workers(BASE, 2, should_stop) as executor:
        executor.base(Point(number=0, at={}))
        return [row.point.number for row in executor.rows(POINTS)]


def test_a_short_study_starts_no_process(started: list[Recorded]) -> None:
    assert solved() == [point.number for point in POINTS]
    assert started == []


def test_a_long_study_goes_on_here_until_its_processes_are_ready(
    started: list[Recorded], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workers, "WORTH_S", 0.0)
    assert solved() == [point.number for point in POINTS]
    (processes,) = started
    assert (processes.count, processes.points, processes.is_stopped) == (2, len(POINTS) - 3, True)
    assert processes.start.plan is not None


def test_a_single_core_starts_no_process(started: list[Recorded], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workers, "WORTH_S", 0.0)
    monkeypatch.setattr(workers, "usable_cores", lambda: 1)
    assert solved() == [point.number for point in POINTS]
    assert started == []


def test_a_study_that_is_stopped_starts_no_process(started: list[Recorded], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workers, "WORTH_S", 0.0)
    assert solved(lambda: True) == []
    assert started == []
