"""Hypothesis strategies for laws of the model: short numbers, and few examples because each is solved."""

from hypothesis import settings
from hypothesis import strategies as st

FEW = settings(max_examples=15, deadline=None)
"""Settings for few examples: each takes one or two solves of some tens of milliseconds."""


def tenths(low: float, high: float) -> st.SearchStrategy[float]:
    """Return numbers with one decimal from `low` to `high`, so that no case depends on the solver's tolerance."""
    return st.integers(round(low * 10), round(high * 10)).map(lambda number: number / 10)
