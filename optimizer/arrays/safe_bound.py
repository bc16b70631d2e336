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

import numpy as np

from optimizer.arrays.array_types import Floats, Positions
from optimizer.arrays.column_bounds import ColumnBounds, natural_bounds, propagated_bounds
from optimizer.arrays.solver_arrays import Arrays
from optimizer.tolerances import DOCUMENT_ROUNDING, SMALLEST_PRODUCT, UNDERFLOW, UNIT_ROUNDOFF

BoundedObjective = tuple[Floats, float]
"""A vector, and the greatest value allowed for vector @ columns."""


@dataclass(frozen=True, init=False)
class SafeBound:
    """A proven lower bound of a minimised objective. Only `BoundProver` makes one."""

    value: float
    """-inf if the multipliers prove nothing; never inf."""


class BoundProver:
    """Proves bounds of one program from multipliers of its rows."""

    def __init__(self, arrays: Arrays, *, rounding: float = DOCUMENT_ROUNDING) -> None:
        """Take the program as it was written, unscaled.

        The bounds hold for every program whose coefficients, sides and bounds differ from these by at most `rounding`,
        relative: with the default for the numbers of the document, with 0 for the doubles alone.
        """
        self._arrays, self._rounding = arrays, rounding
        self._transposed, self._magnitudes = arrays.matrix.T, abs(arrays.matrix).T
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

        Farkas' lemma: they do if the bound of the objective 0 is above 0.
        """
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
        """Takes twenty times as long as a bound, so it is computed only if an infinite bound is needed."""
        return propagated_bounds(self._arrays, self._rounding)

    def _bound(
        self, vector: Floats, constant: float, multipliers: Floats, bounded: Sequence[BoundedObjective]
    ) -> float:
        lower, upper = self._sides(bounded)
        if len(multipliers) != len(lower):
            raise ValueError(f"{len(multipliers)} multipliers for {len(lower)} rows")
        usable = self._usable(multipliers, lower, upper, bounded)
        # Where an input is far out of range, sums overflow; the bound is then -inf.
        with np.errstate(over="ignore", invalid="ignore", under="ignore"):
            rows = self._row_terms(usable, lower, upper)
            least, most = self._reduced_costs(vector, usable, bounded)
            columns = _column_terms(least, most, self._natural_bounds)
            if not np.isfinite(columns).all() and self._natural_bounds.is_infinite.any():
                columns = _column_terms(least, most, self._propagated_bounds)
            return _sum_rounded_down(np.concatenate((rows, columns, self._lowered(np.array([constant])))))

    def _sides(self, bounded: Sequence[BoundedObjective]) -> tuple[Floats, Floats]:
        arrays = self._arrays
        if not bounded:
            return arrays.row_lower, arrays.row_upper
        at_most = [limit for _, limit in bounded]
        return np.append(arrays.row_lower, np.full(len(bounded), -np.inf)), np.append(arrays.row_upper, at_most)

    def _usable(self, multipliers: Floats, lower: Floats, upper: Floats, bounded: Sequence[BoundedObjective]) -> Floats:
        """The multipliers, with 0 for those on an infinite side and those whose products could underflow."""
        least = max((self._least_multiplier, *(_least_multiplier(vector) for vector, _ in bounded)))
        side = np.where(multipliers > 0, lower, upper)
        is_usable = np.isfinite(multipliers) & np.isfinite(side) & (np.abs(multipliers) >= least)
        return np.where(is_usable, multipliers, 0.0)

    def _row_terms(self, multipliers: Floats, lower: Floats, upper: Floats) -> Floats:
        """What each row with a multiplier adds to the bound, rounded down."""
        used = np.flatnonzero(multipliers)
        of_used = multipliers[used]
        return self._lowered(of_used * np.where(of_used > 0, lower[used], upper[used]))

    def _lowered(self, products: Floats) -> Floats:
        """A lower bound of the exact products, one factor of which is a number of the input."""
        return products - 4 * (UNIT_ROUNDOFF + self._rounding) * np.abs(products)

    def _reduced_costs(
        self, vector: Floats, multipliers: Floats, bounded: Sequence[BoundedObjective]
    ) -> tuple[Floats, Floats]:
        """The least and greatest possible value of the exact reduced costs."""
        row_count = len(self._arrays.row_lower)
        of_rows, of_bounded = multipliers[:row_count], multipliers[row_count:]
        value = vector - self._transposed @ of_rows
        size = np.abs(vector) + self._magnitudes @ np.abs(of_rows)
        for multiplier, (row, _) in zip(of_bounded, bounded, strict=True):
            value -= multiplier * row
            size += np.abs(multiplier * row)
        terms = self._entry_counts + 2 * len(bounded)
        error = ((terms + 8) * UNIT_ROUNDOFF + 2 * self._rounding) * size + np.where(size > 0, UNDERFLOW, 0.0)
        return value - error, value + error


def _made(value: float) -> SafeBound:
    """The one place where a `SafeBound` comes into being."""
    bound = object.__new__(SafeBound)
    object.__setattr__(bound, "value", value)
    return bound


def _least_multiplier(coefficients: Floats) -> float:
    """The smallest multiplier whose product with any coefficient does not underflow."""
    smallest = np.abs(coefficients[coefficients != 0]).min(initial=1.0)
    return float(SMALLEST_PRODUCT / smallest)


def _column_terms(least: Floats, most: Floats, bounds: ColumnBounds) -> Floats:
    """The smallest product of each reduced cost and its column, rounded down.

    A product of two intervals is smallest at a corner; 0·∞ is 0.
    """
    corners = [
        np.where(factor == 0, 0.0, factor * bound) for factor in (least, most) for bound in (bounds.lower, bounds.upper)
    ]
    smallest: Floats = np.minimum.reduce(corners)
    return smallest - 4 * UNIT_ROUNDOFF * np.abs(smallest)


def _sum_rounded_down(terms: Floats) -> float:
    """A lower bound of the exact sum; -inf if a term is not finite."""
    if not np.isfinite(terms).all():
        return -np.inf
    try:
        total = fsum(terms[terms != 0].tolist())
    except OverflowError:
        return -np.inf
    return float(np.nextafter(total, -np.inf)) - UNDERFLOW
