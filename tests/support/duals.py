"""Row duals of the optimizer's solver in the program's own units, and HiGHS without the optimizer around it."""

from typing import Any

import highspy
import numpy as np

from optimizer.arrays.array_types import Floats
from optimizer.arrays.solver_arrays import Arrays
from optimizer.solver.highs import HighsProgram


def row_duals(program: HighsProgram) -> Floats:
    """Return the duals after a linear run: of the rows, then of the bounded objectives."""
    scaled = np.array(program._highs.getSolution().row_dual)
    factors = [*program.scaling.rows, *(program._row_factor(vector) for vector, _ in program._bounded)]
    return scaled * np.array(factors) / program._objective_factor


def plain_highs(arrays: Arrays, vector: Floats, *, is_linear: bool = False) -> Any:
    """Return HiGHS after it minimised the program as it is, with no gap permitted and all else at its default."""
    highs, matrix = highspy.Highs(), arrays.matrix
    highs.setOptionValue("output_flag", False)
    highs.setOptionValue("mip_rel_gap", 0.0)
    rows, columns = matrix.shape
    highs.passModel(
        columns,
        rows,
        matrix.nnz,
        int(highspy.MatrixFormat.kColwise),
        int(highspy.ObjSense.kMinimize),
        0.0,
        vector,
        arrays.column_lower,
        arrays.column_upper,
        arrays.row_lower,
        arrays.row_upper,
        matrix.indptr.astype(np.int32),
        matrix.indices.astype(np.int32),
        matrix.data,
        np.where(is_linear, 0, arrays.integer).astype(np.int32),
    )
    highs.run()
    return highs
