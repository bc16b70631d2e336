"""The factors with which the solver receives a program."""

from dataclasses import replace

import numpy as np
import pytest

from optimizer.arrays.array_types import Floats
from optimizer.arrays.scaling import OUT_OF_REACH
from optimizer.arrays.solver_arrays import Arrays
from optimizer.arrays.sparse import from_dense

INF = np.inf


def arrays(
    matrix: list[list[float]],
    *,
    lower: list[float],
    upper: list[float],
    most: list[float],
    least: list[float] | None = None,
    integer: list[bool] | None = None,
) -> Arrays:
    return Arrays(
        matrix=from_dense(np.array(matrix)),
        row_lower=np.array(lower),
        row_upper=np.array(upper),
        column_lower=np.zeros(len(most)) if least is None else np.array(least),
        column_upper=np.array(most),
        integer=np.zeros(len(most), dtype=np.bool_) if integer is None else np.array(integer),
    )


def bought(budget: float, price: float, risk: float) -> Arrays:
    """Money x <= budget buys levels e at a price, which remove risk: x = price e, cut <= e, cut <= risk."""
    return arrays(
        [[1, 0, 0], [1, -price, 0], [0, -1, 1]], lower=[-INF, 0, -INF], upper=[budget, 0, 0], most=[INF, INF, risk]
    )


def is_power_of_two(values: Floats) -> bool:
    return bool((np.frexp(values)[0] == 0.5).all())


def test_a_side_out_of_reach_stays_below_what_the_solver_takes_as_infinite() -> None:
    scaling = arrays([[1]], lower=[4], upper=[INF], most=[1e-21]).scaling
    (lower,), (upper,) = scaling.sides(np.array([0]), np.array([4.0]), np.array([INF]))
    assert (lower, upper) == (OUT_OF_REACH, INF)


def test_every_factor_is_a_power_of_two() -> None:
    scaling = bought(70, 3, 12).scaling
    assert is_power_of_two(scaling.rows)
    assert is_power_of_two(scaling.columns)


@pytest.mark.parametrize("unit", [2.0**-30, 2.0**30])
def test_another_unit_of_money_gives_the_solver_the_same_program(unit: float) -> None:
    one, other = bought(70, 3, 12), bought(70 * unit, 3 * unit, 12)
    assert np.array_equal(scaled(one), scaled(other))


def scaled(one: Arrays) -> Floats:
    """The entries and finite sides that the solver receives."""
    column = np.repeat(np.arange(one.matrix.shape[1]), np.diff(one.matrix.indptr))
    sides = one.row_upper * one.scaling.rows
    return np.append(one.scaling.entries(one.matrix.indices, column, one.matrix.data), sides)


def test_a_column_is_in_a_unit_near_what_is_of_use() -> None:
    """All 12 points of risk are gone at level 12, for 36 of a budget of a million million."""
    scaling = bought(1e12, 3, 12).scaling
    assert scaling.columns.tolist() == [32, 8, 8]


def test_a_risk_that_nobody_can_remove_sets_no_unit() -> None:
    """70 of money buy 23 levels, however great the risk."""
    scaling = bought(70, 3, 1e12).scaling
    assert scaling.columns.tolist() == [64, 16, 16]


def test_integers_keep_their_unit() -> None:
    """Level e <= 1000 y, y binary."""
    one = arrays([[1, -1000]], lower=[-INF], upper=[0], most=[INF, 1], integer=[False, True])
    assert one.scaling.columns[1] == 1


def test_what_is_ruled_out_is_in_the_unit_of_what_is_allowed() -> None:
    """The same two levels; one may not run."""
    rows = [[1.0, 0.0, -1e-6, 0.0], [0.0, 1.0, 0.0, -1e-6]]
    allowed = arrays(rows, lower=[-INF] * 2, upper=[0, 0], most=[1e-6, 1e-6, 1, 1], integer=[False, False, True, True])
    forbidden = replace(allowed, column_upper=np.array([0.0, 0.0, 0.0, 0.0]))
    assert forbidden.scaling.columns[:2].tolist() == pytest.approx([2**-20, 2**-20])
    assert allowed.scaling.columns[:2].tolist() == [2**-20, 2**-20]


def test_rows_in_a_circle_do_not_shrink_a_unit_without_end() -> None:
    """x <= y / 2 and y <= x: both can only be 0, but each pass says half of the last."""
    one = arrays([[1, -0.5], [-1, 1]], lower=[-INF] * 2, upper=[0, 0], most=[100, INF])
    assert one.scaling.columns.min() >= 16


def test_a_cost_that_follows_from_contributions_asks_for_none() -> None:
    """c = x1 + x2, where 1e-12 of x1 does what takes 8 of x2: x1 counts in units of 1e-12 all the same."""
    one = arrays(
        [[1e12, 0, -1, 0, 0], [0, 1, 0, -1, 0], [0, 0, -1, -1, 0], [1, 1, 0, 0, -1], [1, 1, 0, 0, 0]],
        lower=[0, 0, -INF, 0, -INF],
        upper=[0, 0, -8, 0, 10],
        most=[INF] * 5,
    )
    assert one.scaling.columns[1:4].tolist() == [8, 8, 8]
    assert one.scaling.columns[0] == 2.0**-37


def test_dust_is_relative_to_the_unit_of_its_column() -> None:
    scaling = replace(bought(70, 3, 12).scaling, columns=np.array([1.0, 2.0**-40, 1.0]))
    assert scaling.without_dust(np.array([1e-8, 1e-12, 1.0])).tolist() == [0, 1e-12, 1]


@pytest.mark.parametrize("side, is_small", [(10.0, False), (0.0, False), (INF, False), (1e-5, True)])
def test_a_changed_side_near_the_tolerances_asks_for_other_factors(side: float, *, is_small: bool) -> None:
    scaling = bought(70, 3, 12).scaling
    assert scaling.has_small_sides(np.array([0], dtype=np.int32), (np.array([side]),)) is is_small


@pytest.mark.parametrize("price, is_far", [(5.0, False), (1e9, True)])
def test_a_changed_entry_far_from_1_asks_for_other_factors(price: float, *, is_far: bool) -> None:
    scaling = bought(70, 3, 12).scaling
    at = np.array([1], dtype=np.int32)
    assert bool(scaling.is_far_off(at, at, np.array([-price])).any()) is is_far
