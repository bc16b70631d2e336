"""What the solver is handed: arrays without names, and what is wrong with them if they are malformed."""

from collections.abc import Collection
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csc_array

from models.config import Group
from optimizer.arrays.compiled import CompiledProgram, Floats, relaxed


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
    def of(cls, compiled: CompiledProgram, relax: Collection[Group]) -> Self:
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

    def fits(self, lower: Floats, upper: Floats) -> bool:
        """Whether every column that is not basic stands at a bound that exists."""
        has_lower, has_upper = np.isfinite(lower), np.isfinite(upper)
        homeless = ((self.columns == LOWER) & ~has_lower) | ((self.columns == UPPER) & ~has_upper)
        return not (homeless | ((self.columns == ZERO) & (has_lower | has_upper))).any()

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
    """Rows of the program."""
    held: int
    """Rows after them that held objectives."""
    lower: Floats
    upper: Floats
    """The bounds of the columns when it was kept."""

    @cached_property
    def marks(self) -> Basis:
        """The same for another program, or another process."""
        columns, rows = self.kept.col_status, self.kept.row_status[: self.height]
        return Basis(columns=np.array(columns, dtype=np.int8), rows=np.array(rows, dtype=np.int8))

    def is_at_home(self, lower: Floats, upper: Floats, held: int) -> bool:
        """Whether it can be as it is where columns have these bounds and so many objectives are held."""
        now, then = ((np.isfinite(low), np.isfinite(high)) for low, high in ((lower, upper), (self.lower, self.upper)))
        return self.held == held and (all(map(np.array_equal, now, then)) or self.marks.fits(lower, upper))


def _carried(marks: Marks, places: NDArray[np.int64]) -> Marks:
    return np.append(marks, np.int8(UNKNOWN))[np.where(places < 0, len(marks), places)]


def inner(vector: Floats, values: Floats) -> float:
    """The sum of products. Not `@`: at this length it wakes a thread per core, which takes ten times the sum itself."""
    return float((vector * values).sum())
