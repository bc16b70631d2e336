"""The matrix of a program as scipy knows it, for what only tests do with it."""

from scipy.sparse import csc_array

from optimizer.arrays.sparse import SparseMatrix


def to_scipy(matrix: SparseMatrix) -> csc_array:
    """Return the same matrix."""
    return csc_array((matrix.data, matrix.indices, matrix.indptr), shape=matrix.shape)
