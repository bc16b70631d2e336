"""Refuses a problem whose own numbers are so far apart that floating point cannot add them.

The unit of a number never matters, since the solver receives every program scaled. What remains is the span of the
terms within one row: compared with a budget of 1e15, a need of 1 is rounding.
"""

from collections.abc import Collection
from dataclasses import dataclass
from itertools import chain
from math import log10
from typing import Self

import numpy as np

from models.config import Config, Group
from models.errors import Issue
from models.problem.problem import Problem
from optimizer.arrays.array_program import write_program
from optimizer.arrays.array_types import Floats, Mask, Positions
from optimizer.arrays.compiled import CompiledProgram
from optimizer.arrays.program_diff import NamedProgram
from optimizer.arrays.solver_arrays import Arrays
from optimizer.arrays.sparse import entry_columns
from optimizer.diagnostics.precheck import single_scenario_problem
from optimizer.diagnostics.references import reference_problems
from optimizer.solving.document_numbers import Apart, DocumentNumbers, numbers_of
from optimizer.tolerances import GREATEST_REACH, GREATEST_SPAN, LOOSEST_SWITCH

NOTICED_SPAN = 1e6
"""Ratio between numbers of a changed document from which its program is written to look closer before a worker does. A
worker looks at every program that it solves."""


def magnitude_issues(problem: Problem, config: Config) -> tuple[Issue, ...]:
    """Why numbers of a problem are too far apart to be solved; empty if they are not.

    `problem` has its overrides, and no error that the precheck finds. The program is written for it: terms are products
    of several numbers, and over many periods powers of one, so the document alone does not show how far they go. Under
    regret each scenario is also solved alone, so the program of each counts.
    """
    out_of_range = DocumentNumbers.of(problem).out_of_range()
    if out_of_range is not None:
        return (out_of_range,)
    whole = problem if config.scenario is None else single_scenario_problem(problem, config.scenario)
    programs = chain([_named(whole, config.relax)], (_named(one) for one in reference_problems(whole).values()))
    return next(filter(None, (_apart_in(problem, named) for named in programs)), ())


def _named(problem: Problem, relax: Collection[Group] = ()) -> NamedProgram:
    """The program of a problem with the groups `relax` relaxed."""
    compiled = write_program(problem, {}).compiled
    return NamedProgram(compiled=compiled, arrays=Arrays.of(compiled, relax))


def numbers_differ_much(problem: Problem) -> bool:
    """Whether numbers of the document differ so much that a change of a sound problem is worth a closer look."""
    sizes = [number.size for number in numbers_of(problem.document)]
    return bool(sizes) and max(sizes) - min(sizes) >= log10(NOTICED_SPAN)


def issues_in(problem: Problem, named: NamedProgram) -> tuple[Issue, ...]:
    """The same issues for a program that is written already."""
    out_of_range = DocumentNumbers.of(problem).out_of_range()
    return _apart_in(problem, named) if out_of_range is None else (out_of_range,)


def _apart_in(problem: Problem, named: NamedProgram) -> tuple[Issue, ...]:
    """The issue of numbers that the program cannot compute with together; empty if there are none."""
    numbers = DocumentNumbers.of(problem)
    grown = numbers.grown_out_of_range(named.compiled)
    if grown is not None:
        return (grown,)
    found = _furthest_apart(named.compiled, named.arrays)
    return () if found is None else (numbers.apart(found),)


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
    with np.errstate(over="ignore"):
        reach = ranges.reach
    counts = np.flatnonzero(np.isfinite(reach) & np.isinf(ranges.most) & ~arrays.integer)
    if not counts.size:
        return None
    with np.errstate(over="ignore"):  # a number out of all range
        excess = reach[counts] / arrays.scaling.columns[counts] / GREATEST_REACH
    worst = int(excess.argmax())
    return float(excess[worst]), int(counts[worst])


def _furthest_apart(compiled: CompiledProgram, arrays: Arrays) -> Apart | None:
    """The row or column in which numbers are furthest apart; None if all can be computed."""
    terms = _Terms.of(compiled, arrays)
    excess = terms.excess()
    worst = int(excess.argmax())
    loosest = _loosest_column(arrays)
    if loosest is not None and loosest[0] > max(excess[worst], 1.0):
        name = compiled.columns[loosest[1]]
        return Apart(loosest[0], (name,), f"{'/'.join(name[1])} can exceed what is useful")
    if excess[worst] <= 1:
        return None
    rows = (*compiled.rows, *(("objective", (metric,)) for metric in compiled.objectives))
    names = (rows[worst], *(compiled.columns[column] for column in terms.extremes(worst)))
    return Apart(float(excess[worst]), names, f"the terms of the rule {names[0][0]} differ")
