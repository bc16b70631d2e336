"""Bounds of the columns that hold exactly: the program's own, and those that follow from its rows.

Every bound is rounded outward, so no rounding excludes a plan; a bound of 0 that follows from zeros alone is exact.
Integer columns have whole bounds.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal, Self

import numpy as np
from numpy.typing import NDArray

from optimizer.arrays.array_types import AnyIntegers, Floats, Integers, Mask
from optimizer.arrays.sparse import entry_columns
from optimizer.tolerances import NOTABLE_BOUND, UNDERFLOW, UNIT_ROUNDOFF

if TYPE_CHECKING:
    from optimizer.arrays.solver_arrays import Arrays

ROUNDS = 4
"""Rounds of propagation that bound every column of the southern flank."""


@dataclass(frozen=True, kw_only=True)
class ColumnBounds:
    """lower <= x <= upper for every plan of the exact program; infinite if nothing bounds a column."""

    lower: Floats
    upper: Floats

    @property
    def is_infinite(self) -> Mask:
        """Which columns have an infinite bound on at least one side."""
        return ~(np.isfinite(self.lower) & np.isfinite(self.upper))


@dataclass(frozen=True, kw_only=True)
class Narrowing:
    """Bounds that one round found on one side of the columns, each from a row and the bounds before the round."""

    side: Literal["lower", "upper"]
    row: Integers
    column: Integers
    bound: Floats


def natural_bounds(arrays: "Arrays", rounding: float) -> ColumnBounds:
    """The program's own bounds; each may differ from the exact number by `rounding`, relative."""
    lower, upper = arrays.column_lower, arrays.column_upper
    return _whole(lower - _margin(lower, rounding), upper + _margin(upper, rounding), arrays.integer)


def propagated_bounds(arrays: "Arrays", rounding: float) -> ColumnBounds:
    """The bounds after at most `ROUNDS` rounds over the rows.

    Each coefficient, side and bound may differ from the exact number by `rounding`, relative.
    """
    return propagated(arrays, RowTerms.of(arrays, rounding), ROUNDS)[0]


def propagated(arrays: "Arrays", terms: "RowTerms", rounds: int) -> tuple[ColumnBounds, tuple[Narrowing, ...]]:
    """The bounds after at most `rounds` rounds, and how each follows.

    A round looks at the rows of which a column changed in the round before. It ends early if bounds cross.
    """
    bounds, steps = natural_bounds(arrays, terms.rounding), list[Narrowing]()
    active = terms
    for _ in range(rounds):
        with np.errstate(over="ignore", invalid="ignore"):
            found = active.narrowings(bounds, arrays.integer)
        if not found:
            break
        lower, upper = bounds.lower.copy(), bounds.upper.copy()
        changed = np.zeros(len(lower), dtype=np.bool_)
        for step in found:
            (lower if step.side == "lower" else upper)[step.column] = step.bound
            changed[step.column] = True
        bounds = ColumnBounds(lower=lower, upper=upper)
        steps.extend(found)
        if (lower > upper).any():
            break
        active = terms.with_columns(changed)
    return bounds, tuple(steps)


def _margin(bounds: Floats, rounding: float) -> Floats:
    return np.where(np.isfinite(bounds), 4 * rounding * np.nan_to_num(np.abs(bounds)), 0.0)


def _whole(lower: Floats, upper: Floats, integer: Mask) -> ColumnBounds:
    """Round the bounds of integer columns inward: a whole number above 0.2 is at least 1."""
    return ColumnBounds(lower=np.where(integer, np.ceil(lower), lower), upper=np.where(integer, np.floor(upper), upper))


@dataclass(frozen=True, kw_only=True)
class RowTerms:
    """The nonzero entries of the matrix, in the order of columns, and the sides of the rows."""

    row: AnyIntegers
    column: AnyIntegers
    value: Floats
    entry: AnyIntegers
    """The position of each term in the matrix."""
    lower: Floats
    upper: Floats
    """The sides of all rows."""
    row_error: NDArray[np.floating[Any]]
    """Relative error of a row's activity: a product and an addition for each entry, and the input's rounding."""
    rounding: float

    @classmethod
    def of(cls, arrays: "Arrays", rounding: float) -> Self:
        """The terms of a program; each number may differ from the exact one by `rounding`, relative."""
        matrix = arrays.matrix
        has_side = np.isfinite(arrays.row_lower) | np.isfinite(arrays.row_upper)
        entry = np.flatnonzero((matrix.data != 0) & has_side[matrix.indices])
        row = matrix.indices[entry]
        counts = np.bincount(row, minlength=matrix.shape[0])
        return cls(
            row=row,
            column=entry_columns(matrix)[entry],
            value=matrix.data[entry],
            entry=entry,
            lower=arrays.row_lower,
            upper=arrays.row_upper,
            row_error=np.asarray((counts + 8) * UNIT_ROUNDOFF + 2 * rounding, dtype=np.float64),
            rounding=rounding,
        )

    def with_columns(self, changed: Mask) -> "RowTerms":
        """The terms of the rows that have a changed column."""
        of_row = np.zeros(len(self.lower), dtype=np.bool_)
        of_row[self.row[changed[self.column]]] = True
        kept = of_row[self.row]
        return RowTerms(
            row=self.row[kept],
            column=self.column[kept],
            value=self.value[kept],
            entry=self.entry[kept],
            lower=self.lower,
            upper=self.upper,
            row_error=self.row_error,
            rounding=self.rounding,
        )

    def narrowings(self, bounds: ColumnBounds, integer: Mask) -> tuple[Narrowing, ...]:
        """The notably narrower bounds that the rows imply within `bounds`."""
        if not len(self.value):
            return ()
        low, high = self._ends(bounds)
        most = self._others(low, self.upper)
        least = -self._others(-high, -self.lower)
        rises = self.value > 0
        above, below = self._quotients(np.where(rises, most, least)), self._quotients(np.where(rises, least, most))
        steps = self._narrowed("upper", above, bounds, integer), self._narrowed("lower", below, bounds, integer)
        return tuple(step for step in steps if len(step.column))

    def greatest_sums(self, bounds: ColumnBounds, row: AnyIntegers, of: AnyIntegers, sign: Floats) -> Floats:
        """For some rows, times `sign`, the greatest sum of all terms except the term `of`, rounded up; inf if none."""
        low, high = self._ends(bounds)
        total_high, total_low = self._sums_of_finite(high), self._sums_of_finite(-low)
        size = self._sums(np.abs(np.where(np.isfinite(high), high, 0.0)) + np.abs(np.where(np.isfinite(low), low, 0.0)))
        open_high, open_low = self._sums(~np.isfinite(high)), self._sums(~np.isfinite(low))
        is_upper = sign > 0
        own = np.where(is_upper, high[of], -low[of])
        total = np.where(is_upper, total_high[row], total_low[row]) - own + self.row_error[row] * size[row] + UNDERFLOW
        is_open = np.where(is_upper, open_high[row], open_low[row]) > 0
        return np.where(is_open, np.inf, total)

    def _ends(self, bounds: ColumnBounds) -> tuple[Floats, Floats]:
        """The smallest and greatest product of each term; 0 only if it is 0 exactly."""
        least, most = bounds.lower[self.column], bounds.upper[self.column]
        lower, upper = self.value * least, self.value * most
        underflows = ((lower == 0) & (least != 0)) | ((upper == 0) & (most != 0))
        margin = np.where(underflows, UNDERFLOW, 0.0)
        return np.minimum(lower, upper) - margin, np.maximum(lower, upper) + margin

    def _quotients(self, products: Floats) -> Floats:
        """Products divided by the coefficients; 0 only if it is 0 exactly."""
        quotients = products / self.value
        return np.where((quotients == 0) & (products != 0), UNDERFLOW, quotients)

    def _others(self, smallest: Floats, side: Floats) -> Floats:
        """For each term, what it cannot exceed: the row's side minus the smallest sum of the other terms.

        inf if the other terms have no smallest sum, or the row has no such side.
        """
        is_finite = np.isfinite(smallest)
        products = np.where(is_finite, smallest, 0.0)
        infinite_others = self._sums(~is_finite)[self.row] - ~is_finite
        size = self._sums(np.abs(products)) + np.abs(side)
        error = self.row_error * size + np.where(size > 0, UNDERFLOW, 0.0)  # sums of zeros are exact
        greatest = (side + error - self._sums(products))[self.row] + products
        return np.where((infinite_others == 0) & np.isfinite(greatest), greatest, np.inf)

    def _narrowed(
        self, side: Literal["lower", "upper"], limits: Floats, bounds: ColumnBounds, integer: Mask
    ) -> Narrowing:
        """The best limit of each column where it is notably narrower than its bound."""
        sign = 1.0 if side == "upper" else -1.0
        margin = 4 * (UNIT_ROUNDOFF + self.rounding) * np.abs(limits) + np.where(limits == 0, 0.0, UNDERFLOW)
        outward = np.where(np.isfinite(limits), sign * limits + margin, np.inf)
        starts = np.flatnonzero(np.diff(self.column, prepend=-1))
        column = self.column[starts]
        least = np.minimum.reduceat(outward, starts)
        best = np.where(integer[column], np.floor(least), least)
        before = sign * (bounds.upper if side == "upper" else bounds.lower)[column]
        width = np.where(np.isfinite(before), np.abs(before), 0.0)
        is_better = np.isfinite(best) & ((before - best > NOTABLE_BOUND * width) | ~np.isfinite(before))
        group = np.repeat(np.arange(len(starts)), np.diff(starts, append=len(outward)))
        at = np.flatnonzero(is_better[group] & (outward == least[group]))
        first = at[np.diff(group[at], prepend=-1) > 0]
        return Narrowing(
            side=side,
            row=self.row[first].astype(np.int32),
            column=column[is_better].astype(np.int32),
            bound=sign * best[is_better],
        )

    def _sums_of_finite(self, terms: Floats) -> Floats:
        return self._sums(np.where(np.isfinite(terms), terms, 0.0))

    def _sums(self, of_terms: Floats | Mask) -> Floats:
        sums = np.bincount(self.row, weights=of_terms, minlength=len(self.lower))
        return sums.astype(np.float64, copy=False)
