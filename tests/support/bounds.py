"""Bounds that must exist."""

from models.outcome import Result


def bound_of(result: Result) -> float:
    """The bound by the solver's search; fails without one."""
    assert result.bound is not None
    return result.bound
