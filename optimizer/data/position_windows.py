"""Windows of positions: the maximal sets of members whose positions lie within a given distance (C14)."""

from collections.abc import Mapping

from models.ids import MemberId
from optimizer.tolerances import POSITION_ROUNDING


def position_windows(positions: Mapping[MemberId, float], most: float) -> tuple[tuple[MemberId, ...], ...]:
    """Every maximal set of members whose positions differ by at most `most` points, from the lowest position up.

    There are at most as many windows as distinct positions. Members keep the order of `positions`.
    """
    found: list[frozenset[MemberId]] = []
    for least in sorted(set(positions.values())):
        window = frozenset(i for i, at in positions.items() if 0 <= at - least <= most + POSITION_ROUNDING)
        if not any(window <= other for other in found):
            found.append(window)
    return tuple(tuple(i for i in positions if i in window) for window in found)
