"""The program of a problem for other eyes and other solvers: readable LP and MPS files, and LaTeX.

LP and MPS hold the program of the first priority: a minimisation, in which a metric that is maximised stands with the
opposite sign. What politics closes stands there as bounds; what is relaxed is left out. Numbers are written so that
they are read back as the same doubles. A name is that of the model with its index in round brackets; `-` and `+`,
which mean something else in an LP file, are written `~` and `&`.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain
from typing import Literal

import numpy as np

from models.config import Config
from models.problem.problem import Problem
from optimizer.arrays.compiled import CompiledProgram, Name, RelaxedBounds, compile_program, relaxed
from optimizer.arrays.priorities import Level, priorities_of
from optimizer.data.effective_objectives import effective_objectives
from optimizer.diagnostics.precheck import effective_problem
from optimizer.export.latex import typeset
from optimizer.solving.cold import formulate

Format = Literal["lp", "mps", "tex"]

LONGEST_NAME = 100
"""Characters of a name that every reader takes; CBC breaks off at longer ones."""
CONSTANT = "constant"
"""A column that is always 1: not every reader takes a number in an objective."""
OBJECTIVE = "objective"

SIGNS = {"-": "~", "+": "&"}
"""What stands in a name for signs that are operators; none of them occurs in an id."""


def export(problem: Problem, config: Config, form: Format) -> str:
    """The program of `problem` as text, as it would be solved under `config`.

    Raises `InvalidDocument` if the problem cannot be solved as it stands.
    """
    submitted = effective_problem(problem, config)
    program = formulate(submitted, config)
    if form == "tex":
        return typeset(program, effective_objectives(submitted), config)
    compiled = compile_program(program)
    text = Text(
        compiled=compiled,
        bounds=relaxed(compiled, config.relax),
        level=priorities_of(effective_objectives(submitted), compiled)[0],
        relaxed=config.relax,
    )
    return "\n".join(text.lp() if form == "lp" else text.mps()) + "\n"


def label(name: Name) -> str:
    """A name as LP and MPS files take it: `x(us,train,money,p1)`."""
    family, index = name[0], ",".join(filter(None, name[1]))
    text = re.sub(r"[^\w.,()@]", _sign, f"{family}({index})" if index else family)
    return f"_{text}" if text[0] in "eE" else text  # an LP reader may take `e` for the exponent of a number


def terms(entries: Sequence[tuple[float, str]]) -> str:
    """A sum, one term a line: no line is too long for any reader."""
    return "\n".join(f" {'-' if value < 0 else '+'} {number(abs(value))} {name}" for value, name in entries)


def number(value: float) -> str:
    """The shortest text that is read back as the same double."""
    return repr(float(value)).removesuffix(".0")


def _sign(found: re.Match[str]) -> str:
    return SIGNS.get(found[0], f"#{ord(found[0]):x}")


@dataclass(frozen=True, kw_only=True)
class Text:
    """The program of one level, written out."""

    compiled: CompiledProgram
    bounds: RelaxedBounds
    level: Level
    relaxed: Sequence[str]

    def lp(self) -> Iterator[str]:
        """In the LP format of CPLEX."""
        yield from (f"\\ {line}" for line in self._remarks())
        yield f"minimize\n {OBJECTIVE}:"
        yield terms(self._objective)
        yield "subject to"
        for row, sense, side in self._rows:
            yield f" {self._row_names[row]}:"
            yield f"{terms(self._entries(row))}\n {sense} {number(side)}"
        yield "bounds"
        yield from self._lp_bounds()
        if self.compiled.integer.any():
            yield "general"
            yield from (f" {self._columns[column]}" for column in np.flatnonzero(self.compiled.integer))
        yield "end"

    def mps(self) -> Iterator[str]:
        """In free MPS."""
        yield from (f"* {line}" for line in self._remarks())
        yield f"NAME program FREE\nROWS\n N {OBJECTIVE}"
        letters = {"<=": "L", ">=": "G", "=": "E"}
        yield from (f" {letters[sense]} {self._row_names[row]}" for row, sense, _ in self._rows)
        yield "COLUMNS"
        yield from self._mps_columns()
        yield "RHS"
        yield from (f" RHS {self._row_names[row]} {number(side)}" for row, _, side in self._rows if side)
        yield "BOUNDS"
        yield from self._mps_bounds()
        yield "ENDATA"

    def _remarks(self) -> Iterator[str]:
        sums = [
            f"{number(aim.sign * self.level.weight(aim))} {aim.objective.metric}".removeprefix("1 ")
            for aim in self.level.aims
        ]
        yield f"minimises {' + '.join(sums)}".replace("-1 ", "-")
        yield f"relaxed: {', '.join(self.relaxed) or 'nothing'}"

    @cached_property
    def _columns(self) -> list[str]:
        return _distinct([label(name) for name in self.compiled.columns])

    @cached_property
    def _row_names(self) -> list[str]:
        return _distinct([label(name) for name in self.compiled.rows])

    @cached_property
    def _rows(self) -> list[tuple[int, str, float]]:
        """The rows that hold: number, relation, right side."""
        found = []
        sides = zip(self.bounds.row_lower, self.bounds.row_upper, strict=True)
        for row, (lower, upper) in enumerate(sides):
            if lower == upper:
                found.append((row, "=", float(lower)))
            elif np.isfinite(upper):
                found.append((row, "<=", float(upper)))
            elif np.isfinite(lower):
                found.append((row, ">=", float(lower)))
        return found

    @cached_property
    def _objective(self) -> list[tuple[float, str]]:
        """With every column that stands in no row: a bound on a column that a reader has not met is an error to it."""
        met = np.zeros(len(self._columns), dtype=np.bool_)
        for row, _, _ in self._rows:
            met[self._places(row)] = True
        wanted = np.flatnonzero((self.level.vector != 0) | ~met)
        entries = [(float(self.level.vector[column]), self._columns[column]) for column in wanted]
        return [*entries, (self.level.constant, CONSTANT)]

    @cached_property
    def _by_row(self) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        matrix = self.compiled.matrix.tocsr()
        return matrix.indptr, matrix.indices, matrix.data

    def _places(self, row: int) -> np.ndarray:
        pointers, places, _ = self._by_row
        return places[pointers[row] : pointers[row + 1]]

    def _entries(self, row: int) -> list[tuple[float, str]]:
        pointers, _, values = self._by_row
        entries = zip(values[pointers[row] : pointers[row + 1]], self._places(row), strict=True)
        return [(value, self._columns[column]) for value, column in entries] or [(0.0, CONSTANT)]

    @cached_property
    def _box(self) -> list[tuple[str, float, float, bool]]:
        """Each column with its bounds, and whether it is a whole number."""
        compiled = self.compiled
        limits = zip(self._columns, compiled.column_lower, self.bounds.column_upper, compiled.integer, strict=True)
        return [*((n, float(low), float(up), bool(whole)) for n, low, up, whole in limits), (CONSTANT, 1.0, 1.0, False)]

    def _lp_bounds(self) -> Iterator[str]:
        for name, lower, upper, _ in self._box:
            if lower == upper:
                yield f" {name} = {number(lower)}"
            elif lower == -np.inf and upper == np.inf:
                yield f" {name} free"
            else:
                most = "" if upper == np.inf else f" <= {number(upper)}"
                yield f" {'-inf' if lower == -np.inf else number(lower)} <= {name}{most}"

    def _mps_columns(self) -> Iterator[str]:
        matrix = self.compiled.matrix
        held = {row: self._row_names[row] for row, _, _ in self._rows}
        inside = False
        for column, name in enumerate(self._columns):
            if bool(self.compiled.integer[column]) != inside:
                inside = not inside
                yield f" MARKER 'MARKER' '{'INTORG' if inside else 'INTEND'}'"
            places = slice(matrix.indptr[column], matrix.indptr[column + 1])
            entries = zip(matrix.indices[places], matrix.data[places], strict=True)
            own = [(OBJECTIVE, self.level.vector[column])] if self.level.vector[column] else []
            written = list(chain(own, ((held[row], value) for row, value in entries if row in held)))
            yield from (f" {name} {row} {number(value)}" for row, value in written or [(OBJECTIVE, 0.0)])
        if inside:
            yield " MARKER 'MARKER' 'INTEND'"
        yield f" {CONSTANT} {OBJECTIVE} {number(self.level.constant)}"

    def _mps_bounds(self) -> Iterator[str]:
        for name, lower, upper, whole in self._box:
            if lower == upper:
                yield f" FX BOUND {name} {number(lower)}"
                continue
            if lower == -np.inf:
                yield f" {'FR' if upper == np.inf else 'MI'} BOUND {name}"
            elif lower != 0 or whole or upper < 0:
                yield f" LO BOUND {name} {number(lower)}"
            if upper != np.inf:
                yield f" UP BOUND {name} {number(upper)}"
            elif whole:
                yield f" PL BOUND {name}"


def _distinct(names: list[str]) -> list[str]:
    """The same names, each within what readers take; two that are cut stay two."""
    return [
        name if len(name) <= LONGEST_NAME else f"{name[: LONGEST_NAME - 12]}#{place}"
        for place, name in enumerate(names)
    ]
