"""Simplex bases: where a linear run ended, and how to start the next run there."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from optimizer.arrays.array_types import Floats, Positions

LOWER, BASIC, UPPER, ZERO, UNKNOWN = 0, 1, 2, 3, -1
"""Status of a column or row: nonbasic at its lower bound, basic, nonbasic at its upper bound, free at zero.

Equal to HiGHS's own codes, except UNKNOWN, which marks what the other program did not have.
"""
Marks = NDArray[np.int8]


@dataclass(frozen=True, kw_only=True)
class Basis:
    """A basis as plain arrays: one status for each column and row."""

    columns: Marks
    rows: Marks

    @property
    def marks(self) -> "Basis":
        """This basis; `SolverBasis` converts itself here."""
        return self

    def carried(self, columns: Positions, rows: Positions) -> "Basis":
        """The basis in another program.

        `columns` and `rows` give, for each new column and row, its position here; a negative position means new.
        """
        return Basis(columns=_carried(self.columns, columns), rows=_carried(self.rows, rows))

    def fits(self, lower: Floats, upper: Floats) -> bool:
        """Whether every nonbasic column is at a bound that exists."""
        has_lower, has_upper = np.isfinite(lower), np.isfinite(upper)
        misplaced = ((self.columns == LOWER) & ~has_lower) | ((self.columns == UPPER) & ~has_upper)
        return not (misplaced | ((self.columns == ZERO) & (has_lower | has_upper))).any()

    def fitting(self, lower: Floats, upper: Floats) -> "Basis":
        """The basis for other column bounds: nonbasic columns move to a bound that exists, new rows are basic."""
        is_placed = (
            (self.columns == BASIC)
            | ((self.columns == LOWER) & np.isfinite(lower))
            | ((self.columns == UPPER) & np.isfinite(upper))
        )
        nearest = np.where(np.isfinite(lower), LOWER, np.where(np.isfinite(upper), UPPER, ZERO))
        return Basis(
            columns=np.where(is_placed, self.columns, nearest).astype(np.int8),
            rows=np.where(self.rows == UNKNOWN, BASIC, self.rows).astype(np.int8),
        )


@dataclass(frozen=True, kw_only=True)
class SolverBasis:
    """A basis as the solver's own object: converting it to arrays takes longer than many a run."""

    native: Any
    """The solver's object."""
    row_count: int
    """Rows of the program, without the rows that bound objectives."""
    bounded_objectives: int
    """Rows after them that bound objectives."""
    lower: Floats
    upper: Floats
    """Column bounds at the time."""

    @cached_property
    def marks(self) -> Basis:
        """The basis as plain arrays, for another program or another process."""
        columns, rows = self.native.col_status, self.native.row_status[: self.row_count]
        return Basis(columns=np.array(columns, dtype=np.int8), rows=np.array(rows, dtype=np.int8))

    def can_be_reused(self, lower: Floats, upper: Floats, bounded_objectives: int) -> bool:
        """Whether the native object can be set as it is, given column bounds and the number of bounded objectives."""
        now, then = ((np.isfinite(low), np.isfinite(high)) for low, high in ((lower, upper), (self.lower, self.upper)))
        return self.bounded_objectives == bounded_objectives and (
            all(map(np.array_equal, now, then)) or self.marks.fits(lower, upper)
        )


AnyBasis = Basis | SolverBasis


def _carried(marks: Marks, positions: Positions) -> Marks:
    return np.append(marks, np.int8(UNKNOWN))[np.where(positions < 0, len(marks), positions)]
