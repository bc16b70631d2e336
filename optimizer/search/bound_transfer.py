"""Carries a bound over to another program that allows no more plans.

A change that only removes possibilities (means cut, a consent withdrawn, a position turned) keeps every bound valid.
The arrays show whether a change is of that kind: each row of the old program must follow from the same row of the new
one within the bounds of its columns.
"""

from dataclasses import dataclass

import numpy as np

from optimizer.arrays.array_types import Floats, Mask, Positions
from optimizer.arrays.priorities import Priority
from optimizer.arrays.program_diff import GONE, NamedProgram, NameMatch
from optimizer.arrays.solver_arrays import Arrays
from optimizer.arrays.sparse import SparseMatrix, entry_columns, summed_entries
from optimizer.tolerances import TRANSFERRED_ROW

Entries = tuple[Positions, Positions, Floats]
"""Weighted sums of columns: for each entry its sum, its column and its weight. No zeros."""


@dataclass(frozen=True, kw_only=True)
class EarlierBound:
    """No plan of the program `named` brings the minimised sum of `priority` below `bound`."""

    named: NamedProgram
    priority: Priority
    bound: float

    def carried_over(self, named: NamedProgram, priority: Priority) -> float:
        """The bound for the same priority of another program; -inf if it does not carry over."""
        if not np.isfinite(self.bound) or named.compiled.columns != self.named.compiled.columns:
            return -np.inf
        old, new = self.named.arrays, named.arrays
        if not np.array_equal(old.integer, new.integer) or not _has_narrower_columns(old, new):
            return -np.inf
        rows = NameMatch(named.compiled.rows, self.named.compiled.rows).old_of_new
        if not _rows_follow(old, new, rows):
            return -np.inf
        difference = priority.vector - self.priority.vector
        moved = np.flatnonzero(difference)
        least, _ = _range((np.zeros_like(moved), moved, difference[moved]), 1, new)
        return self.bound + float(least[0]) + priority.constant - self.priority.constant


def _has_narrower_columns(old: Arrays, new: Arrays) -> bool:
    """Whether every column of `new` stays within its bounds in `old`."""
    lower, upper = _at_least(new.column_lower, old.column_lower), _at_least(old.column_upper, new.column_upper)
    return bool(lower.all() and upper.all())


def _rows_follow(old: Arrays, new: Arrays, rows: Positions) -> bool:
    """Whether the rows of `new` imply every row of `old`; `rows` gives the new position of each old row."""
    gone = rows == GONE
    if (np.isfinite(old.row_lower[gone]) | np.isfinite(old.row_upper[gone])).any():
        return False
    kept, there = np.flatnonzero(~gone), rows[~gone]
    least: Floats | float = 0.0
    most: Floats | float = 0.0
    if not _is_same(old.matrix, new.matrix):
        least, most = _range(_difference(old.matrix, new.matrix, kept, there), len(kept), new)
    upper = _at_least(old.row_upper[kept], new.row_upper[there] - least)
    lower = _at_least(new.row_lower[there] - most, old.row_lower[kept])
    return bool(upper.all() and lower.all())


def _is_same(one: SparseMatrix, other: SparseMatrix) -> bool:
    pairs = ((one.indptr, other.indptr), (one.indices, other.indices), (one.data, other.data))
    return one is other or all(np.array_equal(*pair) for pair in pairs)


def _difference(old: SparseMatrix, new: SparseMatrix, kept: Positions, there: Positions) -> Entries:
    """The entries of rows `there` of `new` minus rows `kept` of `old`; zeros are dropped."""
    now, then = _entries_of_rows(new, there), _entries_of_rows(old, kept)
    rows, columns = np.concatenate([now[0], then[0]]), np.concatenate([now[1], then[1]])
    return summed_entries(rows, columns, np.concatenate([now[2], -then[2]]))


def _entries_of_rows(matrix: SparseMatrix, rows: Positions) -> Entries:
    """The entries of some rows, each with the position of its row in `rows`."""
    position = np.full(matrix.shape[0], GONE, dtype=np.int64)
    position[rows] = np.arange(len(rows))
    of_entries = position[matrix.indices]
    is_there = of_entries != GONE
    return of_entries[is_there], entry_columns(matrix)[is_there], matrix.data[is_there]


def _range(sums: Entries, count: int, arrays: Arrays) -> tuple[Floats, Floats]:
    """The least and greatest value of each of `count` weighted sums of columns within their bounds."""
    of, at, weight = sums
    ends = weight * arrays.column_lower[at], weight * arrays.column_upper[at]
    least, most = np.zeros(count), np.zeros(count)
    np.add.at(least, of, np.minimum(*ends))
    np.add.at(most, of, np.maximum(*ends))
    return least, most


def _at_least(one: Floats, other: Floats) -> Mask:
    room = TRANSFERRED_ROW * np.where(np.isfinite(other), np.abs(other), 0.0)
    return one >= other - room
