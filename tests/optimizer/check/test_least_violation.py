import numpy as np
import pytest
from scipy.optimize import linprog

from optimizer.check.least_violation import Limit, minimise_violation


def excess(limits: list[Limit[str]]) -> float:
    amounts = minimise_violation(limits)
    assert all(amount >= 0 for amount in amounts.values())
    return max(sum(by * amounts[key] for key, by in row.items()) - limit for row, limit in limits)


def test_without_limits_there_are_no_amounts() -> None:
    assert minimise_violation([]) == {}


def test_limits_that_hold_at_zero_leave_everything_at_zero() -> None:
    assert minimise_violation([({"x": 1.0}, 3.0), ({"y": -1.0}, 0.0)]) == {"x": 0.0, "y": 0.0}


def test_finds_amounts_within_opposing_limits() -> None:
    """x + y ≥ 4, x ≤ 3, y ≤ 3, x ≤ y − 1: for example x = 1, y = 3."""
    limits: list[Limit[str]] = [
        ({"x": -1.0, "y": -1.0}, -4.0),
        ({"x": 1.0}, 3.0),
        ({"y": 1.0}, 3.0),
        ({"x": 1.0, "y": -1.0}, -1.0),
    ]
    assert excess(limits) == pytest.approx(0, abs=1e-9)


def test_spreads_a_violation_that_cannot_be_avoided() -> None:
    """x ≥ 4 and x ≤ 2: a violation of 1 each is the least."""
    assert excess([({"x": -1.0}, -4.0), ({"x": 1.0}, 2.0)]) == pytest.approx(1)


def test_terminates_if_many_limits_meet_in_a_point() -> None:
    limits: list[Limit[str]] = [({"x": -1.0, "y": -1.0}, -1.0), ({"x": 1.0}, 0.0), ({"y": 1.0}, 1.0)]
    limits += [({"x": 1.0, "y": by}, by) for by in (0.25, 0.5, 1.0, 2.0)]
    assert excess(limits) == pytest.approx(0, abs=1e-9)


def drawn(seed: int) -> list[Limit[str]]:
    """3 to 8 limits on 2 to 5 amounts; small integers and halves make many of them meet in a point."""
    draw = np.random.default_rng(seed)
    names, number = "vwxyz"[: draw.integers(2, 6)], draw.integers(3, 9)
    return [
        ({name: float(draw.integers(-2, 3)) for name in names}, float(draw.integers(-8, 7)) / 2) for _ in range(number)
    ]


@pytest.mark.parametrize("tenth", range(30))
def test_no_amounts_have_a_smaller_violation(tenth: int) -> None:
    """Compared with HiGHS: the least z ≥ 0 with A x − z ≤ b over x ≥ 0."""
    for limits in (drawn(10 * tenth + place) for place in range(10)):
        names = list(limits[0][0])
        table = [[*(row[name] for name in names), -1.0] for row, _ in limits]
        solved = linprog([*(0.0 for _ in names), 1.0], A_ub=table, b_ub=[limit for _, limit in limits])
        assert max(0.0, excess(limits)) == pytest.approx(solved.fun, abs=1e-9)


@pytest.mark.parametrize("limit", [0.0, 0.5])
def test_amounts_stay_zero_if_no_limit_is_violated(limit: float) -> None:
    """x ≥ 1 is possible but not needed."""
    assert minimise_violation([({"x": 1.0}, 2.0), ({"x": -1.0, "y": 1.0}, limit)]) == {"x": 0.0, "y": 0.0}


@pytest.mark.parametrize("rate", [1e-4, 1e4])
def test_very_small_and_very_large_coefficients_are_not_rounded_away(rate: float) -> None:
    """x · rate ≥ 1 and y ≥ x can both hold."""
    assert excess([({"x": -rate}, -1.0), ({"x": 1.0, "y": -1.0}, 0.0)]) == pytest.approx(0, abs=1e-9)
