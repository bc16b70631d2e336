"""The gap between a value and its bound, both of a minimised objective: one definition for search and report."""

import numpy as np

from optimizer.tolerances import ZERO_VALUE


def relative_gap(value: float, bound: float) -> float:
    """(value - bound) / |value|; absolute if |value| is below `ZERO_VALUE`; never negative."""
    difference = max(value - bound, 0.0)
    scale = abs(value)
    return difference / scale if scale > ZERO_VALUE else difference


def is_gap_closed(value: float, bound: float, gap: float, *, absolute: float = 0.0) -> bool:
    """Whether value - bound is at most `gap` relative to the value, or at most `absolute`."""
    return value - bound <= max(gap * abs(value), absolute) or value <= target_value(bound, gap)


def target_value(bound: float, gap: float) -> float:
    """The worst value whose relative gap to `bound` is closed; -inf if there is no bound or the gap must be 0."""
    if not np.isfinite(bound) or gap <= 0:
        return -np.inf
    return bound / (1 - gap) if bound >= 0 and gap < 1 else bound / (1 + gap)
