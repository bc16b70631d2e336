"""Bounds of columns that follow from rows: implied, and never a plan less."""

from fractions import Fraction

import numpy as np
import pytest

from optimizer.arrays.column_bounds import natural_bounds, propagated_bounds
from optimizer.tolerances import DOCUMENT_ROUNDING
from tests.support.exact_bound import INFINITY, known_program, some_arrays

FREE = (-INFINITY, INFINITY)


def test_a_row_bounds_its_columns_on_the_side_that_the_others_permit() -> None:
    """2x + 3y <= 12 with x, y >= 0: x <= 6 and y <= 4, or a little more."""
    arrays = some_arrays([[2, 3]], [(-INFINITY, 12)], [(0, INFINITY)] * 2)
    bounds = propagated_bounds(arrays, 0.0)
    assert bounds.upper == pytest.approx([6, 4], rel=1e-14)
    assert (bounds.upper >= [6, 4]).all()
    assert (bounds.lower == 0).all()


def test_both_sides_and_both_signs_count() -> None:
    """1 <= x - y <= 2 with 5 <= y <= 7: x lies between 6 and 9."""
    arrays = some_arrays([[1, -1]], [(1, 2)], [FREE, (5, 7)])
    bounds = propagated_bounds(arrays, 0.0)
    assert (bounds.lower[0], bounds.upper[0]) == pytest.approx((6, 9), rel=1e-14)
    assert bounds.lower[0] <= 6
    assert bounds.upper[0] >= 9


def test_a_row_with_two_unbounded_columns_bounds_neither() -> None:
    arrays = some_arrays([[1, 1]], [(-INFINITY, 3)], [FREE, FREE])
    assert propagated_bounds(arrays, 0.0).is_infinite.all()


def test_a_row_with_one_unbounded_column_bounds_that_one() -> None:
    arrays = some_arrays([[1, 1]], [(-INFINITY, 3)], [FREE, (1, INFINITY)])
    bounds = propagated_bounds(arrays, 0.0)
    assert bounds.upper[0] == pytest.approx(2)
    assert bounds.upper[1] == INFINITY


def test_bounds_follow_through_several_rows() -> None:
    """x <= 2, then y <= x, then z <= y; in reverse order of rows, so that it takes three rounds."""
    rows = [[0, -1, 1], [-1, 1, 0], [1, 0, 0]]
    arrays = some_arrays(rows, [(-INFINITY, 0), (-INFINITY, 0), (-INFINITY, 2)], [(0, INFINITY)] * 3)
    assert propagated_bounds(arrays, 0.0).upper == pytest.approx([2, 2, 2])


def test_what_zeros_force_to_zero_is_exactly_zero() -> None:
    """z = 0, then 1e15 y <= 3 z, then x = 1e-12 y."""
    rows: list[list[float]] = [[0, 0, 1], [0, 1e15, -3], [1, -1e-12, 0]]
    arrays = some_arrays(rows, [(0, 0), (-INFINITY, 0), (0, 0)], [(0, INFINITY)] * 3)
    assert propagated_bounds(arrays, DOCUMENT_ROUNDING).upper.tolist() == [0, 0, 0]


def test_a_bound_that_underflows_is_not_zero() -> None:
    """x <= 1e-200 y with y <= 1e-200: x may be 1e-400."""
    arrays = some_arrays([[1, -1e-200]], [(-INFINITY, 0)], [(0, INFINITY), (0, 1e-200)])
    assert propagated_bounds(arrays, 0.0).upper[0] > 0


def test_whole_numbers_are_rounded_inward_but_not_across_a_whole_number() -> None:
    """3x <= 10 means x <= 3; 0.1·x <= 0.3 means x <= 3 for the decimals, though 0.3/0.1 is below 3 as doubles."""
    arrays = some_arrays([[3, 0], [0, 0.1]], [(-INFINITY, 10), (-INFINITY, 0.3)], [(0, INFINITY)] * 2, integer=[0, 1])
    assert propagated_bounds(arrays, DOCUMENT_ROUNDING).upper.tolist() == [3, 3]


def test_a_whole_number_just_off_by_rounding_stays() -> None:
    almost_one = float(np.nextafter(1.0, 2.0))
    arrays = some_arrays([[1]], [FREE], [(almost_one, 5.5)], integer=[0])
    bounds = natural_bounds(arrays, DOCUMENT_ROUNDING)
    assert (bounds.lower[0], bounds.upper[0]) == (1, 5)


def test_whole_bounds_lie_within_fractional_ones() -> None:
    bounds = natural_bounds(some_arrays([[1]], [FREE], [(0.2, 5.7)], integer=[0]), 0.0)
    assert (bounds.lower[0], bounds.upper[0]) == (1, 5)


def test_a_quotient_that_overflows_bounds_nothing() -> None:
    arrays = some_arrays([[1e-200]], [(1e200, INFINITY)], [FREE])
    assert propagated_bounds(arrays, 0.0).is_infinite.all()
    assert propagated_bounds(arrays, 0.0).lower[0] == -INFINITY


@pytest.mark.parametrize("entry", [1.0, -1.0])
def test_side_and_coefficient_may_both_be_off_by_the_rounding(entry: float) -> None:
    """0.999·x <= 1.001 permits more than 1.002."""
    arrays = some_arrays([[entry]], [(-1, 1)], [FREE])
    bounds = propagated_bounds(arrays, 1e-3)
    assert bounds.upper[0] >= 1.001 / 0.999
    assert bounds.lower[0] <= -1.001 / 0.999


def test_explicit_zeros_bound_nothing() -> None:
    arrays = some_arrays([[1, 1]], [(-INFINITY, 3)], [FREE, (1, 2)])
    arrays.matrix.data[0] = 0.0
    assert propagated_bounds(arrays, 0.0).is_infinite.tolist() == [True, False]


@pytest.mark.parametrize("rounding", [0.0, DOCUMENT_ROUNDING, 1e-6])
def test_a_plan_lies_within_the_bounds_that_its_rows_imply(rounding: float) -> None:
    """The plan is exact: all numbers of the program are multiples of powers of 2."""
    for seed in range(300):
        known = known_program(seed)
        bounds = propagated_bounds(known.arrays, rounding)
        assert (bounds.lower <= known.plan).all(), seed
        assert (known.plan <= bounds.upper).all(), seed


@pytest.mark.parametrize("seed", range(50))
def test_rounded_sums_never_exclude_a_plan(seed: int) -> None:
    """Rows of tenths and thirds whose exact sides, rounded outward once, are met with equality."""
    chance = np.random.default_rng(seed)
    entries = chance.choice([-0.1, 0.1, 1 / 3, 0.7, 1e-7, 1e6], size=(4, 5))
    plan = chance.choice([0.1, 0.2, 1 / 3, 1e5, -7.7], size=5)
    activities = [sum(map(lambda a, x: Fraction(a) * Fraction(x), row, plan)) for row in entries]
    upper = [float(np.nextafter(float(one), INFINITY)) for one in activities]
    room = chance.choice([0.0, 1.0], size=5)
    columns = [(x - slack, x + slack) for x, slack in zip(plan, room, strict=True)]
    columns[0] = FREE
    arrays = some_arrays(entries.tolist(), [(-INFINITY, one) for one in upper], columns)
    bounds = propagated_bounds(arrays, 0.0)
    assert (bounds.lower <= plan).all()
    assert (plan <= bounds.upper).all()


def test_at_most_four_rounds() -> None:
    """x <= y + 1 and y <= x / 2 converge for ever. x <= 1e9 gives y <= 5e8, then x <= 5e8 + 1, and so on."""
    arrays = some_arrays([[1, -1], [-0.5, 1]], [(-INFINITY, 1), (-INFINITY, 0)], [(0, 1e9), (0, INFINITY)])
    assert propagated_bounds(arrays, 0.0).upper == pytest.approx([2.5e8 + 1.5, 2.5e8 + 0.5], rel=1e-12)
