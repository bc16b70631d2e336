"""Windows of positions: the largest sets of members that stand within so many points of each other (C14)."""

from collections.abc import Mapping

from models.ids import MemberId
from optimizer.data.politics import ROUNDING


def windows(stands: Mapping[MemberId, float], most: float) -> tuple[tuple[MemberId, ...], ...]:
    """Every largest set of members no two of whom stand more than `most` points apart, from the lowest position up.

    Along a line there are no more of them than positions, and each holds neighbours. Members come in their own order.
    """
    found: list[frozenset[MemberId]] = []
    for least in sorted(set(stands.values())):
        window = frozenset(i for i, at in stands.items() if 0 <= at - least <= most + ROUNDING)
        if not any(window <= other for other in found):
            found.append(window)
    return tuple(tuple(i for i in stands if i in window) for window in found)
