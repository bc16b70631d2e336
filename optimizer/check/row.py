"""A row of the problem, evaluated: two sides, how they must relate, and what it means when they do not."""

from dataclasses import dataclass
from math import inf, isfinite
from typing import Literal

Sense = Literal["<=", ">=", "="]

FEASIBILITY = 1e-6
"""How far a row may be off, relative to one plus its own scale: ten times the solver's primal feasibility tolerance."""
AGREEMENT = 1e-5
"""How far a figure that a plan reports may be off: rows within their tolerance add up along the way to it."""
EXACT = 0.0
"""For rows of data alone: a position a hair below the limit objects (MODEL T10)."""


@dataclass(slots=True, kw_only=True)
class Row:
    """`left` `sense` `right`, in the row's own unit.

    `scale` is the size of the numbers that went into the sides where the sides do not show it (a capacity, say).
    Not frozen only because there are thousands: a frozen one takes four times as long to make.
    """

    key: str
    left: float
    sense: Sense
    right: float
    sentence: str
    scale: float = 0.0
    tolerance: float = FEASIBILITY

    @property
    def excess(self) -> float:
        """By how much the row is broken: 0 if it holds, infinity if a side is no finite number."""
        if not (isfinite(self.left) and isfinite(self.right)):
            return inf
        difference = self.left - self.right
        match self.sense:
            case "<=":
                return difference if difference > 0 else 0.0
            case ">=":
                return -difference if difference < 0 else 0.0
            case "=":
                return abs(difference)

    @property
    def allowance(self) -> float:
        """By how much the row may be off."""
        return self.tolerance * (1 + max(abs(self.left), abs(self.right), abs(self.scale)))

    @property
    def holds(self) -> bool:
        """Whether the row holds within its tolerance."""
        excess = self.excess
        return excess <= self.allowance and excess < inf


def slack(scale: float) -> float:
    """What counts as nothing beside numbers of this size: the tolerance of a row."""
    return FEASIBILITY * (1 + abs(scale))
