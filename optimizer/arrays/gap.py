"""The gap between a value and its bound, both of a minimised objective: one definition for search and report."""

import numpy as np

from optimizer.tolerances import ABSOLUTE_GAP, BOUNDED_OBJECTIVE, ZERO_VALUE


def relative_gap(value: float, bound: float, unit: float) -> float:
    """(value - bound) / |value|, never negative; 1 if the value is zero and the bound is not.

    `unit` is that of the solver's tolerances: smaller differences than `ZERO_VALUE` of it are rounding.
    """
    difference = value - bound
    if difference <= ZERO_VALUE * unit:
        return 0.0
    return difference / abs(value) if abs(value) > ZERO_VALUE * abs(bound) or np.isinf(bound) else 1.0


def is_gap_closed(value: float, bound: float, gap: float, *, absolute: float = 0.0) -> bool:
    """Whether value - bound is at most `gap` relative to the value, or at most `absolute`."""
    return value - bound <= max(gap * abs(value), absolute) or value <= target_value(bound, gap)


def gap_left(value: float, unit: float, *, is_bounded: bool) -> float:
    """The distance to the bound that the solver's tolerances may leave when it ends.

    `unit` is that of the solver's tolerances. `is_bounded` says that rows bound earlier objectives.
    """
    return ABSOLUTE_GAP * unit + (BOUNDED_OBJECTIVE * abs(value) if is_bounded else 0.0)


def target_value(bound: float, gap: float) -> float:
    """The worst value whose relative gap to `bound` is closed; -inf if there is no bound or the gap must be 0."""
    if not np.isfinite(bound) or gap <= 0:
        return -np.inf
    return bound / (1 - gap) if bound >= 0 and gap < 1 else bound / (1 + gap)
