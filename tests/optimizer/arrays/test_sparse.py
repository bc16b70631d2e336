"""The few operations on sparse matrices, compared with scipy's."""

from random import Random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.sparse import coo_array, csc_array

from optimizer.arrays.array_types import Positions
from optimizer.arrays.sparse import SparseMatrix, entry_columns, from_dense, from_entries, stable_order, summed_entries
from tests.support.matrices import to_scipy

NUMBERS = st.integers(-3, 3).map(float)
WIDE = 2**16 + 5
"""More columns than numbers of 16 bits."""


@st.composite
def dense_matrices(draw: st.DrawFn) -> np.ndarray:
    height, width = draw(st.integers(1, 6)), draw(st.integers(1, 6))
    return np.array(draw(st.lists(NUMBERS, min_size=height * width, max_size=height * width))).reshape(height, width)


def is_same(one: SparseMatrix, other: csc_array) -> bool:
    pairs = ((one.data, other.data), (one.indices, other.indices), (one.indptr, other.indptr))
    return one.shape == other.shape and all(np.array_equal(*pair) for pair in pairs)


@given(dense_matrices(), st.randoms(use_true_random=False))
def test_a_matrix_of_entries_in_any_order_is_that_of_scipy(dense: np.ndarray, chance: Random) -> None:
    rows, columns = np.nonzero(dense)
    order = np.array(chance.sample(range(len(rows)), len(rows)), dtype=np.int64)
    found = from_entries(rows[order], columns[order], dense[rows, columns][order], dense.shape)
    assert is_same(found, csc_array(dense))
    assert is_same(from_dense(dense), csc_array(dense))
    assert found.has_canonical_format
    assert np.array_equal(entry_columns(found), np.sort(columns))


@given(dense_matrices())
def test_sums_of_rows_are_those_of_scipy(dense: np.ndarray) -> None:
    matrix, of_rows = from_dense(dense), np.arange(1.0, len(dense) + 1)
    assert np.array_equal(matrix.transposed_times(of_rows), to_scipy(matrix).T @ of_rows)
    assert np.array_equal(matrix.transposed_magnitudes_times(of_rows), np.abs(dense).T @ of_rows)


@given(dense_matrices())
def test_sums_of_columns_rows_and_the_transposed_matrix_are_those_of_scipy(dense: np.ndarray) -> None:
    matrix, of_columns = from_dense(dense), np.arange(1.0, dense.shape[1] + 1)
    kept = np.arange(0, len(dense), 2)
    assert np.array_equal(matrix.times(of_columns), to_scipy(matrix) @ of_columns)
    assert is_same(matrix.with_rows(kept), csc_array(dense[kept]))
    assert is_same(matrix.transposed(), csc_array(dense.T))


@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3), NUMBERS), max_size=12))
def test_entries_of_one_place_are_summed_and_zeros_are_dropped(entries: list[tuple[int, int, float]]) -> None:
    row, column, value = (np.array([entry[part] for entry in entries]) for part in range(3))
    found = summed_entries(row.astype(np.int64), column.astype(np.int64), value.astype(float))
    expected = coo_array((value, (row.astype(int), column.astype(int))), shape=(4, 4)).toarray()
    rows, columns = np.nonzero(expected)
    assert [part.tolist() for part in found] == [rows.tolist(), columns.tolist(), expected[rows, columns].tolist()]


@pytest.mark.parametrize("numbers", [[], [3, 1, 1, 0], [WIDE, 4, 2**16, WIDE, 2**17, 4]])
def test_equal_numbers_keep_their_order(numbers: list[int]) -> None:
    given_ = np.array(numbers, dtype=np.int64)
    expected: Positions = np.argsort(given_, kind="stable")
    assert stable_order(given_).tolist() == expected.tolist()


def test_a_place_that_occurs_twice_is_noticed() -> None:
    shape, starts = (2, 3), np.array([0, 2, 2, 3], dtype=np.int32)
    for rows, is_canonical in (([0, 1, 0], True), ([1, 1, 0], False), ([1, 0, 0], False)):
        matrix = SparseMatrix(data=np.ones(3), indices=np.array(rows, np.int32), indptr=starts, shape=shape)
        assert matrix.has_canonical_format is is_canonical
