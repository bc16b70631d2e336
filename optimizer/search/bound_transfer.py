"""What was proven of one program, carried over to another that allows no more.

A change that only takes something away (means cut, a consent withdrawn, a position turned) leaves what no plan could
beat before unbeatable. Whether it does is read off the arrays: every row of the one must follow from the same row of
the other within the bounds of its columns.
"""

from dataclasses import dataclass

import numpy as np
from scipy.sparse import csc_array

from optimizer.arrays.compiled import Floats
from optimizer.arrays.priorities import Level
from optimizer.arrays.program_diff import GONE, Match, Named
from optimizer.arrays.solver_arrays import Arrays

SLACK = 1e-9
"""Relative, and absolute below 1: a hundredth of the solver's own feasibility tolerance. Sums differ by rounding."""


@dataclass(frozen=True, kw_only=True)
class Proof:
    """Of no plan of a program a level comes to less than `bound`."""

    named: Named
    level: Level
    bound: float

    def of(self, named: Named, level: Level) -> float:
        """What is proven of the same level of another program; minus infinity where nothing is."""
        if not np.isfinite(self.bound) or named.compiled.columns != self.named.compiled.columns:
            return -np.inf
        old, new = self.named.arrays, named.arrays
        if not np.array_equal(old.integer, new.integer) or not _fits(old, new):
            return -np.inf
        rows = Match(named.compiled.rows, self.named.compiled.rows).old_of_new
        if not _follows(old, new, rows):
            return -np.inf
        least, _ = _reach((level.vector - self.level.vector)[:, None], new)
        return self.bound + float(least[0]) + level.constant - self.level.constant


def _fits(old: Arrays, new: Arrays) -> bool:
    """Whether the columns may be no more than they could be."""
    lower, upper = _at_least(new.column_lower, old.column_lower), _at_least(old.column_upper, new.column_upper)
    return bool(lower.all() and upper.all())


def _follows(old: Arrays, new: Arrays, rows: np.ndarray[tuple[int], np.dtype[np.int64]]) -> bool:
    """Whether the rows of `old` hold wherever those of `new` do, given the place there of each; new ones only add."""
    gone = rows == GONE
    if (np.isfinite(old.row_lower[gone]) | np.isfinite(old.row_upper[gone])).any():
        return False
    kept, there = np.flatnonzero(~gone), rows[~gone]
    least: Floats | float = 0.0
    most: Floats | float = 0.0
    if not _is_same(old.matrix, new.matrix):
        now, then = csc_array(new.matrix.tocsr()[there]), csc_array(old.matrix.tocsr()[kept])
        least, most = _reach((now - then).T, new)
    upper = _at_least(old.row_upper[kept], new.row_upper[there] - least)
    lower = _at_least(new.row_lower[there] - most, old.row_lower[kept])
    return bool(upper.all() and lower.all())


def _is_same(one: csc_array, other: csc_array) -> bool:
    pairs = ((one.indptr, other.indptr), (one.indices, other.indices), (one.data, other.data))
    return one is other or all(np.array_equal(*pair) for pair in pairs)


def _reach(columns: csc_array | Floats, arrays: Arrays) -> tuple[Floats, Floats]:
    """The least and the greatest of each sum of columns of a program that are within their bounds."""
    matrix = csc_array(columns)
    matrix.eliminate_zeros()
    at = matrix.indices
    ends = matrix.data * arrays.column_lower[at], matrix.data * arrays.column_upper[at]
    of = np.repeat(np.arange(matrix.shape[1]), np.diff(matrix.indptr))
    least, most = np.zeros(matrix.shape[1]), np.zeros(matrix.shape[1])
    np.add.at(least, of, np.minimum(*ends))
    np.add.at(most, of, np.maximum(*ends))
    return least, most


def _at_least(one: Floats, other: Floats) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    room = SLACK * np.maximum(1.0, np.where(np.isfinite(other), np.abs(other), 1.0))
    return one >= other - room
