"""Columns that the signs of the rows force to 0, found without any rounding.

If a - b <= 0 and b can only be 0, then a >= 0 can only be 0. The solver compares with tolerances in the unit of a row,
so without a bound of its own such a column could be above 0 if the numbers of its rows are far apart.
"""

import numpy as np
from scipy.sparse import csc_array

from optimizer.arrays.array_types import AnyIntegers, Floats, Mask
from optimizer.arrays.sparse import entry_columns


def forced_zeros(matrix: csc_array, row_sides: tuple[Floats, Floats], column_bounds: tuple[Floats, Floats]) -> Mask:
    """Which columns are 0 in every plan because of rows of the form: sum of terms <= 0.

    Such a row forces its positive terms to 0 once every term that can be negative is 0.
    """
    lower, upper = column_bounds
    is_zero = (lower >= 0) & (upper <= 0)
    row, column, rises = _terms_at_most_zero(matrix, row_sides)
    is_room = ~rises | (lower < 0)[column]
    room, of = row[is_room], column[is_room]
    forced, by = column[rises], row[rises]
    was_open = np.ones(2 * matrix.shape[0], dtype=np.bool_)
    while True:
        stays = ~is_zero[of]
        room, of = room[stays], of[stays]
        is_open = np.zeros_like(was_open)
        is_open[room] = True
        found = forced[(was_open & ~is_open)[by]]
        if is_zero[found].all():
            return is_zero
        is_zero[found] = True
        was_open = is_open


def _terms_at_most_zero(matrix: csc_array, row_sides: tuple[Floats, Floats]) -> tuple[AnyIntegers, AnyIntegers, Mask]:
    """Row, column and whether it is positive, of every term of the rows that are at most 0.

    A row that is at least 0 counts negated, under a number of its own.
    """
    lower, upper = row_sides
    column, exists = entry_columns(matrix), matrix.data != 0
    most, least = exists & (upper == 0)[matrix.indices], exists & (lower == 0)[matrix.indices]
    return (
        np.concatenate([matrix.indices[most], matrix.indices[least] + matrix.shape[0]]),
        np.concatenate([column[most], column[least]]),
        np.concatenate([matrix.data[most] > 0, matrix.data[least] < 0]),
    )
