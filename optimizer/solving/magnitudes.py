"""Refuses a problem whose own numbers are so far apart that floating point cannot add them.

The unit of a number never matters, since the solver receives every program scaled. What remains is the span of the
terms within one row: beside a budget of 1e15 a need of 1 is rounding.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from math import log10
from statistics import median
from typing import Any

import numpy as np
from scipy.sparse import csc_array, csr_array, vstack

from models.address import address_of
from models.config import Config
from models.errors import Issue, Location
from models.problem.problem import Problem
from optimizer.arrays.array_program import write_program
from optimizer.arrays.array_types import Name
from optimizer.arrays.compiled import CompiledProgram
from optimizer.arrays.program_diff import NamedProgram
from optimizer.arrays.solver_arrays import Arrays
from optimizer.diagnostics.precheck import single_scenario_problem
from optimizer.tolerances import GREATEST_SPAN

NOTICED_SPAN = 1e8
"""Ratio between numbers of a document from which its program is written to look closer. A worker looks at every program
that it solves."""
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

    `problem` has its overrides, and no error that the precheck finds. The program is written only if numbers of the
    document differ much at all.
    """
    numbers = list(_numbers(problem.document))
    sizes = [number.size for number in numbers]
    if not sizes or max(sizes) - min(sizes) < log10(NOTICED_SPAN):
        return ()
    whole = problem if config.scenario is None else single_scenario_problem(problem, config.scenario)
    compiled = write_program(whole, {}).compiled
    return issues_in(problem, NamedProgram(compiled=compiled, arrays=Arrays.of(compiled, config.relax)))


def issues_in(problem: Problem, named: NamedProgram) -> tuple[Issue, ...]:
    """The same for a program that is written."""
    apart = _furthest_apart(named.compiled, named.arrays)
    return () if apart is None else (_issue(problem, *apart),)


def _furthest_apart(compiled: CompiledProgram, arrays: Arrays) -> tuple[float, tuple[Name, ...]] | None:
    """The ratio of the greatest to the least term in the row where it is greatest, and the row and both columns.

    Objectives count as rows. None if no ratio is too great.
    """
    objectives = (csr_array(vector[None, :]) for vector, _ in compiled.objectives.values())
    terms = csc_array(vstack([arrays.matrix, *objectives]))
    rows = (*compiled.rows, *(("objective", (metric,)) for metric in compiled.objectives))
    column = np.repeat(np.arange(terms.shape[1]), np.diff(terms.indptr))
    size = np.abs(terms.data) * arrays.scaling.columns[column]
    counts = (size > 0) & ((arrays.column_upper > arrays.column_lower) & arrays.scaling.moves)[column]
    row, column, size = terms.indices[counts], column[counts], size[counts]
    greatest, least = np.zeros(len(rows)), np.full(len(rows), np.inf)
    np.maximum.at(greatest, row, size)
    np.minimum.at(least, row, size)
    span = greatest / least
    worst = int(span.argmax())
    if span[worst] <= GREATEST_SPAN:
        return None
    there = np.flatnonzero(row == worst)
    ends = (there[size[there].argmax()], there[size[there].argmin()])
    return float(span[worst]), (rows[worst], *(compiled.columns[column[end]] for end in ends))


def _issue(problem: Problem, span: float, names: tuple[Name, ...]) -> Issue:
    """The issue at the number that stands furthest from the others, if possible of the records that the row names."""
    numbers = list(_numbers(problem.document))
    centre = median(number.size for number in numbers)
    ids = {part for _, index in names for part in index}
    furthest = max(numbers, key=lambda number: abs(number.size - centre))
    named = max((one for one in numbers if one.ids & ids), key=lambda one: abs(one.size - centre), default=furthest)
    if abs(named.size - centre) > NEARLY_AS_FAR * abs(furthest.size - centre):
        furthest = named
    address, pointer = address_of(problem.document, furthest.loc)
    limit = furthest.value * (GREATEST_SPAN / span if furthest.size > centre else span / GREATEST_SPAN)
    bound = f"at most {limit:.0e}" if furthest.size > centre else f"at least {limit:.0e}"
    return Issue(
        address=address,
        pointer=pointer,
        code="too_far_apart",
        message=f"{furthest.value:g} is too far from the numbers beside it: terms of the rule {names[0][0]} would "
        f"differ by a factor of {span:.0e}, and more than {GREATEST_SPAN:.0e} cannot be computed",
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
