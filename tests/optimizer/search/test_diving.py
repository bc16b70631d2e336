"""From the relaxation to a plan: whole, within the rows, never better than the best, and none where none is near."""

from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.config import SolverConfig
from optimizer.arrays.array_types import Floats
from optimizer.arrays.solver_arrays import Arrays
from optimizer.arrays.sparse import from_dense
from optimizer.search.diving import Dive, bounds_near
from optimizer.solver.highs import HighsProgram
from optimizer.solver.statuses import RunResult
from tests.support.matrices import to_scipy


def binaries(matrix: list[list[float]], at_most: list[float]) -> Arrays:
    """matrix @ choices <= at_most."""
    rows = np.array(matrix, dtype=np.float64)
    return Arrays(
        matrix=from_dense(rows),
        row_lower=np.full(len(rows), -np.inf),
        row_upper=np.array(at_most, dtype=np.float64),
        column_lower=np.zeros(rows.shape[1]),
        column_upper=np.ones(rows.shape[1]),
        integer=np.ones(rows.shape[1], dtype=np.bool_),
    )


def dived(arrays: Arrays, cost: Floats) -> tuple[RunResult | None, RunResult]:
    """What the dive found, and the relaxation it began at."""
    engine = HighsProgram(arrays, SolverConfig())
    engine.minimise(cost, 0.0)
    engine.relax_integers()
    relaxed = engine.run(time_limit_s=10)
    assert relaxed.values is not None
    lower, upper = bounds_near(engine, relaxed.values)
    dive = Dive(program=engine, run=lambda: engine.run(time_limit_s=10), lower=lower, upper=upper)
    return dive.plan(), relaxed


def test_rounds_down_where_rounding_up_leaves_no_plan() -> None:
    """Maximise 3a + 2b with a + b <= 1.5: the relaxation takes a and half of b, worth 4.

    b is rounded up, which leaves half of a; up with a as well leaves no plan, so a is rounded down. What is found is
    worth 2, the best would be a alone for 3: a dive promises a plan, not the best.
    """
    found, relaxed = dived(binaries([[1, 1]], [1.5]), np.array([-3.0, -2.0]))
    assert relaxed.objective == pytest.approx(-4)
    assert found is not None
    assert found.values is not None
    assert found.values.tolist() == pytest.approx([0, 1])
    assert found.objective == pytest.approx(-2)


def test_what_the_relaxation_leaves_at_zero_stays_closed() -> None:
    """Maximise 4a + 0.1b + c with a + b <= 1 and a + c <= 1.5: the relaxation takes a and half of c, never b.

    Up with c leaves half of a, which cannot be rounded up beside it and is rounded down: that makes room for b, which
    stays closed all the same.
    """
    found, _ = dived(binaries([[1, 1, 0], [1, 0, 1]], [1, 1.5]), np.array([-4.0, -0.1, -1.0]))
    assert found is not None
    assert found.values is not None
    assert found.values.tolist() == pytest.approx([0, 0, 1])


def test_finds_nothing_where_neither_way_leads_on() -> None:
    """Half of a choice is asked for: the relaxation takes it, and no choice does."""
    found, relaxed = dived(binaries([[1], [-1]], [0.5, -0.5]), np.array([-1.0]))
    assert relaxed.objective == pytest.approx(-0.5)
    assert found is None


numbers = st.integers(-3, 6)


@given(st.data(), st.integers(2, 6), st.integers(1, 4))
def test_a_plan_is_whole_and_holds_and_beats_no_optimum(data: st.DataObject, columns: int, rows: int) -> None:
    matrix = data.draw(st.lists(st.lists(numbers, min_size=columns, max_size=columns), min_size=rows, max_size=rows))
    at_most = data.draw(st.lists(st.integers(0, 8), min_size=rows, max_size=rows))
    cost = -np.array(data.draw(st.lists(st.integers(0, 9), min_size=columns, max_size=columns)), dtype=np.float64)
    arrays = binaries([[float(entry) for entry in row] for row in matrix], [float(side) for side in at_most])
    found, relaxed = dived(arrays, cost)
    if found is None:
        return
    assert found.values is not None
    assert found.objective is not None
    assert relaxed.objective is not None
    choice = np.round(found.values)
    assert np.abs(found.values - choice).max() <= 1e-6
    assert (to_scipy(arrays.matrix) @ choice <= arrays.row_upper + 1e-6).all()
    best = min(
        cost @ np.array(one)
        for one in product((0, 1), repeat=columns)
        if (to_scipy(arrays.matrix) @ np.array(one) <= arrays.row_upper + 1e-9).all()
    )
    assert relaxed.objective - 1e-6 <= best <= found.objective + 1e-6
