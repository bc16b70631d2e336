"""Processes that solve points: one that dies takes one point with it."""

import os
import signal
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from models.config import Config
from models.study.point import Point
from models.study.report import Row
from optimizer.studies.execution import processes
from optimizer.studies.execution.executor import Serial
from optimizer.studies.execution.point_solver import StartingPoint, StudyBase
from optimizer.studies.execution.processes import Processes
from tests.support.studies import MONEY, smallest


def asked() -> StudyBase:
    return StudyBase(problem=smallest(), config=Config(), measures=("risk_reduction",), fidelity="solve")


def a_point(number: int, **at: Any) -> Point:
    return Point.model_validate({"number": number, "at": at, "changes": [{"address": MONEY, "value": number}]})


def dies(point: Point, *_: Any) -> Row:
    """Die with the process, always (`always` in `at`) or the first time."""
    marker = point.at.get("marker")
    if marker == "always" or (marker and not Path(marker).exists()):
        if marker != "always":
            Path(marker).touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return Row(
        point=point,
        status="optimal",
        measures={},
        bound=None,
        proven=None,
        gap=None,
        proven_gap=None,
        fidelity="solve",
        plan_digest=None,
        reason=None,
    )


@contextmanager
def started(start: StartingPoint, count: int = 1) -> Iterator[Processes]:
    pool = Processes(asked(), start, count)
    try:
        yield pool
    finally:
        pool.stop()


def by_number(rows: Sequence[Row]) -> list[Row]:
    return sorted(rows, key=lambda row: row.point.number)


def test_a_point_whose_process_dies_is_tried_once_more(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(processes, "_point", dies)
    points = [a_point(1), a_point(2, marker=str(tmp_path / "died")), a_point(3, marker="always")]
    with started(StartingPoint()) as pool:
        rows = {row.point.number: row for row in pool.rows(points, None)}
    assert (rows[1].status, rows[2].status, rows[3].status) == ("optimal", "optimal", "solver_error")
    assert "ended twice" in (rows[3].reason or "")
    assert rows[3].measures == {"risk_reduction": None}


def test_the_rows_of_two_processes_are_those_of_this_one() -> None:
    points = [a_point(number) for number in range(1, 9)]
    here = Serial(asked(), None)
    base = here.base(Point(number=0, at={}))
    with started(here.start, count=2) as pool:
        there = tuple(pool.rows(points, None))
    assert base is not None
    assert base.measures == {"risk_reduction": pytest.approx(14)}
    assert by_number(there) == by_number(tuple(here.rows(points)))


def test_a_stop_ends_the_rows_of_processes() -> None:
    with started(StartingPoint()) as pool:
        assert tuple(pool.rows([a_point(1), a_point(2)], lambda: True)) == ()
