"""Scaling by powers of two: the solver's absolute tolerances become relative to what rows and columns measure.

A document may count money in EUR or in thousand million EUR, and a budget may be a million times what is needed. HiGHS
compares with absolute tolerances, drops coefficients below 1e-9 and takes numbers from 1e20 on as infinite. So it
receives every continuous column in a unit near its greatest useful value, and every row in a unit near its greatest
term. Powers of two change no digit. Integer columns keep their unit.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from optimizer.arrays.array_types import AnyIntegers, Floats, Integers, Mask
from optimizer.arrays.sparse import SparseMatrix, entry_columns
from optimizer.tolerances import DUST

ROUNDS = 200
"""Greatest number of passes over the rows: what one row says reaches the next in the next pass, and risks are linked
from period to period."""
CIRCLE = 50
"""Passes without a change after which a range counts as settled if others change for ever."""
SETTLED = 0.9
"""A range that a pass changes by less than this factor has settled: only powers of two count."""
GREATEST_POWER = 300
"""Greatest power of two of a factor: beyond it, products of factors and numbers would overflow."""
MOST_OFF = 2.0**20
"""Greatest factor by which a changed entry may exceed 1 before other factors serve better; about a million."""
OUT_OF_REACH = 1e19
"""Scaled side of a row that no plan reaches, since terms are near 1; HiGHS refuses a lower side from 1e20 on."""
LEAST_SIDE = 2.0**-13
"""Least scaled side of a changed row that keeps its factor: a thousand times the tolerance of a row."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Scaling:
    """Factors, all powers of two: a row is multiplied by its own, a column's unit is its own many of the document's."""

    rows: Floats
    columns: Floats
    ranges: "Ranges"
    """How far the columns may go, in the document's units."""

    def entries(self, row: AnyIntegers, column: AnyIntegers, values: Floats) -> Floats:
        """Entries of the matrix, scaled."""
        return values * self.rows[row] * self.columns[column]

    def sides(self, row: AnyIntegers, lower: Floats, upper: Floats) -> tuple[Floats, Floats]:
        """Both sides of rows, scaled. A side that no plan reaches stays below what the solver takes as infinite."""
        return np.minimum(lower * self.rows[row], OUT_OF_REACH), np.maximum(upper * self.rows[row], -OUT_OF_REACH)

    def without_dust(self, values: Floats) -> Floats:
        """Values of the columns, where those that are only rounding count as 0."""
        return np.where(np.abs(values) <= DUST * self.columns, 0.0, values)

    def is_far_off(self, row: AnyIntegers, column: AnyIntegers, values: Floats) -> Mask:
        """Whether changed entries have become too large for these factors."""
        return np.abs(self.entries(row, column, values)) > MOST_OFF

    def has_small_sides(self, row: Integers, sides: Sequence[Floats]) -> bool:
        """Whether changed sides of rows have come too near the solver's tolerances for these factors."""
        scaled = np.abs(np.concatenate([side * self.rows[row] for side in sides]))
        return bool(((scaled > 0) & (scaled < LEAST_SIDE)).any())


def scaling_of(
    matrix: SparseMatrix, row_sides: tuple[Floats, Floats], column_bounds: tuple[Floats, Floats], integer: Mask
) -> Scaling:
    """The factors of a program."""
    with np.errstate(over="ignore", under="ignore", invalid="ignore"):  # numbers out of all range, refused later
        return _scaling_of(matrix, row_sides, column_bounds, integer)


def _scaling_of(
    matrix: SparseMatrix, row_sides: tuple[Floats, Floats], column_bounds: tuple[Floats, Floats], integer: Mask
) -> Scaling:
    most = np.maximum(*np.abs(column_bounds))
    # A forbidden column gets the range that it would have if it were allowed.
    most = np.where(most > 0, most, np.where(integer, 1.0, np.inf))
    ranges = Ranges.of(matrix, row_sides, most)
    useful = np.where(integer, 1.0, ranges.useful())
    counts = (useful > 0) & ~integer
    typical = _median(useful[counts]) if counts.any() else 1.0
    own = np.where(ranges.possible > 0, most, np.minimum(most, typical))
    useful = np.where((useful == 0) & np.isfinite(most), own, useful)
    columns = powers_near(_with_neighbours(matrix, useful))
    greatest = _greatest(matrix, columns)
    of_continuous = _greatest(matrix, np.where(integer, 0.0, columns))
    # An integer's coefficient may be a loose big-M: then the row's unit lies between it and the other terms.
    middle = np.sqrt(greatest) * np.sqrt(np.where(of_continuous > 0, of_continuous, greatest))
    return Scaling(rows=1.0 / powers_near(middle), columns=columns, ranges=ranges)


def _median(values: Floats) -> float:
    """The median; that of numpy would import masked arrays, a fortieth of the time of a small solve."""
    middle = np.sort(values)[(len(values) - 1) // 2 : len(values) // 2 + 1]
    return float(middle.mean())


def _greatest(matrix: SparseMatrix, units: Floats) -> Floats:
    """The greatest term of each row if columns are at their units."""
    column = entry_columns(matrix)
    greatest = np.zeros(matrix.shape[0])
    np.maximum.at(greatest, matrix.indices, np.abs(matrix.data) * units[column])
    return greatest


def _with_neighbours(matrix: SparseMatrix, useful: Floats) -> Floats:
    """The values; a column without one takes its value from other columns of its rows, or 0 if they have none."""
    lacking = useful == 0
    while lacking.any():
        useful = np.where(lacking, _beside(matrix, useful), useful)
        before, lacking = lacking, useful == 0
        if (lacking == before).all():
            break
    return useful


def _beside(matrix: SparseMatrix, useful: Floats) -> Floats:
    """For each column the greatest value at which its terms are at most the greatest other term of each row."""
    column = entry_columns(matrix)
    greatest = _greatest(matrix, useful)[matrix.indices]
    beside = np.full(len(useful), np.inf)
    counts = (greatest > 0) & (matrix.data != 0)
    np.minimum.at(beside, column[counts], greatest[counts] / np.abs(matrix.data[counts]))
    return np.where(np.isfinite(beside), beside, 0.0)


def powers_near(values: Floats) -> Floats:
    """The greatest powers of two up to the values, within `GREATEST_POWER` of 1; 1 for 0."""
    powers = np.floor(np.log2(np.where(values > 0, values, 1.0)))
    found: Floats = np.exp2(np.clip(powers, -GREATEST_POWER, GREATEST_POWER))
    return found


def power_near(value: float) -> float:
    """The greatest power of two up to `value`; 1 for 0."""
    return float(powers_near(np.array([value]))[0])


@dataclass(frozen=True, kw_only=True, eq=False)
class Ranges:
    """Estimates the useful range of each column from rows of the form sum of terms <= side."""

    most: Floats
    """Upper bounds of the columns, by magnitude."""
    side: Floats
    """The side of each row; a row with two sides stands twice, once negated."""
    taking: tuple[AnyIntegers, AnyIntegers, Floats]
    """Row, column and coefficient of the positive entries: the terms that a row limits."""
    giving: tuple[AnyIntegers, AnyIntegers, Floats]
    """The same, coefficients negated, of the negative entries: the terms that make room in a row."""

    @classmethod
    def of(cls, matrix: SparseMatrix, row_sides: tuple[Floats, Floats], most: Floats) -> "Ranges":
        """The ranges of a program's columns."""
        height = matrix.shape[0]
        lower, upper = row_sides
        row, column, value = matrix.indices, entry_columns(matrix), matrix.data
        has_upper, has_lower = np.isfinite(upper)[row], np.isfinite(lower)[row]
        rows = np.concatenate([row[has_upper], row[has_lower] + height])
        columns = np.concatenate([column[has_upper], column[has_lower]])
        values = np.concatenate([value[has_upper], -value[has_lower]])
        takes, gives = values > 0, values < 0
        return cls(
            most=most,
            side=np.concatenate([upper, -lower]),
            taking=(rows[takes], columns[takes], values[takes]),
            giving=(rows[gives], columns[gives], -values[gives]),
        )

    def useful(self) -> Floats:
        """For each column the greatest value that any row can require; 0 if no row requires one.

        A requirement of an equality on a column is not passed on to other columns of that equality: a cost follows
        from contributions and requires none.
        """
        possible = self.possible
        own = np.where(np.isfinite(self.most), possible, 0.0)
        (row, column, value), (of, giver, share) = self.taking, self.giving
        height = len(self.side) // 2
        asking, useful = own[column], own
        for _ in range(ROUNDS):
            asked = np.bincount(row, value * asking, minlength=len(self.side)) - self.side
            answer = np.minimum(np.maximum(asked, 0.0)[of] / share, possible[giver])
            found, source, other = own.copy(), np.full(len(own), -1), own.copy()
            np.maximum.at(found, giver, answer)
            is_greatest = answer == found[giver]
            source[giver[is_greatest]] = of[is_greatest] % height
            elsewhere = of % height != source[giver]
            np.maximum.at(other, giver[elsewhere], answer[elsewhere])
            if (useful >= SETTLED * found).all():
                break
            useful = found
            asking = np.where(source[column] == row % height, other[column], found[column])
        return useful

    @cached_property
    def possible(self) -> Floats:
        """For each column the greatest value that the rows allow."""
        return self._limits(is_forced=True)

    @cached_property
    def reach(self) -> Floats:
        """The same, as if no row forced a column to 0: a rule that only an empty plan keeps may be set aside."""
        return self._limits(is_forced=False)

    def _limits(self, *, is_forced: bool) -> Floats:
        """The greatest values that the rows allow; rows that leave no room at all count if `is_forced`.

        Rows in a circle may shrink a column's range for ever; such a column keeps the range that it had at first.
        """
        possible = first = self.most
        quiet = np.full(len(self.most), CIRCLE)
        (row, column, value), (of, giver, share) = self.taking, self.giving
        for _ in range(ROUNDS):
            room = np.bincount(of, share * possible[giver], minlength=len(self.side)) + self.side
            found = possible.copy()
            limit = np.maximum(room, 0.0)[row] / value
            np.minimum.at(found, column, limit if is_forced else np.where(limit > 0, limit, np.inf))
            is_settled = found >= SETTLED * possible
            if is_settled.all():
                return possible
            quiet = np.where(is_settled, quiet + 1, 0)
            possible = found
            first = np.where(np.isfinite(first), first, found)
        return np.where(quiet >= CIRCLE, possible, first)
