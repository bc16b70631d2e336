"""Sums of columns as plain numbers: what a family's rows are made of where no Pyomo program is wanted.

They answer to the same operators as Pyomo's variables, so a family cannot tell the two apart; comparing two of them
gives a relation, in the form in which Pyomo keeps it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal


class Affine:
    """coefficients @ columns + constant; a column is known by its place, and may occur more than once."""

    __slots__ = ("coefficients", "constant", "places")
    __hash__ = object.__hash__

    def __init__(self, coefficients: Sequence[float], places: Sequence[int], constant: float = 0.0) -> None:
        """Nothing is copied: coefficients and places must not be changed afterwards."""
        self.coefficients, self.places, self.constant = coefficients, places, constant

    def __add__(self, other: "Affine | float") -> "Affine":
        if isinstance(other, Affine):
            return Affine(
                (*self.coefficients, *other.coefficients), (*self.places, *other.places), self.constant + other.constant
            )
        return Affine(self.coefficients, self.places, self.constant + other)

    __radd__ = __add__

    def __mul__(self, factor: float) -> "Affine":
        return Affine([factor * one for one in self.coefficients], self.places, factor * self.constant)

    __rmul__ = __mul__

    def __truediv__(self, divisor: float) -> "Affine":
        return Affine([one / divisor for one in self.coefficients], self.places, self.constant / divisor)

    def __neg__(self) -> "Affine":
        return self * -1.0

    def __sub__(self, other: "Affine | float") -> "Affine":
        if isinstance(other, Affine):
            less = [-one for one in other.coefficients]
            return Affine((*self.coefficients, *less), (*self.places, *other.places), self.constant - other.constant)
        return Affine(self.coefficients, self.places, self.constant - other)

    def __rsub__(self, other: float) -> "Affine":
        return -self + other

    def __le__(self, other: "Affine | float") -> "Relation":
        if isinstance(other, Affine):
            return Relation(self - other, "at_most", 0.0)
        return Relation(self, "at_most", other)

    def __ge__(self, other: "Affine | float") -> "Relation":
        if isinstance(other, Affine):
            return Relation(other - self, "at_most", 0.0)
        return Relation(self, "at_least", other)

    def __eq__(self, other: object) -> "Relation":  # type: ignore[override]  # as Pyomo's variables do
        if isinstance(other, Affine):
            return Relation(self - other, "equal", 0.0)
        if isinstance(other, int | float):
            return Relation(self, "equal", other)
        return NotImplemented


@dataclass(frozen=True, slots=True)
class Relation:
    """A sum at most, at least or equal to a number."""

    body: Affine
    kind: Literal["at_most", "at_least", "equal"]
    side: float


def column(place: int) -> Affine:
    """A column alone."""
    return Affine((1.0,), (place,))
