"""What the solver is handed: arrays without names, and what is wrong with them if they are malformed."""

from collections.abc import Collection
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csc_array

from models.config import Group
from models.errors import SolverFailure
from optimizer.compile import Compiled, Floats, relaxed


@dataclass(frozen=True, kw_only=True)
class Arrays:
    """A minimisation without its objective: columns, rows, which columns are integer."""

    matrix: csc_array
    row_lower: Floats
    row_upper: Floats
    column_lower: Floats
    column_upper: Floats
    integer: NDArray[np.bool_]

    @classmethod
    def of(cls, compiled: Compiled, relax: Collection[Group]) -> Self:
        """The arrays of a compiled program with some groups relaxed."""
        bounds = relaxed(compiled, relax)
        return cls(
            matrix=compiled.matrix,
            row_lower=bounds.row_lower,
            row_upper=bounds.row_upper,
            column_lower=compiled.column_lower,
            column_upper=bounds.column_upper,
            integer=compiled.integer,
        )


LOWER, BASIC, UPPER, ZERO, UNKNOWN = 0, 1, 2, 3, -1
"""The solver's marks: not basic and at the lower bound, basic, at the upper bound, free and at zero; ours: new."""
Marks = NDArray[np.int8]


@dataclass(frozen=True, kw_only=True)
class Basis:
    """Where a linear run ended, to start the next one from: a mark for each column and row."""

    columns: Marks
    rows: Marks

    @property
    def marks(self) -> "Basis":
        """Itself: these are marks."""
        return self

    def carried(self, columns: NDArray[np.int64], rows: NDArray[np.int64]) -> "Basis":
        """The same in another program, given the place here of each column and row there; below 0 for new ones."""
        return Basis(columns=_carried(self.columns, columns), rows=_carried(self.rows, rows))

    def fitting(self, lower: Floats, upper: Floats) -> "Basis":
        """The same where columns have these bounds: what is not basic stands at one that exists; new rows are basic."""
        at_home = (
            (self.columns == BASIC)
            | ((self.columns == LOWER) & np.isfinite(lower))
            | ((self.columns == UPPER) & np.isfinite(upper))
        )
        nearest = np.where(np.isfinite(lower), LOWER, np.where(np.isfinite(upper), UPPER, ZERO))
        return Basis(
            columns=np.where(at_home, self.columns, nearest).astype(np.int8),
            rows=np.where(self.rows == UNKNOWN, BASIC, self.rows).astype(np.int8),
        )


@dataclass(frozen=True, kw_only=True)
class KeptBasis:
    """Where a linear run ended, as the solver itself keeps it: reading its marks takes longer than many a run."""

    kept: Any
    """The solver's own object."""
    height: int
    """Rows of the program; those after them hold objectives."""
    is_whole: bool
    """Whether there were none after them."""
    lower: Floats
    upper: Floats
    """The bounds of the columns when it was kept."""

    @cached_property
    def marks(self) -> Basis:
        """The same for another program, or another process."""
        columns, rows = self.kept.col_status, self.kept.row_status[: self.height]
        return Basis(columns=np.array(columns, dtype=np.int8), rows=np.array(rows, dtype=np.int8))

    def is_at_home(self, lower: Floats, upper: Floats) -> bool:
        """Whether every column has a bound where it had one, so that the solver can take it as it is."""
        now, then = ((np.isfinite(low), np.isfinite(high)) for low, high in ((lower, upper), (self.lower, self.upper)))
        return self.is_whole and all(map(np.array_equal, now, then))


def _carried(marks: Marks, places: NDArray[np.int64]) -> Marks:
    return np.append(marks, np.int8(UNKNOWN))[np.where(places < 0, len(marks), places)]


def validate(arrays: Arrays) -> None:
    """Refuse what HiGHS accepts in silence and then dies of, or solves to nonsense; raises `SolverFailure`."""
    matrix = arrays.matrix
    rows, columns = matrix.shape
    facts = {
        "a matrix entry is not finite": np.isfinite(matrix.data).all(),
        "a row index is out of range": matrix.nnz == 0 or (matrix.indices.min() >= 0 and matrix.indices.max() < rows),
        "the column starts do not rise from 0 to the number of entries": matrix.indptr[0] == 0
        and matrix.indptr[-1] == matrix.nnz == len(matrix.data) == len(matrix.indices)
        and bool((np.diff(matrix.indptr) >= 0).all()),
        "an entry stands twice": matrix.has_canonical_format,
        "the row bounds have another length": len(arrays.row_lower) == len(arrays.row_upper) == rows,
        "the column bounds have another length": len(arrays.column_lower) == len(arrays.column_upper) == columns,
        "the integer marks have another length": len(arrays.integer) == columns,
        "a bound is not a number": not any(
            np.isnan(bound).any()
            for bound in (arrays.row_lower, arrays.row_upper, arrays.column_lower, arrays.column_upper)
        ),
    }
    broken = [fact for fact, holds in facts.items() if not holds]
    if broken:
        message = f"malformed arrays: {'; '.join(broken)}"
        raise SolverFailure(message)


def inner(vector: Floats, values: Floats) -> float:
    """The sum of products. Not `@`: at this length it wakes a thread per core, which takes ten times the sum itself."""
    return float((vector * values).sum())
