"""Tightens a program before it is solved: narrower bounds of columns and smaller coefficients of switches.

Bounds of columns follow from rows, round by round (`column_bounds`). Then each row with a single switch (a binary
column) gets the smallest coefficients that say the same for both settings of the switch. Plans stay the same; only
fractional switches get less room, and every column has bounds on both sides, so that dual simplex starts at once.

After: Achterberg, Bixby, Gu, Rothberg and Weninger, "Presolve reductions in mixed integer programming" (2020), sections
3.1 and 3.2.

Everything is rounded outward, so that a tightened program has every plan of the exact one. Each step records which row
it follows from, in order: a step uses only what was known before it.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from optimizer.arrays.array_types import AnyIntegers, Floats, Integers, Mask
from optimizer.arrays.column_bounds import ColumnBounds, Narrowing, RowTerms, propagated
from optimizer.arrays.scaling import Scaling
from optimizer.tolerances import DOCUMENT_ROUNDING, IMPLIED_ROOM, NOTABLE_COEFFICIENT, UNIT_ROUNDOFF

if TYPE_CHECKING:
    from optimizer.arrays.solver_arrays import Arrays

MOST_ROUNDS = 12
"""Rounds of propagation at most."""
MOST_UNITS = 2.0**13
"""Multiple of a column's unit up to which the solver receives a bound that a column did not have: a bound further away
excludes nothing and costs accuracy."""


@dataclass(frozen=True, kw_only=True)
class SmallerCoefficients:
    """Rows whose switch got a smaller coefficient, and the row's new side."""

    row: Integers
    column: Integers
    """The switch of each row."""
    entry: AnyIntegers
    """The position of its coefficient in the matrix."""
    coefficient: Floats
    is_upper: Mask
    """Which rows have an upper side; the others have a lower one."""
    side: Floats


@dataclass(frozen=True, kw_only=True)
class Tightening:
    """What follows from the rows of a program, and how."""

    bounds: ColumnBounds
    """Bounds of all columns, also far ones."""
    narrowings: tuple[Narrowing, ...]
    """The steps that led there, in order."""
    coefficients: SmallerCoefficients

    @property
    def is_contradiction(self) -> bool:
        """Whether the bounds of a column exclude each other: there is no plan."""
        return bool((self.bounds.lower > self.bounds.upper).any())

    @classmethod
    def of(cls, arrays: "Arrays") -> "Tightening":
        """The tightening of a program as it was written."""
        with np.errstate(over="ignore", invalid="ignore", under="ignore"):  # numbers that are refused later
            terms = RowTerms.of(arrays, DOCUMENT_ROUNDING)
            bounds, narrowings = propagated(arrays, terms, MOST_ROUNDS)
            coefficients = _smaller_coefficients(arrays, terms, bounds)
        return cls(bounds=bounds, narrowings=narrowings, coefficients=coefficients)

    def changes(self, arrays: "Arrays", scaling: Scaling) -> dict[str, Any]:
        """The fields of the tightened arrays that differ; none if the program contradicts itself."""
        if self.is_contradiction:
            return {}
        far = MOST_UNITS * scaling.columns
        lower, upper = self._with_room(arrays.integer)
        found, matrix = self.coefficients, arrays.matrix.copy()
        matrix.data[found.entry] = found.coefficient
        row_lower, row_upper = arrays.row_lower.copy(), arrays.row_upper.copy()
        row_upper[found.row[found.is_upper]] = found.side[found.is_upper]
        row_lower[found.row[~found.is_upper]] = found.side[~found.is_upper]
        return {
            "matrix": matrix,
            "row_lower": row_lower,
            "row_upper": row_upper,
            "column_lower": np.where(lower >= -far, np.maximum(lower, arrays.column_lower), arrays.column_lower),
            "column_upper": np.where(upper <= far, np.minimum(upper, arrays.column_upper), arrays.column_upper),
        }

    def _with_room(self, integer: Mask) -> tuple[Floats, Floats]:
        """The bounds, for continuous columns with room for the solver's tolerances."""
        lower, upper = self.bounds.lower, self.bounds.upper
        room_below, room_above = (np.where(integer, 0.0, IMPLIED_ROOM * np.abs(ends)) for ends in (lower, upper))
        return lower - room_below, upper + room_above


def _smaller_coefficients(arrays: "Arrays", terms: RowTerms, bounds: ColumnBounds) -> SmallerCoefficients:
    """The rows of the form terms + m·switch <= side, in which a smaller m or side says the same.

    With the switch at one setting such a row may say less than the bounds of its columns: its terms never come near its
    side. Then the side at that setting can fall to the greatest sum of the terms. A row with a lower side is negated.
    """
    is_binary = arrays.integer & (bounds.lower == 0) & (bounds.upper == 1)
    has_upper, has_lower = np.isfinite(arrays.row_upper), np.isfinite(arrays.row_lower)
    integers = np.bincount(terms.row[arrays.integer[terms.column]], minlength=len(has_upper))
    is_candidate = (integers == 1) & (has_upper ^ has_lower)
    at = np.flatnonzero(is_binary[terms.column] & is_candidate[terms.row])
    row, is_upper = terms.row[at], has_upper[terms.row[at]]
    sign = np.where(is_upper, 1.0, -1.0)
    side = sign * np.where(is_upper, arrays.row_upper[row], arrays.row_lower[row])
    given = sign * terms.value[at]
    greatest = terms.greatest_sums(bounds, row, at, sign)
    # What the side may fall by at each setting; a setting at which the row says nothing else would drop it.
    margin = IMPLIED_ROOM * (np.abs(side) + np.abs(given) + np.abs(np.where(np.isfinite(greatest), greatest, 0.0)))
    room_off, room_on = side - greatest - margin, side - given - greatest - margin
    least = NOTABLE_COEFFICIENT * np.abs(given)
    is_loose_on = (given < 0) & (room_on > least) & (room_off < -least) & np.isfinite(greatest)
    is_loose_off = (given > 0) & (room_off > least) & (room_on < -least) & np.isfinite(greatest)
    # With the switch on, the row must say the same as before: no less, and more by no rounding.
    rounding = 4 * UNIT_ROUNDOFF * (np.abs(side) + np.abs(given) + np.abs(room_off))
    coefficient = np.where(is_loose_on, given + room_on, given - room_off - rounding)
    new_side = np.where(is_loose_on, side, side - room_off)
    chosen = is_loose_on | is_loose_off
    return SmallerCoefficients(
        row=row[chosen].astype(np.int32),
        column=terms.column[at][chosen].astype(np.int32),
        entry=terms.entry[at][chosen],
        coefficient=(sign * coefficient)[chosen],
        is_upper=is_upper[chosen],
        side=(sign * new_side)[chosen],
    )
