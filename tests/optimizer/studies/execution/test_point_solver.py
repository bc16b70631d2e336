"""Where the solve of the base problem ends: at its first near plan if the study asks for bounds."""

from collections.abc import Iterator

import pytest

from models.config import Config
from models.study.point import Point
from models.study.spec import Fidelity
from optimizer.search import stages
from optimizer.search.stages import StagedSearch, StageResult
from optimizer.studies.execution import point_solver
from optimizer.studies.execution.point_solver import PointSolver, StudyBase
from tests.support.studies import smallest

UNCHANGED = Point(number=0, at={})


def solver(fidelity: Fidelity) -> PointSolver:
    return PointSolver(StudyBase(problem=smallest(), config=Config(), measures=("risk_reduction",), fidelity=fidelity))


@pytest.fixture
def wholes(monkeypatch: pytest.MonkeyPatch) -> list[StagedSearch]:
    """The searches that reached the whole program; small programs take every step before it."""
    reached: list[StagedSearch] = []
    whole = StagedSearch._whole
    monkeypatch.setattr(stages, "is_small", lambda _: False)

    def recorded(search: StagedSearch) -> Iterator[StageResult]:
        reached.append(search)
        return whole(search)

    monkeypatch.setattr(StagedSearch, "_whole", recorded)
    return reached


def test_the_base_of_bounds_ends_with_the_first_near_plan(wholes: list[StagedSearch]) -> None:
    row, start = solver("bound").base(UNCHANGED)
    assert wholes == []
    assert row.fidelity == "bound"
    assert row.measures["risk_reduction"] == pytest.approx(14)
    assert row.bound == pytest.approx(14)
    assert start.plan is not None
    assert start.basis is not None


def test_the_base_of_bounds_goes_on_from_a_plan_far_from_its_bound(
    wholes: list[StagedSearch], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(point_solver, "FIRST_GAP", -1.0)
    row, _ = solver("bound").base(UNCHANGED)
    assert len(wholes) == 1
    assert (row.fidelity, row.status) == ("solve", "optimal")


def test_the_base_of_solved_points_is_solved(wholes: list[StagedSearch]) -> None:
    row, _ = solver("solve").base(UNCHANGED)
    assert len(wholes) == 1
    assert (row.fidelity, row.status) == ("solve", "optimal")
