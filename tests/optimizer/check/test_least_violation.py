import numpy as np
import pytest
from scipy.optimize import linprog

from optimizer.check.least_violation import Limit, minimise_violation


def excess(limits: list[Limit[str]]) -> float:
    amounts = minimise_violation(limits)
    assert all(amount >= 0 for amount in amounts.values())
    return max(sum(by * amounts[key] for key, by in row.items()) - limit for row, limit in limits)


def test_nothing_to_settle() -> None:
    assert minimise_violation([]) == {}


def test_limits_that_hold_at_zero_leave_everything_at_zero() -> None:
    assert minimise_violation([({"x": 1.0}, 3.0), ({"y": -1.0}, 0.0)]) == {"x": 0.0, "y": 0.0}


def test_finds_amounts_within_limits_that_pull_both_ways() -> None:
    """x + y ≥ 4, x ≤ 3, y ≤ 3, x ≤ y − 1: only near x = 1, y = 3."""
    limits: list[Limit[str]] = [
        ({"x": -1.0, "y": -1.0}, -4.0),
        ({"x": 1.0}, 3.0),
        ({"y": 1.0}, 3.0),
        ({"x": 1.0, "y": -1.0}, -1.0),
    ]
    assert excess(limits) == pytest.approx(0, abs=1e-9)


def test_spreads_what_cannot_hold() -> None:
    """x ≥ 4 and x ≤ 2: 1 each way is the best."""
    assert excess([({"x": -1.0}, -4.0), ({"x": 1.0}, 2.0)]) == pytest.approx(1)


def test_ends_where_many_limits_meet_in_one_point() -> None:
    limits: list[Limit[str]] = [({"x": -1.0, "y": -1.0}, -1.0), ({"x": 1.0}, 0.0), ({"y": 1.0}, 1.0)]
    limits += [({"x": 1.0, "y": by}, by) for by in (0.25, 0.5, 1.0, 2.0)]
    assert excess(limits) == pytest.approx(0, abs=1e-9)


def drawn(seed: int) -> list[Limit[str]]:
    """3 to 8 limits on 2 to 5 amounts, of small whole and half numbers so that many meet in a point."""
    draw = np.random.default_rng(seed)
    names, number = "vwxyz"[: draw.integers(2, 6)], draw.integers(3, 9)
    return [
        ({name: float(draw.integers(-2, 3)) for name in names}, float(draw.integers(-8, 7)) / 2) for _ in range(number)
    ]


@pytest.mark.parametrize("tenth", range(30))
def test_no_amounts_break_the_limits_less(tenth: int) -> None:
    """Against HiGHS: least z ≥ 0 with A x − z ≤ b over x ≥ 0."""
    for limits in (drawn(10 * tenth + place) for place in range(10)):
        names = list(limits[0][0])
        table = [[*(row[name] for name in names), -1.0] for row, _ in limits]
        solved = linprog([*(0.0 for _ in names), 1.0], A_ub=table, b_ub=[limit for _, limit in limits])
        assert max(0.0, excess(limits)) == pytest.approx(solved.fun, abs=1e-9)


@pytest.mark.parametrize("limit", [0.0, 0.5])
def test_nothing_is_moved_where_nothing_is_in_the_way(limit: float) -> None:
    """x ≥ 1 would do no harm, and is not needed."""
    assert minimise_violation([({"x": 1.0}, 2.0), ({"x": -1.0, "y": 1.0}, limit)]) == {"x": 0.0, "y": 0.0}


@pytest.mark.parametrize("rate", [1e-4, 1e4])
def test_numbers_much_smaller_or_larger_than_others_are_no_rounding(rate: float) -> None:
    """x · rate ≥ 1 and y ≥ x: both can hold."""
    assert excess([({"x": -rate}, -1.0), ({"x": 1.0, "y": -1.0}, 0.0)]) == pytest.approx(0, abs=1e-9)
