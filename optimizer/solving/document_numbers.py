"""The numbers of a document, and the issue at the one that is too far from the others."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from math import log10
from statistics import median
from typing import Any, Self

import numpy as np

from models.address import address_of
from models.errors import Issue, Location
from models.problem.problem import Problem
from optimizer.arrays.array_types import Name
from optimizer.arrays.compiled import CompiledProgram, columns_of
from optimizer.tolerances import FURTHEST_NUMBER

RISK_REMOVED = "cut"
"""The variable whose upper bound is the risk of a driver in a period."""
GROWTH = frozenset({"growth", "spillover"})
"""The fields of a theatre from which its risks grow."""
NEARLY_AS_FAR = 0.5
"""Share of the greatest distance, in orders of magnitude, from which a number of a named record is to blame."""


@dataclass(frozen=True, kw_only=True)
class Number:
    """A number of the document that is not zero."""

    loc: Location
    value: float
    ids: frozenset[str]
    """The ids and keys on the way to it."""

    @property
    def size(self) -> float:
        """Its order of magnitude."""
        return log10(abs(self.value))


@dataclass(frozen=True)
class Apart:
    """Numbers that are too far apart for a program."""

    excess: float
    """Their ratio as a multiple of the greatest that can be computed; above 1."""
    names: tuple[Name, ...]
    """The row or column, and the columns at both ends of the row."""
    says: str
    """What is too far apart, in words."""


@dataclass(frozen=True)
class DocumentNumbers:
    """The numbers of a problem's document."""

    problem: Problem
    listed: tuple[Number, ...]

    @classmethod
    def of(cls, problem: Problem) -> Self:
        """The numbers of a problem."""
        return cls(problem, tuple(numbers_of(problem.document)))

    @cached_property
    def centre(self) -> float:
        """The median of their orders of magnitude."""
        return median(number.size for number in self.listed)

    def distance(self, number: Number) -> float:
        """How far a number is from the median, in orders of magnitude."""
        return abs(number.size - self.centre)

    @cached_property
    def furthest(self) -> Number:
        """The number furthest from the median."""
        return max(self.listed, key=self.distance)

    def furthest_of(self, names: tuple[Name, ...]) -> Number:
        """The furthest number of the records that rows or columns name, unless another is much further."""
        ids = {part for _, index in names for part in index}
        named = max((one for one in self.listed if one.ids & ids), key=self.distance, default=self.furthest)
        is_nearly_as_far = self.distance(named) > NEARLY_AS_FAR * self.distance(self.furthest)
        return named if is_nearly_as_far else self.furthest

    def issue(self, number: Number, message: str, allowed: str) -> Issue:
        """The issue at a number."""
        address, pointer = address_of(self.problem.document, number.loc)
        return Issue(
            address=address,
            pointer=pointer,
            code="too_far_apart",
            message=f"{number.value:g} is too far from the {message}",
            given=number.value,
            allowed=allowed,
            suggestion="check the unit of this number; a number that stands for 'unlimited' can be much smaller",
        )

    def out_of_range(self) -> Issue | None:
        """The issue of the furthest number if it is out of all range."""
        if not self.listed or self.distance(self.furthest) <= FURTHEST_NUMBER:
            return None
        message = f"other numbers of the problem, which are near {10**self.centre:.0e}"
        return self.issue(self.furthest, message, f"at most {FURTHEST_NUMBER} orders of magnitude from them")

    def grown_out_of_range(self, compiled: CompiledProgram) -> Issue | None:
        """The issue of a risk that grows out of all range over the periods; None if none does."""
        of_risk = np.flatnonzero(columns_of(compiled.columns, (RISK_REMOVED,)))
        if not of_risk.size or not self.listed:
            return None
        worst = of_risk[compiled.column_upper[of_risk].argmax()]
        risk = compiled.column_upper[worst]
        if risk == 0 or log10(risk) <= self.centre + FURTHEST_NUMBER:
            return None
        name = compiled.columns[worst][1]
        rates = [one for one in self.listed if one.ids & {*name} and one.ids & GROWTH]
        message = f"other numbers of the problem: the risk {'/'.join(name)} grows to {risk:.0e} points"
        allowed = f"a risk that stays within {FURTHEST_NUMBER} orders of magnitude of the other numbers"
        return self.issue(max(rates, key=lambda one: one.size, default=self.furthest), message, allowed)

    def apart(self, found: Apart) -> Issue:
        """The issue of numbers that the program cannot compute with together."""
        number = self.furthest_of(found.names)
        is_great = number.size > self.centre
        limit = number.value / found.excess if is_great else number.value * found.excess
        side = "at most" if is_great else "at least"
        return self.issue(
            number,
            f"related numbers: {found.says} by {found.excess:.0e} times as much as can be computed",
            f"{side} {limit:.0e}, if the other numbers stay",
        )


def numbers_of(node: Any, loc: Location = (), ids: frozenset[str] = frozenset()) -> Iterator[Number]:  # noqa: ANN401
    """Every number of a document except 0."""
    match node:
        case bool():
            return
        case int() | float():
            if node != 0:
                yield Number(loc=loc, value=float(node), ids=ids)
        case dict():
            own = ids | {node["id"]} if isinstance(node.get("id"), str) else ids
            for key, value in node.items():
                yield from numbers_of(value, (*loc, key), own | {key})
        case list() | tuple():
            for number, value in enumerate(node):
                yield from numbers_of(value, (*loc, number), ids)
        case _:
            return
