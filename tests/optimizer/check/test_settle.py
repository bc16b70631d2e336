import pytest

from optimizer.check.settle import Limit, settle


def excess(limits: list[Limit[str]]) -> float:
    amounts = settle(limits)
    assert all(amount >= 0 for amount in amounts.values())
    return max(sum(by * amounts[key] for key, by in row.items()) - limit for row, limit in limits)


def test_nothing_to_settle() -> None:
    assert settle([]) == {}


def test_limits_that_hold_at_zero_leave_everything_at_zero() -> None:
    assert settle([({"x": 1.0}, 3.0), ({"y": -1.0}, 0.0)]) == {"x": 0.0, "y": 0.0}


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
