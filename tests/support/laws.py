"""What hypothesis draws for a law of the model: numbers as people write them, and few of them, since each is solved."""

from hypothesis import settings
from hypothesis import strategies as st

FEW = settings(max_examples=15, deadline=None)
"""Each example is one or two solves of some tens of milliseconds."""


def tenths(low: float, high: float) -> st.SearchStrategy[float]:
    """Numbers with one decimal from `low` to `high`: no case rests on the solver's tolerance."""
    return st.integers(round(low * 10), round(high * 10)).map(lambda number: number / 10)
