"""Bounds of the columns that hold exactly: the program's own, and those that follow from its rows.

Every bound is rounded outward, so no rounding excludes a plan. Integer columns have whole bounds.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

import numpy as np
from scipy.sparse import csc_array

from optimizer.arrays.array_types import Floats, Mask
from optimizer.arrays.sparse import entry_columns
from optimizer.tolerances import UNDERFLOW, UNIT_ROUNDOFF

if TYPE_CHECKING:
    from optimizer.arrays.solver_arrays import Arrays

ROUNDS = 4
"""Rounds of propagation: enough to bound every column of the southern flank."""


@dataclass(frozen=True, kw_only=True)
class ColumnBounds:
    """lower <= x <= upper for every plan of the exact program; infinite if nothing bounds a column."""

    lower: Floats
    upper: Floats

    @property
    def is_infinite(self) -> Mask:
        """Which columns have an infinite bound on at least one side."""
        return ~(np.isfinite(self.lower) & np.isfinite(self.upper))

    def equals(self, other: Self) -> bool:
        """Whether all bounds are the same."""
        return np.array_equal(self.lower, other.lower) and np.array_equal(self.upper, other.upper)


def natural_bounds(arrays: "Arrays", rounding: float) -> ColumnBounds:
    """The program's own bounds; each may differ from the exact number by `rounding`, relative."""
    lower, upper = arrays.column_lower, arrays.column_upper
    return _whole(lower - _margin(lower, rounding), upper + _margin(upper, rounding), arrays.integer)


def propagated_bounds(arrays: "Arrays", rounding: float) -> ColumnBounds:
    """The bounds after at most `ROUNDS` rounds over all rows.

    Each coefficient, side and bound may differ from the exact number by `rounding`, relative.
    """
    bounds = natural_bounds(arrays, rounding)
    sides = (
        _UpperSides(arrays.matrix, arrays.row_upper, rounding),
        _UpperSides(-arrays.matrix, -arrays.row_lower, rounding),
    )
    for _ in range(ROUNDS):
        lower, upper = bounds.lower.copy(), bounds.upper.copy()
        with np.errstate(over="ignore", invalid="ignore"):
            for side in sides:
                side.tighten(lower, upper, bounds)
        tighter = _whole(lower, upper, arrays.integer)
        if tighter.equals(bounds):
            break
        bounds = tighter
    return bounds


def _margin(bounds: Floats, rounding: float) -> Floats:
    return np.where(np.isfinite(bounds), 4 * rounding * np.nan_to_num(np.abs(bounds)), 0.0)


def _whole(lower: Floats, upper: Floats, integer: Mask) -> ColumnBounds:
    """Round the bounds of integer columns inward: a whole number above 0.2 is at least 1."""
    return ColumnBounds(lower=np.where(integer, np.ceil(lower), lower), upper=np.where(integer, np.floor(upper), upper))


class _UpperSides:
    """The rows with a finite upper side, as the arrays row, column and value of their nonzero entries."""

    def __init__(self, matrix: csc_array, side: Floats, rounding: float) -> None:
        used = (matrix.data != 0) & np.isfinite(side)[matrix.indices]
        self._side, self._rounding = side, rounding
        self._row = matrix.indices[used]
        self._column = entry_columns(matrix)[used]
        self._value = matrix.data[used]
        self._rises = self._value > 0
        entries_of_row = np.bincount(self._row, minlength=len(side))
        self._row_error = (entries_of_row + 8) * UNIT_ROUNDOFF + 2 * rounding
        """Relative error of a row's activity: a product and an addition for each entry, and the input's rounding."""

    def tighten(self, lower: Floats, upper: Floats, bounds: ColumnBounds) -> None:
        """Tighten `lower` and `upper` in place by what each row implies for each of its columns within `bounds`."""
        smallest = self._value * np.where(self._rises, bounds.lower[self._column], bounds.upper[self._column])
        limit = self._greatest_products(smallest) / self._value
        margin = 4 * (UNIT_ROUNDOFF + self._rounding) * np.abs(limit) + UNDERFLOW
        is_limit = np.isfinite(limit)  # a quotient that overflows is no bound either
        is_upper, is_lower = is_limit & self._rises, is_limit & ~self._rises
        np.minimum.at(upper, self._column[is_upper], (limit + margin)[is_upper])
        np.maximum.at(lower, self._column[is_lower], (limit - margin)[is_lower])

    def _greatest_products(self, smallest: Floats) -> Floats:
        """For each entry, what its product with the column cannot exceed.

        That is the row's side minus the smallest activity of its other entries. `smallest` holds the smallest product
        of each entry, -inf if nothing bounds it. Returns inf if the other entries have no smallest activity.
        """
        is_finite = np.isfinite(smallest)
        products = np.where(is_finite, smallest, 0.0)
        infinite_others = self._sums((~is_finite).astype(np.float64))[self._row] - ~is_finite
        error = self._row_error * (self._sums(np.abs(products)) + np.abs(self._side)) + UNDERFLOW
        greatest = (self._side + error - self._sums(products))[self._row] + products
        return np.where((infinite_others == 0) & np.isfinite(greatest), greatest, np.inf)

    def _sums(self, of_entries: Floats) -> Floats:
        sums = np.bincount(self._row, weights=of_entries, minlength=len(self._side))
        return sums.astype(np.float64, copy=False)
