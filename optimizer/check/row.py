"""A row of the problem evaluated on a plan: its two sides, their required relation and the sentence if it is broken."""

from dataclasses import dataclass
from math import inf, isfinite
from typing import Literal

from optimizer.tolerances import ROW_FEASIBILITY

Sense = Literal["<=", ">=", "="]

EXACT = 0.0
"""Tolerance of a row of data alone: a position minimally below the limit objects (MODEL T10)."""


@dataclass(slots=True, kw_only=True)
class RuleRow:
    """`left` `sense` `right`, in the row's own unit.

    `scale` is the size of what the row measures, for rows whose sides may both be small although the numbers behind
    them are not: a capacity, a sum of absolute terms, or a least size (`optimizer.check.least_sizes`); 1 for points of
    position, shares and counts. Nothing else is absolute, so the unit of a document changes no verdict.
    Not frozen for speed: there are thousands of rows, and creating a frozen one takes four times as long.
    """

    key: str
    left: float
    sense: Sense
    right: float
    sentence: str
    scale: float = 0.0
    tolerance: float = ROW_FEASIBILITY

    @property
    def excess(self) -> float:
        """Violation of the row, in its own unit: 0 if the row holds, infinity if a side is not finite."""
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
        """Largest violation that still counts as holding, in the row's own unit."""
        return self.tolerance * max(abs(self.left), abs(self.right), abs(self.scale))

    @property
    def holds(self) -> bool:
        """Whether the row holds within its tolerance."""
        excess = self.excess
        return excess <= self.allowance and excess < inf


def slack(scale: float) -> float:
    """Return the largest difference that counts as zero for numbers of this size: the tolerance of a row."""
    return ROW_FEASIBILITY * abs(scale)
