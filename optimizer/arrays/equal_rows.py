"""Finds rows with equal entries, such as those that say the same in every scenario, and keeps one of each.

Rows are compared by their sums over random weights, and those with equal sums entry by entry.
"""

from typing import TYPE_CHECKING

import numpy as np

from optimizer.arrays.array_types import Floats, Mask, Positions
from optimizer.arrays.sparse import SparseMatrix

if TYPE_CHECKING:
    from optimizer.arrays.solver_arrays import Arrays


def first_equal_rows(arrays: "Arrays") -> Positions:
    """For each row the first row with the same entries; itself if there is none before it."""
    matrix = arrays.matrix
    height, width = matrix.shape
    weights = np.random.default_rng(0).random(width)
    sums: Floats = matrix.times(weights)
    order = np.lexsort((np.arange(height), sums))
    alike = np.flatnonzero(np.diff(sums[order]) == 0)
    first = np.arange(height)
    if not alike.size:
        return first
    before, after = order[alike], order[alike + 1]
    is_equal = np.zeros(height, dtype=np.bool_)
    is_equal[alike + 1] = _are_equal(matrix.transposed(), before, after)
    run = np.cumsum(~is_equal) - 1
    first[order] = order[~is_equal][run]
    return first


def _are_equal(rows: SparseMatrix, before: Positions, after: Positions) -> Mask:
    """Whether the rows of each pair, the columns of the transposed matrix, have the same entries."""
    lengths = np.diff(rows.indptr)
    is_equal = lengths[before] == lengths[after]
    before, after = before[is_equal], after[is_equal]
    count = lengths[before]
    pair = np.repeat(np.arange(len(count)), count)
    within = np.arange(int(count.sum())) - np.repeat(np.cumsum(count) - count, count)
    one, other = rows.indptr[before][pair] + within, rows.indptr[after][pair] + within
    differs = (rows.indices[one] != rows.indices[other]) | (rows.data[one] != rows.data[other])
    found: Mask = is_equal.copy()
    found[is_equal] = np.bincount(pair, weights=differs, minlength=len(count)) == 0
    return found
