"""Which plan and which bound a search returns."""

from time import perf_counter

import numpy as np
import pytest
from scipy.sparse import csc_array

from models.config import SolverConfig
from optimizer.arrays.solver_arrays import Arrays
from optimizer.search.branch_and_dive import Limits, search
from optimizer.solver.highs import HighsProgram


def test_a_start_that_the_solver_rejects_is_not_returned() -> None:
    """x <= 1e6 y with y binary; the start has x = 1 at y = 9.9e-7. Minimising -x + 10 y, both zero are best: 0."""
    arrays = Arrays(
        matrix=csc_array(np.array([[1.0, -1e6]])),
        row_lower=np.array([-np.inf]),
        row_upper=np.array([0.0]),
        column_lower=np.zeros(2),
        column_upper=np.ones(2),
        integer=np.array([False, True]),
    )
    program = HighsProgram(arrays, SolverConfig())
    program.minimise(np.array([-1.0, 10.0]), 0.0)
    limits = Limits(until=perf_counter() + 5, gap=1e-4, on_solver_progress=None, should_stop=None)
    answer = search(program, limits, np.array([1.0, 9.9e-7]))
    assert answer.values is not None
    assert answer.objective is not None
    assert answer.objective == pytest.approx(0)
    assert answer.objective >= answer.bound - 1e-9
