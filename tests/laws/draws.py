"""Strategies for the features of random problems."""

from collections.abc import Callable
from typing import Any

from hypothesis import strategies as st

Document = dict[str, Any]
Draw = Callable[..., Any]
Feature = Callable[[Draw, Document], None]

POSITIONS = (-2, -1.5, -1, 0, 1, 1, 1.5, 2)


def halves(low: float, high: float) -> st.SearchStrategy[float]:
    """Return numbers in steps of 0.5."""
    return st.integers(round(low * 2), round(high * 2)).map(lambda number: number / 2)


def shares() -> st.SearchStrategy[float]:
    return st.sampled_from([0.0, 0.1, 0.25, 0.4, 0.5, 0.75, 1.0])


def one_of(draw: Draw, records: list[Document]) -> Document:
    return draw(st.sampled_from(records))


def raise_max_level(activity: Document) -> None:
    """Raise the greatest level of an activity to at least its least level."""
    if "max_level" in activity:
        activity["max_level"] = max(activity["max_level"], activity["min_level"])
