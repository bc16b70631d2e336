"""Refuses a problem whose own numbers are so far apart that floating point cannot add them.

The unit of a number never matters, since the solver receives every program scaled. What remains is the span of the
terms within one row: beside a budget of 1e15 a need of 1 is rounding.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from math import log10
from statistics import median
from typing import Any, Self

import numpy as np
from scipy.sparse import csc_array, csr_array, vstack

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
    far = _far_number(problem)
    if far is not None:
        return (far,)
    whole = problem if config.scenario is None else single_scenario_problem(problem, config.scenario)
    compiled = write_program(whole, {}).compiled
    return issues_in(problem, NamedProgram(compiled=compiled, arrays=Arrays.of(compiled, config.relax)))


def numbers_differ_much(problem: Problem) -> bool:
    """Whether numbers of the document differ so much that a change of a sound problem is worth a closer look."""
    sizes = [number.size for number in _numbers(problem.document)]
    return bool(sizes) and max(sizes) - min(sizes) >= log10(NOTICED_SPAN)


def issues_in(problem: Problem, named: NamedProgram) -> tuple[Issue, ...]:
    """The same for a program that is written."""
    far = _far_number(problem)
    if far is not None:
        return (far,)
    apart = _furthest_apart(named.compiled, named.arrays)
    return () if apart is None else (_issue(problem, *apart),)


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
        objectives = (csr_array(vector[None, :]) for vector, _ in compiled.objectives.values())
        terms = csc_array(vstack([arrays.matrix, *objectives]))
        column = entry_columns(terms)
        size = np.abs(terms.data) * arrays.scaling.columns[column]
        moves = (arrays.column_upper > arrays.column_lower) & (arrays.scaling.ranges.possible > 0)
        counts = (size > 0) & moves[column]
        return cls(
            row=terms.indices[counts],
            column=column[counts],
            size=size[counts],
            is_integer=arrays.integer[column[counts]],
            height=terms.shape[0],
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
    """The column that may exceed what is of use the most, and by what factor it does so more than it may.

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


def _furthest_apart(compiled: CompiledProgram, arrays: Arrays) -> tuple[float, tuple[Name, ...]] | None:
    """By what factor the worst row spans too much, and the names of the row and its extreme columns; None if none."""
    terms = _Terms.of(compiled, arrays)
    excess = terms.excess()
    worst = int(excess.argmax())
    loosest = _loosest_column(arrays)
    if loosest is not None and loosest[0] > max(excess[worst], 1.0):
        return loosest[0], (compiled.columns[loosest[1]],)
    if excess[worst] <= 1:
        return None
    rows = (*compiled.rows, *(("objective", (metric,)) for metric in compiled.objectives))
    return float(excess[worst]), (rows[worst], *(compiled.columns[column] for column in terms.extremes(worst)))


def _far_number(problem: Problem) -> Issue | None:
    """The issue of the number furthest from the median of all, if that is out of all range."""
    numbers = list(_numbers(problem.document))
    centre = median(number.size for number in numbers) if numbers else 0.0
    furthest = max(numbers, key=lambda number: abs(number.size - centre), default=None)
    if furthest is None or abs(furthest.size - centre) <= FURTHEST_NUMBER:
        return None
    address, pointer = address_of(problem.document, furthest.loc)
    return Issue(
        address=address,
        pointer=pointer,
        code="too_far_apart",
        message=f"{furthest.value:g} is too far from the other numbers of the problem, which are near {10**centre:.0e}",
        given=furthest.value,
        allowed=f"at most {FURTHEST_NUMBER} orders of magnitude from them",
        suggestion="check the unit of this number; a number that stands for 'unlimited' can be much smaller",
    )


def _issue(problem: Problem, excess: float, names: tuple[Name, ...]) -> Issue:
    """The issue at the number that stands furthest from the others, if possible of the records that the row names."""
    numbers = list(_numbers(problem.document))
    centre = median(number.size for number in numbers)
    ids = {part for _, index in names for part in index}
    furthest = max(numbers, key=lambda number: abs(number.size - centre))
    named = max((one for one in numbers if one.ids & ids), key=lambda one: abs(one.size - centre), default=furthest)
    if abs(named.size - centre) > NEARLY_AS_FAR * abs(furthest.size - centre):
        furthest = named
    address, pointer = address_of(problem.document, furthest.loc)
    limit = furthest.value / excess if furthest.size > centre else furthest.value * excess
    bound = f"at most {limit:.0e}" if furthest.size > centre else f"at least {limit:.0e}"
    return Issue(
        address=address,
        pointer=pointer,
        code="too_far_apart",
        message=f"{furthest.value:g} is too far from the numbers beside it: terms of the rule {names[0][0]} would "
        f"differ by {excess:.0e} times as much as can be computed",
        given=furthest.value,
        allowed=f"{bound}, if the other numbers stay",
        suggestion="check the unit of this number; a number that stands for 'unlimited' can be much smaller",
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
