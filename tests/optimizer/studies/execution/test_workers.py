"""Processes that answer points: one that dies takes one point with it."""

import os
import signal
from pathlib import Path
from typing import Any

import pytest

from models.config import Config
from models.study.point import Point
from models.study.report import Row
from optimizer.studies.execution import workers
from optimizer.studies.execution.point_solver import StudyBase
from optimizer.studies.execution.workers import Workers
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


def test_a_point_whose_process_dies_is_tried_once_more(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workers, "_point", dies)
    points = [a_point(1), a_point(2, marker=str(tmp_path / "died")), a_point(3, marker="always")]
    with Workers(asked(), 1, None) as executor:
        rows = {row.point.number: row for row in executor.rows(points)}
    assert (rows[1].status, rows[2].status, rows[3].status) == ("optimal", "optimal", "solver_error")
    assert "ended twice" in (rows[3].reason or "")
    assert rows[3].measures == {"risk_reduction": None}


def test_the_problem_as_it_stands_comes_first() -> None:
    with Workers(asked(), 1, None) as executor:
        base = executor.base(Point(number=0, at={}))
        (row,) = executor.rows([a_point(2)])
    assert base is not None
    assert (base.measures, row.measures) == ({"risk_reduction": 14.0}, {"risk_reduction": 9.0})
