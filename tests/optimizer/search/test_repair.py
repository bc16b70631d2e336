"""A plan that cannot be held gives way, as little as it must."""

import numpy as np
import pytest

from models.config import SolverConfig
from optimizer.arrays.array_types import Floats
from optimizer.arrays.solver_arrays import Arrays
from optimizer.arrays.sparse import from_dense
from optimizer.search.repair import ConflictRepair, with_whole_integers
from optimizer.solver.highs import HighsProgram
from optimizer.solver.statuses import RunResult

WORTH = np.array([-5.0, -4.0, -3.0, -1.0])


def a_program(rows: list[list[float]], lower: list[float], upper: list[float], most: list[float]) -> Arrays:
    """Three binaries and an amount."""
    return Arrays(
        matrix=from_dense(np.array(rows)),
        row_lower=np.array(lower),
        row_upper=np.array(upper),
        column_lower=np.zeros(4),
        column_upper=np.array(most),
        integer=np.array([True, True, True, False]),
    )


def conceded(arrays: Arrays, plan: list[float]) -> Floats | None:
    engine = HighsProgram(arrays, SolverConfig(), is_linear=True)
    engine.minimise(WORTH, 0.0)

    def run() -> RunResult:
        return engine.run(time_limit_s=10)

    return ConflictRepair(
        program=engine, arrays=arrays, chosen=with_whole_integers(arrays, np.array(plan)), run=run
    ).plan()


def test_what_stands_in_the_way_is_dropped_and_the_rest_stays() -> None:
    """The first two do not fit together any longer; the third is in another row."""
    arrays = a_program([[2, 2, 0, 0], [0, 0, 1, 1]], [-np.inf] * 2, [3, 1.5], [1, 1, 1, 9])
    plan = conceded(arrays, [1, 1, 1, 0])
    assert plan is not None
    assert plan[:3].tolist() in ([1, 0, 1], [0, 1, 1])
    assert plan[3] == pytest.approx(0.5)


def test_what_depends_on_something_closed_goes_with_it() -> None:
    """The second needs the first, the amount needs the second; the first is closed now."""
    arrays = a_program([[-1, 1, 0, 0], [0, -9, 0, 1]], [-np.inf] * 2, [0, 0], [0, 1, 1, 9])
    assert conceded(arrays, [1, 1, 1, 9]) == pytest.approx([0, 0, 1, 0])


def test_what_is_demanded_is_met_by_something_else() -> None:
    """One of the first two must be; the first is closed now."""
    arrays = a_program([[1, 1, 0, 0], [0, 0, 0, 1]], [1, -np.inf], [np.inf, 2], [0, 1, 1, 9])
    assert conceded(arrays, [1, 0, 0, 0]) == pytest.approx([0, 1, 0, 2])


def test_a_plan_that_holds_is_left_as_it_is() -> None:
    arrays = a_program([[2, 2, 0, 0], [0, 0, 1, 1]], [-np.inf] * 2, [9, 9], [1, 1, 1, 1])
    assert conceded(arrays, [1, 0, 1, 0]) == pytest.approx([1, 0, 1, 1])


def test_where_nothing_helps_there_is_none() -> None:
    arrays = a_program([[1, 1, 1, 0], [0, 0, 0, 1]], [4, -np.inf], [np.inf, 2], [1, 1, 1, 9])
    assert conceded(arrays, [1, 0, 0, 0]) is None
