"""Bounds that hold for the exact program, recomputed from multipliers of the rows.

Any multipliers y bound a minimised objective from below:

    c0 + Σ_i (y_i⁺·row_lower_i − y_i⁻·row_upper_i) + Σ_j min over [lower_j, upper_j] of (c − A'y)_j·x_j

So a wrong multiplier makes the bound weak, never false. The bound is computed in floating point with a-priori error
bounds of every sum (Neumaier and Shcherbina 2004, "Safe bounds in linear and mixed-integer linear programming").

Error bounds: a sum of n terms, each a product of two numbers, differs from the exact sum by at most about
(n + 1)·`UNIT_ROUNDOFF` times the sum of the absolute terms. Rounded input numbers add `rounding` to the factor. The
code uses n + 8 and twice `rounding`, which also covers the rounding of the error bound itself.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from math import fsum
from typing import TYPE_CHECKING

import numpy as np

from optimizer.arrays.array_types import Floats, Positions
from optimizer.arrays.column_bounds import ColumnBounds, natural_bounds, propagated_bounds
from optimizer.tolerances import DOCUMENT_ROUNDING, SMALLEST_PRODUCT, UNDERFLOW, UNIT_ROUNDOFF

if TYPE_CHECKING:
    from optimizer.arrays.solver_arrays import Arrays

BoundedObjective = tuple[Floats, float]
"""A vector, and the greatest value allowed for vector @ columns."""

REPAIRS = 3
"""Times that multipliers are changed to avoid infinite bounds: a change for one column can disturb another."""
EVERY = slice(None)
"""All rows."""


@dataclass(frozen=True, init=False)
class SafeBound:
    """A proven lower bound of a minimised objective. Only `BoundProver` makes one."""

    value: float
    """-inf if the multipliers prove nothing; never inf."""


class BoundProver:
    """Proves bounds of one program from multipliers of its rows."""

    def __init__(
        self, arrays: "Arrays", *, rounding: float = DOCUMENT_ROUNDING, implied: ColumnBounds | None = None
    ) -> None:
        """Take the program, unscaled, and bounds of its columns that follow from its rows if they are known.

        The bounds hold for every program whose coefficients, sides and bounds differ from these by at most `rounding`,
        relative: with the default for the numbers of the document, with 0 for the doubles alone.
        """
        self._arrays, self._rounding, self._implied = arrays, rounding, implied
        self._entry_counts = np.diff(arrays.matrix.indptr)
        self._least_multiplier = _least_multiplier(arrays.matrix.data)

    def prove(
        self, vector: Floats, constant: float, multipliers: Floats, bounded: Sequence[BoundedObjective] = ()
    ) -> SafeBound:
        """Prove a lower bound of vector @ columns + constant over all plans of the exact program.

        Args:
            vector: the minimised objective, one coefficient a column.
            constant: its constant.
            multipliers: one a row, then one for each of `bounded`; any numbers. A positive multiplier acts on the
                lower side, as the row duals of HiGHS do for a minimisation. Those on an infinite side count as 0.
            bounded: rows in addition to the program's: earlier objectives with their greatest allowed values.
        """
        return _made(self._bound(vector, constant, multipliers, bounded))

    def refutes(self, multipliers: Floats, bounded: Sequence[BoundedObjective] = ()) -> bool:
        """Whether the multipliers prove that the exact program has no plan; their sign does not matter.

        Farkas' lemma: they do if the bound of the objective 0 is above 0. Bounds of columns that follow from the rows,
        rounded outward, prove it too if they cross.
        """
        implied = self._propagated_bounds
        if (implied.lower > implied.upper).any():
            return True
        nothing = np.zeros(self._arrays.matrix.shape[1])
        return any(self._bound(nothing, 0.0, ray, bounded) > 0 for ray in (multipliers, -multipliers))

    @property
    def unbounded_columns(self) -> Positions:
        """Columns with an infinite bound that no row bounds: a bound needs their reduced cost to be exactly 0."""
        return np.flatnonzero(self._propagated_bounds.is_infinite)

    @cached_property
    def _natural_bounds(self) -> ColumnBounds:
        return natural_bounds(self._arrays, self._rounding)

    @cached_property
    def _propagated_bounds(self) -> ColumnBounds:
        """Takes ten to forty times as long as a bound, so it is computed only if an infinite bound is needed."""
        return self._implied or propagated_bounds(self._arrays, self._rounding)

    def _bound(
        self, vector: Floats, constant: float, multipliers: Floats, bounded: Sequence[BoundedObjective]
    ) -> float:
        sides = self._sides(bounded)
        if multipliers.shape != sides.lower.shape:
            raise ValueError(f"{len(multipliers)} multipliers for {len(sides.lower)} rows")
        # Where an input is far out of range, sums overflow; the bound is then -inf.
        with np.errstate(over="ignore", invalid="ignore", under="ignore", divide="ignore"):
            usable = self._usable(multipliers, sides)
            columns = self._reduced_costs(vector, usable, sides).least_terms(self._natural_bounds)
            if not np.isfinite(columns).all() and self._natural_bounds.is_infinite.any():
                usable, columns = self._with_open_columns(vector, usable, sides)
            return _sum_rounded_down((self._row_terms(usable, sides), columns, self._lowered(np.array([constant]))))

    def _with_open_columns(self, vector: Floats, multipliers: Floats, sides: "_Sides") -> tuple[Floats, Floats]:
        """Multipliers, repaired where possible so that no infinite bound is needed, and the terms of the columns."""
        bounds = self._propagated_bounds
        reduced = self._reduced_costs(vector, multipliers, sides)
        for _ in range(REPAIRS):
            open_columns = reduced.repairable(bounds)
            if not open_columns.size:
                break
            multipliers = self._usable(self._repaired(multipliers, reduced, open_columns, sides), sides)
            reduced = self._reduced_costs(vector, multipliers, sides)
        return multipliers, reduced.least_terms(bounds)

    def _repaired(self, multipliers: Floats, reduced: "_ReducedCosts", columns: Positions, sides: "_Sides") -> Floats:
        """The multipliers with one of a row changed for each column, so that the column needs its finite bound only.

        A column such as the worst case over scenarios is bounded by rows on one side alone. Its reduced cost in an
        optimum is 0, but rounded it may point to the other side.
        """
        matrix, changed = self._arrays.matrix, multipliers.copy()
        for column in columns.tolist():
            entries = slice(matrix.indptr[column], matrix.indptr[column + 1])
            rows, values = matrix.indices[entries].astype(np.int64), matrix.data[entries]
            shifted = changed[rows] + reduced.excess(column, self._propagated_bounds) / values
            candidates = np.flatnonzero(np.isfinite(shifted) & np.isfinite(sides.of(shifted, rows)))
            if candidates.size:
                best = candidates[np.abs(changed[rows[candidates]]).argmax()]
                changed[rows[best]] = shifted[best]
        return changed

    def _sides(self, bounded: Sequence[BoundedObjective]) -> "_Sides":
        arrays = self._arrays
        return _Sides(
            lower=np.append(arrays.row_lower, np.full(len(bounded), -np.inf)),
            upper=np.append(arrays.row_upper, [at_most for _, at_most in bounded]),
            bounded=[vector for vector, _ in bounded],
            least_multiplier=max((self._least_multiplier, *(_least_multiplier(vector) for vector, _ in bounded))),
        )

    def _usable(self, multipliers: Floats, sides: "_Sides") -> Floats:
        """The multipliers, with 0 for those on an infinite side and those whose products could underflow."""
        is_usable = (
            np.isfinite(multipliers)
            & np.isfinite(sides.of(multipliers))
            & (np.abs(multipliers) >= sides.least_multiplier)
        )
        return np.where(is_usable, multipliers, 0.0)

    def _row_terms(self, multipliers: Floats, sides: "_Sides") -> Floats:
        """What each row with a multiplier adds to the bound, rounded down."""
        used = np.flatnonzero(multipliers)
        return self._lowered(multipliers[used] * sides.of(multipliers[used], used))

    def _lowered(self, products: Floats) -> Floats:
        """A lower bound of the exact products, one factor of which is a number of the input."""
        return products - 4 * (UNIT_ROUNDOFF + self._rounding) * np.abs(products)

    def _reduced_costs(self, vector: Floats, multipliers: Floats, sides: "_Sides") -> "_ReducedCosts":
        row_count = len(self._arrays.row_lower)
        of_rows, of_bounded = multipliers[:row_count], multipliers[row_count:]
        value = vector - self._arrays.matrix.transposed_times(of_rows)
        size = np.abs(vector) + self._arrays.matrix.transposed_magnitudes_times(np.abs(of_rows))
        for multiplier, row in zip(of_bounded, sides.bounded, strict=True):
            value -= multiplier * row
            size += np.abs(multiplier * row)
        terms = self._entry_counts + 2 * len(sides.bounded)
        error = ((terms + 8) * UNIT_ROUNDOFF + 2 * self._rounding) * size + np.where(size > 0, UNDERFLOW, 0.0)
        return _ReducedCosts(value=value, error=error)


@dataclass(frozen=True, kw_only=True)
class _Sides:
    """The sides of all rows: the program's, then those of the bounded objectives."""

    lower: Floats
    upper: Floats
    bounded: list[Floats]
    """The vectors of the bounded objectives."""
    least_multiplier: float
    """Smaller multipliers may underflow in a product."""

    def of(self, multipliers: Floats, rows: Positions | slice = EVERY) -> Floats:
        """The side that each multiplier acts on."""
        return np.where(multipliers > 0, self.lower[rows], self.upper[rows])


@dataclass(frozen=True, kw_only=True)
class _ReducedCosts:
    """Each exact reduced cost differs from `value` by at most `error`, which is 0 only if all its terms are 0."""

    value: Floats
    error: Floats

    def least_terms(self, bounds: ColumnBounds) -> Floats:
        """The smallest product of each reduced cost and its column, rounded down.

        A product of two intervals is smallest at a corner; 0·∞ is 0.
        """
        corners = [
            np.where(factor == 0, 0.0, factor * bound)
            for factor in (self.value - self.error, self.value + self.error)
            for bound in (bounds.lower, bounds.upper)
        ]
        smallest: Floats = np.minimum.reduce(corners)
        return smallest - 4 * UNIT_ROUNDOFF * np.abs(smallest)

    def repairable(self, bounds: ColumnBounds) -> Positions:
        """Columns with one infinite bound that their reduced cost may point to."""
        may_rise = (self.value < self.error) & np.isposinf(bounds.upper) & np.isfinite(bounds.lower)
        may_fall = (self.value > -self.error) & np.isneginf(bounds.lower) & np.isfinite(bounds.upper)
        return np.flatnonzero((self.error > 0) & (may_rise | may_fall))

    def excess(self, column: int, bounds: ColumnBounds) -> float:
        """How far the reduced cost is from one that certainly points to the finite bound."""
        margin = 4 * self.error[column] * (1 if np.isposinf(bounds.upper[column]) else -1)
        return float(self.value[column] - margin)


def _made(value: float) -> SafeBound:
    """The one place where a `SafeBound` comes into being."""
    bound = object.__new__(SafeBound)
    object.__setattr__(bound, "value", value)
    return bound


def _least_multiplier(coefficients: Floats) -> float:
    """The smallest multiplier whose product with any coefficient does not underflow."""
    smallest = np.abs(coefficients[coefficients != 0]).min(initial=1.0)
    return float(SMALLEST_PRODUCT / smallest)


def _sum_rounded_down(parts: Sequence[Floats]) -> float:
    """A lower bound of the exact sum; -inf if a term is not finite."""
    terms = np.concatenate(parts)
    if not np.isfinite(terms).all():
        return -np.inf
    try:
        total = fsum(terms[terms != 0].tolist())
    except OverflowError:
        return -np.inf
    return float(np.nextafter(total, -np.inf)) - UNDERFLOW
