"""Two priorities in one objective, where one after the other does not close the gap of the second.

What the first priority leaves open of its gap costs the second many times as much: near the best of the first, a little
more of it is dear. So the sum first + second / rate is minimised. A bound of the sum bounds the second:

    second >= rate · (bound of the sum − first)

for every plan, and the first is at most what the row that bounds it allows.
"""

from dataclasses import dataclass
from typing import Self

import numpy as np

from optimizer.arrays.array_types import Floats
from optimizer.arrays.priorities import Priority

EMPHASIS = 5.0
"""Relative weight of the first priority: a percent of it counts as much as this many percent of the second."""


@dataclass(frozen=True, kw_only=True)
class Weighing:
    """The weighted sum of two priorities, both minimised."""

    first: Priority
    second: Priority
    rate: float
    """Units of the second priority that count as much as one unit of the first."""

    @classmethod
    def at(cls, first: Priority, second: Priority, values: Floats) -> Self | None:
        """The sum at the values of a relaxation; None if a priority is zero there, so that no rate suits."""
        sizes = abs(first.value(values)), abs(second.value(values))
        return cls(first=first, second=second, rate=EMPHASIS * sizes[1] / sizes[0]) if min(sizes) > 0 else None

    @property
    def vector(self) -> Floats:
        """The weighted sum."""
        total: Floats = self.first.vector + self.second.vector / self.rate
        return total

    @property
    def constant(self) -> float:
        """Its constant."""
        return self.first.constant + self.second.constant / self.rate

    def bound_of_second(self, bound: float, first_at_most: float) -> float:
        """The bound of the second priority that follows from a bound of the sum."""
        return self.rate * (bound - first_at_most) if np.isfinite(bound) else -np.inf

    def gap(self, values: Floats, gap: float) -> float:
        """The relative gap of the sum that leaves at most half of `gap` open in the second priority."""
        total = abs(self.first.value(values) + self.second.value(values) / self.rate)
        return 0.5 * gap * abs(self.second.value(values)) / (self.rate * total) if total > 0 else gap
