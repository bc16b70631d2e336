"""Refuses arrays that HiGHS would accept silently and then crash on or solve to nonsense."""

import numpy as np

from models.errors import SolverFailure
from optimizer.arrays.array_types import Integers
from optimizer.arrays.program_diff import ProgramDiff
from optimizer.arrays.solver_arrays import Arrays


def validate(arrays: Arrays) -> None:
    """Raise `SolverFailure` if arrays are malformed."""
    matrix = arrays.matrix
    rows, columns = matrix.shape
    facts = {
        "a matrix entry is not finite": bool(np.isfinite(matrix.data).all()),
        "a row index is out of range": _within(matrix.indices, rows),
        "the column starts do not rise from 0 to the number of entries": bool(
            matrix.indptr[0] == 0
            and matrix.indptr[-1] == len(matrix.data) == len(matrix.indices)
            and (np.diff(matrix.indptr) >= 0).all()
        ),
        "an entry stands twice": matrix.has_canonical_format,
        "the row bounds have another length": len(arrays.row_lower) == len(arrays.row_upper) == rows,
        "the column bounds have another length": len(arrays.column_lower) == len(arrays.column_upper) == columns,
        "the integer marks have another length": len(arrays.integer) == columns,
        "a bound is not a number": not any(
            np.isnan(bound).any()
            for bound in (arrays.row_lower, arrays.row_upper, arrays.column_lower, arrays.column_upper)
        ),
    }
    _refuse("arrays", facts)


def validate_difference(difference: ProgramDiff, arrays: Arrays) -> None:
    """Raise `SolverFailure` if a difference to `arrays`, from arrays that were validated, is malformed."""
    rows, columns = arrays.matrix.shape
    sides, bounds, entries = difference.rows, difference.columns, difference.entries
    facts = {
        "a matrix entry is not finite": bool(np.isfinite(entries.value).all()),
        "a row index is out of range": _within(sides.number, rows) and _within(entries.row, rows),
        "a column index is out of range": _within(bounds.number, columns) and _within(entries.column, columns),
        "a bound is not a number": not any(
            np.isnan(bound).any() for bound in (sides.lower, sides.upper, bounds.lower, bounds.upper)
        ),
        "the column bounds have another length": len(arrays.column_lower) == len(arrays.column_upper) == columns,
    }
    _refuse("changes", facts)


def _within(numbers: Integers, count: int) -> bool:
    return len(numbers) == 0 or bool(numbers.min() >= 0 and numbers.max() < count)


def _refuse(what: str, facts: dict[str, bool]) -> None:
    broken = [fact for fact, holds in facts.items() if not holds]
    if broken:
        message = f"malformed {what}: {'; '.join(broken)}"
        raise SolverFailure(message)
