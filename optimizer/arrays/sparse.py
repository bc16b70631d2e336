"""Sparse matrices in compressed columns, with the few operations that a solve needs.

scipy.sparse would add about a fifth to the processor time of a whole small solve: its import loads the parts of numpy
that numpy itself loads only when asked for.
"""

from dataclasses import dataclass

import numpy as np

from optimizer.arrays.array_types import AnyIntegers, Floats, Integers, Positions

HALF = 16
"""Bits that numpy sorts by radix, in linear time."""


@dataclass(frozen=True, kw_only=True)
class SparseMatrix:
    """A matrix in compressed columns, with the names that scipy.sparse gives to its parts."""

    data: Floats
    """The entries, column by column."""
    indices: Integers
    """The row of each entry, ascending within a column."""
    indptr: Integers
    """The position at which each column starts, then the number of entries."""
    shape: tuple[int, int]
    """Number of rows, number of columns."""

    @property
    def nnz(self) -> int:
        """Number of entries."""
        return len(self.data)

    @property
    def has_canonical_format(self) -> bool:
        """Whether the rows ascend within each column, so that no entry occurs twice."""
        ascends = np.diff(self.indices) > 0
        starts = self.indptr[1:-1]
        ascends[starts[(starts > 0) & (starts < self.nnz)] - 1] = True
        return bool(ascends.all())

    def copy(self) -> "SparseMatrix":
        """Return a matrix with entries of its own, in the same places."""
        return SparseMatrix(data=self.data.copy(), indices=self.indices, indptr=self.indptr, shape=self.shape)

    def with_rows(self, kept: Positions) -> "SparseMatrix":
        """Return the matrix of the rows `kept`, which ascend."""
        is_kept = np.zeros(self.shape[0], dtype=np.bool_)
        is_kept[kept] = True
        number, stays = np.cumsum(is_kept) - 1, is_kept[self.indices]
        starts = np.concatenate(([0], np.cumsum(stays)))[self.indptr]
        return SparseMatrix(
            data=self.data[stays],
            indices=number[self.indices[stays]].astype(np.int32),
            indptr=starts.astype(np.int32),
            shape=(len(kept), self.shape[1]),
        )

    def transposed(self) -> "SparseMatrix":
        """Return the matrix whose columns are the rows of this one."""
        return from_entries(entry_columns(self), self.indices, self.data, (self.shape[1], self.shape[0]))

    def times(self, of_columns: Floats) -> Floats:
        """Return the weighted sum of the columns: a number for each row."""
        terms = self.data * of_columns[entry_columns(self)]
        return np.bincount(self.indices, weights=terms, minlength=self.shape[0]).astype(np.float64)

    def transposed_times(self, of_rows: Floats) -> Floats:
        """Return the weighted sum of the rows: a number for each column."""
        return self._column_sums(self.data * of_rows[self.indices])

    def transposed_magnitudes_times(self, of_rows: Floats) -> Floats:
        """Return the weighted sum of the rows of magnitudes: a number for each column."""
        return self._column_sums(np.abs(self.data) * of_rows[self.indices])

    def _column_sums(self, of_entries: Floats) -> Floats:
        sums = np.zeros(self.shape[1])
        starts = self.indptr[:-1]
        has_entries = starts < self.indptr[1:]
        if has_entries.any():
            sums[has_entries] = np.add.reduceat(of_entries, starts[has_entries])
        return sums


def entry_columns(matrix: SparseMatrix) -> Positions:
    """Return the column of each entry; `matrix.indices` holds the rows."""
    return np.repeat(np.arange(matrix.shape[1]), np.diff(matrix.indptr))


def from_entries(row: AnyIntegers, column: AnyIntegers, value: Floats, shape: tuple[int, int]) -> SparseMatrix:
    """Return the matrix with these entries, in any order; no place occurs twice."""
    by_row = stable_order(row) if (np.diff(row) < 0).any() else np.arange(len(row))
    order = by_row[stable_order(column[by_row])]
    starts = np.concatenate(([0], np.cumsum(np.bincount(column, minlength=shape[1]))))
    return SparseMatrix(
        data=value[order], indices=row[order].astype(np.int32), indptr=starts.astype(np.int32), shape=shape
    )


def from_dense(dense: Floats) -> SparseMatrix:
    """Return the nonzero entries of a dense matrix."""
    rows, columns = np.nonzero(dense)
    return from_entries(rows, columns, dense[rows, columns], (dense.shape[0], dense.shape[1]))


def summed_entries(row: Positions, column: Positions, value: Floats) -> tuple[Positions, Positions, Floats]:
    """Return the entries in the order of rows, then columns; those of one place are summed, zeros are dropped."""
    order = stable_order(column)
    order = order[stable_order(row[order])]
    row, column, value = row[order], column[order], value[order]
    is_first = np.ones(len(row), dtype=np.bool_)
    is_first[1:] = (np.diff(row) != 0) | (np.diff(column) != 0)
    if not is_first.all():
        row, column, value = row[is_first], column[is_first], np.add.reduceat(value, np.flatnonzero(is_first))
    is_kept = value != 0
    return row[is_kept], column[is_kept], value[is_kept]


def stable_order(numbers: AnyIntegers) -> Positions:
    """Return the order that sorts nonnegative numbers below 2**32; equal numbers keep their order."""
    order = np.argsort((numbers & (2**HALF - 1)).astype(np.uint16), kind="stable")
    if numbers.size and numbers.max() >= 2**HALF:
        order = order[np.argsort((numbers[order] >> HALF).astype(np.uint16), kind="stable")]
    return order
