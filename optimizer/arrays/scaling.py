"""Scaling by powers of two: the solver's absolute tolerances become relative to what rows and columns measure.

A document may count money in EUR or in thousand million EUR. HiGHS compares with absolute tolerances, drops
coefficients below 1e-9 and takes numbers from 1e20 on as infinite, so it receives every program scaled: entry, side and
bound near 1 (least squares of the logarithms; Curtis and Reid 1972). Powers of two change no digit. Integer columns
keep their unit.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.sparse import csc_array

from optimizer.arrays.array_types import Floats, Integers, Mask, Positions
from optimizer.tolerances import DUST

PASSES = 6
"""Passes over rows and columns; more change no factor by more than a power of two on programs of every size."""
MOST_OFF = 2.0**20
"""Greatest factor by which a scaled entry may differ from 1, about a million; HiGHS drops entries below 1e-9."""


LEAST_SIDE = 2.0**-13
"""Least scaled side of a row that keeps its factors when a program changes: a thousand times the tolerance of a row."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Scaling:
    """Factors, all powers of two: a row is multiplied by its own, a column's unit is its own many of the document's."""

    rows: Floats
    columns: Floats

    def entries(self, row: Integers, column: Integers, values: Floats) -> Floats:
        """Entries of the matrix, scaled."""
        return values * self.rows[row] * self.columns[column]

    def without_dust(self, values: Floats) -> Floats:
        """Values of the columns, where those that are only rounding count as 0."""
        return np.where(np.abs(values) <= DUST * self.columns, 0.0, values)

    def has_small_sides(self, row: Integers, sides: Sequence[Floats]) -> bool:
        """Whether sides of rows come so near the solver's tolerances that other factors serve better."""
        scaled = np.abs(np.concatenate([side * self.rows[row] for side in sides]))
        return bool(((scaled > 0) & (scaled < LEAST_SIDE)).any())

    def is_far_off(self, row: Integers, column: Integers, values: Floats) -> Mask:
        """Whether scaled entries are too far from 1 for the solver."""
        scaled = np.abs(self.entries(row, column, values))
        return (scaled > 0) & ((scaled > MOST_OFF) | (scaled < 1 / MOST_OFF))


def scaling_of(
    matrix: csc_array, row_sides: tuple[Floats, Floats], column_bounds: tuple[Floats, Floats], integer: Mask
) -> Scaling:
    """The factors of a program."""
    height, width = matrix.shape
    row, column = matrix.indices, np.repeat(np.arange(width), np.diff(matrix.indptr))
    is_entry = matrix.data != 0
    row, column, size = row[is_entry], column[is_entry], np.log2(np.abs(matrix.data[is_entry]))
    sides, side_count = _logarithms(*row_sides)
    bounds, bound_count = _greatest_logarithm(*column_bounds)
    in_row, in_column = np.bincount(row, minlength=height), np.bincount(column, minlength=width)
    bound_weight = bound_count * np.maximum(in_column, 1)
    of_rows, of_columns = np.zeros(height), np.zeros(width)
    free = np.flatnonzero(~integer)
    for _ in range(PASSES):
        total = np.bincount(row, size + of_columns[column], minlength=height) + sides
        of_rows = -total / np.maximum(in_row + side_count, 1)
        total = bound_weight * bounds - np.bincount(column, size + of_rows[row], minlength=width)
        of_columns[free] = (total / np.maximum(in_column + bound_weight, 1))[free]
    return Scaling(rows=np.exp2(np.round(of_rows)), columns=np.exp2(np.round(of_columns)))


def power_near(value: float) -> float:
    """The greatest power of two up to `value`; 1 for 0."""
    return float(np.exp2(np.floor(np.log2(value)))) if value > 0 else 1.0


def _logarithms(lower: Floats, upper: Floats) -> tuple[Floats, Positions]:
    """For each row the sum of the logarithms of its sides, and how many there are."""
    total, count = np.zeros(len(lower)), np.zeros(len(lower), dtype=np.int64)
    for side in (lower, upper):
        counts = np.isfinite(side) & (side != 0)
        total[counts] += np.log2(np.abs(side[counts]))
        count += counts
    return total, count


def _greatest_logarithm(lower: Floats, upper: Floats) -> tuple[Floats, Positions]:
    """For each column the logarithm of its greatest finite bound, and whether it has one."""
    greatest = np.maximum(*(np.where(np.isfinite(bound), np.abs(bound), 0.0) for bound in (lower, upper)))
    has_bound = greatest > 0
    return np.log2(np.where(has_bound, greatest, 1.0)), has_bound.astype(np.int64)
