"""Refuses a problem whose own numbers are so far apart that floating point cannot add them.

The unit of a number never matters, since the solver receives every program scaled. What remains is the span of the
terms within one row: compared with a budget of 1e15, a need of 1 is rounding.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from math import log10
from statistics import median
from typing import Any, Self

import numpy as np

from models.address import address_of
from models.config import Config
from models.errors import Issue, Location
from models.problem.problem import Problem
from optimizer.arrays.array_program import write_program
from optimizer.arrays.array_types import Floats, Mask, Name, Positions
from optimizer.arrays.compiled import CompiledProgram
from optimizer.arrays.program_diff import NamedProgram
from optimizer.arrays.solver_arrays import Arrays
from optimizer.arrays.sparse import entry_columns
from optimizer.diagnostics.precheck import single_scenario_problem
from optimizer.tolerances import FURTHEST_NUMBER, GREATEST_REACH, GREATEST_SPAN, LOOSEST_SWITCH

NOTICED_SPAN = 1e6
"""Ratio between numbers of a changed document from which its program is written to look closer before a worker does. A
worker looks at every program that it solves."""
NEARLY_AS_FAR = 0.5
"""Share of the greatest distance, in orders of magnitude, from which a number of a named record is to blame."""


@dataclass(frozen=True, kw_only=True)
class _Number:
    """A number of the document that is not zero."""

    loc: Location
    value: float
    ids: frozenset[str]
    """The ids and keys on the way to it."""

    @property
    def size(self) -> float:
        """Its order of magnitude."""
        return log10(abs(self.value))


def magnitude_issues(problem: Problem, config: Config) -> tuple[Issue, ...]:
    """Why numbers of a problem are too far apart to be solved; empty if they are not.

    `problem` has its overrides, and no error that the precheck finds. The program is written for it: terms are products
    of several numbers, and over many periods powers of one, so the document alone does not show how far they go.
    """
    out_of_range = _Numbers.of(problem).out_of_range()
    if out_of_range is not None:
        return (out_of_range,)
    whole = problem if config.scenario is None else single_scenario_problem(problem, config.scenario)
    compiled = write_program(whole, {}).compiled
    return _apart_in(problem, NamedProgram(compiled=compiled, arrays=Arrays.of(compiled, config.relax)))


def numbers_differ_much(problem: Problem) -> bool:
    """Whether numbers of the document differ so much that a change of a sound problem is worth a closer look."""
    sizes = [number.size for number in _numbers(problem.document)]
    return bool(sizes) and max(sizes) - min(sizes) >= log10(NOTICED_SPAN)


def issues_in(problem: Problem, named: NamedProgram) -> tuple[Issue, ...]:
    """The same issues for a program that is written already."""
    out_of_range = _Numbers.of(problem).out_of_range()
    return _apart_in(problem, named) if out_of_range is None else (out_of_range,)


def _apart_in(problem: Problem, named: NamedProgram) -> tuple[Issue, ...]:
    """The issue of numbers that the program cannot compute with together; empty if there are none."""
    found = _furthest_apart(named.compiled, named.arrays)
    return () if found is None else (_Numbers.of(problem).apart(found),)


@dataclass(frozen=True)
class _Apart:
    """Numbers that are too far apart for a program."""

    excess: float
    """Their ratio as a multiple of the greatest that can be computed; above 1."""
    names: tuple[Name, ...]
    """The row or column, and the columns at both ends of the row."""
    says: str
    """What is too far apart, in words."""


@dataclass(frozen=True, kw_only=True)
class _Terms:
    """The terms of all rows, with every column at its unit; objectives count as rows."""

    row: Positions
    column: Positions
    size: Floats
    is_integer: Mask
    height: int

    @classmethod
    def of(cls, compiled: CompiledProgram, arrays: Arrays) -> Self:
        """The terms of a program, without those of columns that cannot move."""
        height, objectives = arrays.matrix.shape[0], [vector for vector, _ in compiled.objectives.values()]
        places = [np.flatnonzero(vector) for vector in objectives]
        column = np.concatenate([entry_columns(arrays.matrix), *places])
        row = [np.full(len(place), height + number) for number, place in enumerate(places)]
        value = [vector[place] for vector, place in zip(objectives, places, strict=True)]
        size = np.abs(np.concatenate([arrays.matrix.data, *value])) * arrays.scaling.columns[column]
        moves = (arrays.column_upper > arrays.column_lower) & (arrays.scaling.ranges.possible > 0)
        counts = (size > 0) & moves[column]
        return cls(
            row=np.concatenate([arrays.matrix.indices, *row])[counts],
            column=column[counts],
            size=size[counts],
            is_integer=arrays.integer[column[counts]],
            height=height + len(objectives),
        )

    def ends(self, among: Mask) -> tuple[Floats, Floats]:
        """The least and greatest of some terms in each row."""
        least, greatest = np.full(self.height, np.inf), np.zeros(self.height)
        np.minimum.at(least, self.row[among], self.size[among])
        np.maximum.at(greatest, self.row[among], self.size[among])
        return least, greatest

    def excess(self) -> Floats:
        """By what factor each row spans more than it may; at most 1 if it does not."""
        least, greatest = self.ends(~self.is_integer)
        least_switch, greatest_switch = self.ends(self.is_integer)
        is_mixed = (greatest > 0) & (greatest_switch > 0)
        beside = np.where(is_mixed, greatest, 1.0)
        of_switch = np.where(is_mixed, np.maximum(greatest_switch / beside, beside / least_switch), 0.0)
        return np.maximum(greatest / least / GREATEST_SPAN, of_switch / LOOSEST_SWITCH)

    def extremes(self, row: int) -> tuple[int, int]:
        """The columns of the greatest and the least term of a row."""
        there = np.flatnonzero(self.row == row)
        return int(self.column[there[self.size[there].argmax()]]), int(self.column[there[self.size[there].argmin()]])


def _loosest_column(arrays: Arrays) -> tuple[float, int] | None:
    """The column with the greatest ratio of reach to useful value, and that ratio as a multiple of `GREATEST_REACH`.

    Only columns without a bound of their own count: contributions, levels, effects.
    """
    ranges = arrays.scaling.ranges
    reach = ranges.reach
    counts = np.flatnonzero(np.isfinite(reach) & np.isinf(ranges.most) & ~arrays.integer)
    if not counts.size:
        return None
    with np.errstate(over="ignore"):  # a number out of all range
        excess = reach[counts] / arrays.scaling.columns[counts] / GREATEST_REACH
    worst = int(excess.argmax())
    return float(excess[worst]), int(counts[worst])


def _furthest_apart(compiled: CompiledProgram, arrays: Arrays) -> _Apart | None:
    """The row or column in which numbers are furthest apart; None if all can be computed."""
    terms = _Terms.of(compiled, arrays)
    excess = terms.excess()
    worst = int(excess.argmax())
    loosest = _loosest_column(arrays)
    if loosest is not None and loosest[0] > max(excess[worst], 1.0):
        name = compiled.columns[loosest[1]]
        return _Apart(loosest[0], (name,), f"{'/'.join(name[1])} can exceed what is useful")
    if excess[worst] <= 1:
        return None
    rows = (*compiled.rows, *(("objective", (metric,)) for metric in compiled.objectives))
    names = (rows[worst], *(compiled.columns[column] for column in terms.extremes(worst)))
    return _Apart(float(excess[worst]), names, f"the terms of the rule {names[0][0]} differ")


@dataclass(frozen=True)
class _Numbers:
    """The numbers of a problem's document."""

    problem: Problem
    listed: tuple[_Number, ...]

    @classmethod
    def of(cls, problem: Problem) -> Self:
        """The numbers of a problem."""
        return cls(problem, tuple(_numbers(problem.document)))

    @cached_property
    def centre(self) -> float:
        """The median of their orders of magnitude."""
        return median(number.size for number in self.listed)

    def distance(self, number: _Number) -> float:
        """How far a number is from the median, in orders of magnitude."""
        return abs(number.size - self.centre)

    @cached_property
    def furthest(self) -> _Number:
        """The number furthest from the median."""
        return max(self.listed, key=self.distance)

    def furthest_of(self, names: tuple[Name, ...]) -> _Number:
        """The furthest number of the records that rows or columns name, unless another is much further."""
        ids = {part for _, index in names for part in index}
        named = max((one for one in self.listed if one.ids & ids), key=self.distance, default=self.furthest)
        is_nearly_as_far = self.distance(named) > NEARLY_AS_FAR * self.distance(self.furthest)
        return named if is_nearly_as_far else self.furthest

    def issue(self, number: _Number, message: str, allowed: str) -> Issue:
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

    def apart(self, found: _Apart) -> Issue:
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


def _numbers(node: Any, loc: Location = (), ids: frozenset[str] = frozenset()) -> Iterator[_Number]:  # noqa: ANN401
    """Every number of a document except 0."""
    match node:
        case bool():
            return
        case int() | float():
            if node != 0:
                yield _Number(loc=loc, value=float(node), ids=ids)
        case dict():
            own = ids | {node["id"]} if isinstance(node.get("id"), str) else ids
            for key, value in node.items():
                yield from _numbers(value, (*loc, key), own | {key})
        case list() | tuple():
            for number, value in enumerate(node):
                yield from _numbers(value, (*loc, number), ids)
        case _:
            return
