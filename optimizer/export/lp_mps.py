"""Writes the Pyomo model of a problem as readable LP and MPS files.

Both hold the objective of the first priority as a minimisation: a metric that is maximised has the opposite sign.
Political limits are bounds; relaxed rows are left out. Every number is written with as many digits as restore the same
double. A name is the model's name with its index in round brackets; `-` and `+`, which are operators in an LP file, are
written `~` and `&`.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain
from typing import Any, Literal

import numpy as np

from models.config import Config
from models.problem.problem import Problem
from optimizer.export.latex import typeset
from optimizer.pyomo_model.model import INFO, ModelInfo, first_priority, program
from optimizer.pyomo_model.standard_form import Name, StandardForm, standard_form

Format = Literal["lp", "mps", "tex"]

LONGEST_NAME = 100
"""Characters of a name that every reader accepts; CBC breaks off at longer names."""
CONSTANT = "constant"
"""A column fixed at 1 that carries the constant of the objective: not every reader accepts a bare number there."""
OBJECTIVE = "objective"

SIGNS = {"-": "~", "+": "&"}
"""Replacements for signs that are operators in an LP file; neither replacement occurs in an id."""


def export(problem: Problem, config: Config, form: Format) -> str:
    """The program of `problem` under `config` as text.

    Raises `InvalidDocument` if the problem cannot be solved as it stands.
    """
    return export_model(program(problem, config), form)


def export_model(model: Any, form: Format) -> str:  # noqa: ANN401  (a pyo.ConcreteModel)
    """A Pyomo model made by `optimizer.program` as text, with the rows that a modeller added (not in LaTeX)."""
    if form == "tex":
        return typeset(model)
    info: ModelInfo = getattr(model, INFO)
    sums = [f"{number(factor)} {one.metric}".removeprefix("1 ") for one, factor in first_priority(info.objectives)]
    remarks = (
        f"minimises {' + '.join(sums)}".replace("-1 ", "-"),
        f"relaxed: {', '.join(info.config.relax) or 'nothing'}",
    )
    text = ProgramText(form=standard_form(model), remarks=remarks)
    return "\n".join(text.lp() if form == "lp" else text.mps()) + "\n"


def label(name: Name) -> str:
    """A name as LP and MPS files accept it, such as `x(us,train,money,p1)`."""
    family, index = name[0], ",".join(filter(None, map(str, name[1])))
    text = re.sub(r"[^\w.,()@]", _sign, f"{family}({index})" if index else family)
    return f"_{text}" if text[0] in "eE" else text  # an LP reader may take `e` for the exponent of a number


def terms(entries: Sequence[tuple[float, str]]) -> str:
    """A sum with one term per line, so that no line is too long for any reader."""
    return "\n".join(f" {'-' if value < 0 else '+'} {number(abs(value))} {name}" for value, name in entries)


def number(value: float) -> str:
    """The shortest text that reads back as the same double."""
    return repr(float(value)).removesuffix(".0")


def _sign(found: re.Match[str]) -> str:
    return SIGNS.get(found[0], f"#{ord(found[0]):x}")


@dataclass(frozen=True, kw_only=True)
class ProgramText:
    """A program as text."""

    form: StandardForm
    remarks: Sequence[str]
    """Comment lines at the top."""

    def lp(self) -> Iterator[str]:
        """Lines in the LP format of CPLEX."""
        yield from (f"\\ {line}" for line in self.remarks)
        yield f"minimize\n {OBJECTIVE}:"
        yield terms(self._objective)
        yield "subject to"
        for row, sense, side in self._rows:
            yield f" {self._row_names[row]}:"
            yield f"{terms(self._entries(row))}\n {sense} {number(side)}"
        yield "bounds"
        yield from self._lp_bounds()
        if self.form.integer.any():
            yield "general"
            yield from (f" {self._columns[column]}" for column in np.flatnonzero(self.form.integer))
        yield "end"

    def mps(self) -> Iterator[str]:
        """Lines in free MPS format."""
        yield from (f"* {line}" for line in self.remarks)
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

    @cached_property
    def _columns(self) -> list[str]:
        return _distinct([label(name) for name in self.form.columns])

    @cached_property
    def _row_names(self) -> list[str]:
        return _distinct([label(name) for name in self.form.rows])

    @cached_property
    def _rows(self) -> list[tuple[int, str, float]]:
        """Number, relation and right side of each row."""
        found = []
        for row, (lower, upper) in enumerate(zip(self.form.row_lower, self.form.row_upper, strict=True)):
            if lower == upper:
                found.append((row, "=", float(lower)))
            elif np.isfinite(upper):
                found.append((row, "<=", float(upper)))
            elif np.isfinite(lower):
                found.append((row, ">=", float(lower)))
        return found

    @cached_property
    def _objective(self) -> list[tuple[float, str]]:
        """The objective, with every column that occurs in no row: a bound on an unknown column is a read error."""
        vector, constant = self.form.objective
        occurs = np.zeros(len(self._columns), dtype=np.bool_)
        for row, _, _ in self._rows:
            occurs[self._columns_of(row)] = True
        wanted = np.flatnonzero((vector != 0) | ~occurs)
        return [*((float(vector[column]), self._columns[column]) for column in wanted), (constant, CONSTANT)]

    @cached_property
    def _by_row(self) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        matrix = self.form.matrix.tocsr()
        return matrix.indptr, matrix.indices, matrix.data

    def _columns_of(self, row: int) -> np.ndarray:
        pointers, columns, _ = self._by_row
        return columns[pointers[row] : pointers[row + 1]]

    def _entries(self, row: int) -> list[tuple[float, str]]:
        pointers, _, values = self._by_row
        entries = zip(values[pointers[row] : pointers[row + 1]], self._columns_of(row), strict=True)
        return [(value, self._columns[column]) for value, column in entries] or [(0.0, CONSTANT)]

    @cached_property
    def _box(self) -> list[tuple[str, float, float, bool]]:
        """Each column with its bounds, and whether it is an integer."""
        form = self.form
        bounds = zip(self._columns, form.column_lower, form.column_upper, form.integer, strict=True)
        return [*((n, float(low), float(up), bool(whole)) for n, low, up, whole in bounds), (CONSTANT, 1.0, 1.0, False)]

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
        matrix, (vector, constant) = self.form.matrix, self.form.objective
        written_rows = {row: self._row_names[row] for row, _, _ in self._rows}
        is_inside = False
        for column, name in enumerate(self._columns):
            if bool(self.form.integer[column]) != is_inside:
                is_inside = not is_inside
                yield f" MARKER 'MARKER' '{'INTORG' if is_inside else 'INTEND'}'"
            places = slice(matrix.indptr[column], matrix.indptr[column + 1])
            entries = zip(matrix.indices[places], matrix.data[places], strict=True)
            cost = [(OBJECTIVE, vector[column])] if vector[column] else []
            written = list(chain(cost, ((written_rows[row], value) for row, value in entries if row in written_rows)))
            yield from (f" {name} {row} {number(value)}" for row, value in written or [(OBJECTIVE, 0.0)])
        if is_inside:
            yield " MARKER 'MARKER' 'INTEND'"
        yield f" {CONSTANT} {OBJECTIVE} {number(constant)}"

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
    """The names, shortened if too long; shortened names stay distinct."""
    return [
        name if len(name) <= LONGEST_NAME else f"{name[: LONGEST_NAME - 12]}#{position}"
        for position, name in enumerate(names)
    ]
