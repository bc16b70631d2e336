"""A warning with the place that it is about."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Notice:
    """One warning about a problem."""

    address: str
    """Address of the record or rule that the sentence is about; empty if it is about several."""
    text: str
    """The warning, as a sentence."""
