"""Bounds of the columns that hold exactly: the program's own, and those that follow from its rows.

Every bound is rounded outward, so no rounding excludes a plan. Integer columns have whole bounds.
"""

from dataclasses import dataclass
from typing import Self

import numpy as np

from optimizer.arrays.array_types import Floats, Mask
from optimizer.arrays.solver_arrays import Arrays
from optimizer.tolerances import UNDERFLOW, UNIT_ROUNDOFF

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


def natural_bounds(arrays: Arrays, rounding: float) -> ColumnBounds:
    """The program's own bounds; each may differ from the exact number by `rounding`, relative."""
    lower, upper = arrays.column_lower, arrays.column_upper
    return _whole(lower - _margin(lower, rounding), upper + _margin(upper, rounding), arrays.integer)


def propagated_bounds(arrays: Arrays, rounding: float) -> ColumnBounds:
    """The bounds after at most `ROUNDS` rounds over all rows.

    Each coefficient, side and bound may differ from the exact number by `rounding`, relative.
    """
    bounds, entries = natural_bounds(arrays, rounding), _Entries(arrays, rounding)
    for _ in range(ROUNDS):
        with np.errstate(over="ignore", invalid="ignore"):
            tighter = entries.tightened(bounds)
        if tighter.equals(bounds):
            break
        bounds = tighter
    return bounds


def _margin(bounds: Floats, rounding: float) -> Floats:
    return np.where(np.isfinite(bounds), 4 * rounding * np.nan_to_num(np.abs(bounds)), 0.0)


def _whole(lower: Floats, upper: Floats, integer: Mask) -> ColumnBounds:
    """Round the bounds of integer columns inward: a whole number above 0.2 is at least 1."""
    return ColumnBounds(lower=np.where(integer, np.ceil(lower), lower), upper=np.where(integer, np.floor(upper), upper))


class _Entries:
    """The nonzero entries of a matrix as three arrays: row, column and value."""

    def __init__(self, arrays: Arrays, rounding: float) -> None:
        matrix = arrays.matrix
        nonzero = matrix.data != 0
        self._arrays, self._rounding = arrays, rounding
        self._row_count, columns = matrix.shape
        self._row = matrix.indices[nonzero]
        self._column = np.repeat(np.arange(columns), np.diff(matrix.indptr))[nonzero]
        self._value = matrix.data[nonzero]
        entries_of_row = np.bincount(self._row, minlength=self._row_count)
        self._row_error = (entries_of_row + 8) * UNIT_ROUNDOFF + 2 * rounding
        """Relative error of a row's activity: a product and an addition for each entry, and the input's rounding."""

    def tightened(self, bounds: ColumnBounds) -> ColumnBounds:
        """The bounds after one round: each side of each row bounds each of its columns."""
        value, rises = self._value, self._value > 0
        lower, upper = bounds.lower[self._column], bounds.upper[self._column]
        least, most = value * np.where(rises, lower, upper), value * np.where(rises, upper, lower)
        new_lower, new_upper = bounds.lower.copy(), bounds.upper.copy()
        for factor, smallest, side in (
            (value, least, self._arrays.row_upper),
            (-value, -most, -self._arrays.row_lower),
        ):
            limit = self._greatest_products(smallest, side) / factor
            margin = 4 * (UNIT_ROUNDOFF + self._rounding) * np.abs(limit) + UNDERFLOW
            is_limit = np.isfinite(limit)  # a quotient that overflows is no bound either
            is_upper, is_lower = is_limit & (factor > 0), is_limit & (factor < 0)
            np.minimum.at(new_upper, self._column[is_upper], (limit + margin)[is_upper])
            np.maximum.at(new_lower, self._column[is_lower], (limit - margin)[is_lower])
        return _whole(new_lower, new_upper, self._arrays.integer)

    def _greatest_products(self, smallest: Floats, side: Floats) -> Floats:
        """For each entry, what its product with the column cannot exceed if the row's activity is at most `side`.

        That is the side minus the smallest activity of the row's other entries. `smallest` holds the smallest product
        of each entry, -inf if nothing bounds it. Returns inf if the other entries have no smallest activity.
        """
        is_finite = np.isfinite(smallest)
        products = np.where(is_finite, smallest, 0.0)
        infinite_others = self._sums((~is_finite).astype(np.float64))[self._row] - ~is_finite
        error = self._row_error * (self._sums(np.abs(products)) + np.abs(side)) + UNDERFLOW
        greatest = (side + error - self._sums(products))[self._row] + products
        return np.where((infinite_others == 0) & np.isfinite(greatest), greatest, np.inf)

    def _sums(self, of_entries: Floats) -> Floats:
        sums = np.bincount(self._row, weights=of_entries, minlength=self._row_count)
        return sums.astype(np.float64, copy=False)
