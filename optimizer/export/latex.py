"""The program of a problem as LaTeX: a document of its own, with a paragraph for each family that has something to say.

Rows are written as text formulae, so that long sums break across lines by themselves.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_array

from models.config import Config, Group
from models.problem.objective import Objective
from optimizer.arrays.compiled import CompiledProgram, Name, RelaxedBounds, compile_program, relaxed
from optimizer.arrays.priorities import Level, priorities_of
from optimizer.formulation.families import FAMILIES, Program
from optimizer.formulation.family import Family, Limit

OPENING = r"""\documentclass[10pt]{article}
\usepackage[T1]{fontenc}
\usepackage[a4paper,margin=2cm]{geometry}
\usepackage{amsmath,amssymb}
\setlength{\parindent}{0pt}\setlength{\parskip}{2pt}\raggedright
\begin{document}"""
CLOSING = r"\end{document}"

SPECIAL = {
    **{sign: f"\\{sign}" for sign in "_&%$#{}"},
    "\\": r"\textbackslash{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    "<": r"\textless{}",
    ">": r"\textgreater{}",
}


def typeset(program: Program, objectives: Sequence[Objective], config: Config) -> str:
    """The objectives in their order, the rows and limits of every family that is not relaxed, and the variables."""
    compiled = compile_program(program)
    page = _Page(compiled=compiled, bounds=relaxed(compiled, config.relax), matrix=compiled.matrix.tocsr())
    lines = [OPENING, r"\section*{Objectives}"]
    lines += [page.objective(level) for level in priorities_of(objectives, compiled)]
    lines.append(r"\section*{Constraints}")
    lines += page.families(program.limits, frozenset(config.relax))
    lines += [r"\section*{Variables}", *page.variables(), CLOSING]
    return "\n".join(lines) + "\n"


@dataclass(frozen=True, kw_only=True)
class _Page:
    compiled: CompiledProgram
    bounds: RelaxedBounds
    matrix: csr_array

    def objective(self, level: Level) -> str:
        """One level: what is optimised before the next is."""
        goal, sign = ("\\max", -1.0) if level.sign < 0 else ("\\min", 1.0)
        columns = np.flatnonzero(level.vector)
        entries = [(sign * level.vector[column], self.compiled.columns[column]) for column in columns]
        metrics = escaped(" and ".join(aim.objective.metric for aim in level.aims))
        constant = sign * level.constant
        rest = f" {_signed(constant)} {_figure(abs(constant))}" if constant else ""
        return f"{metrics}: ${goal}\\; {_sum(entries)}{rest}$\\par"

    def families(self, limits: Sequence[tuple[Family, Limit]], groups: frozenset[Group]) -> Iterator[str]:
        """Each family with its rows and what it closes; then the rows that say what the objectives measure."""
        by_family = self._rows()
        closed: dict[str, list[str]] = {}
        for family, limit in limits:
            if not any(sets <= groups for sets in family.freed_by(limit)):
                name = _symbol((limit.variable.parent_component().local_name, limit.variable.index()))
                line = f"${name} \\le {_figure(limit.upper)}$ \\quad ({escaped(limit.says)})\\par"
                closed.setdefault(family.name, []).append(line)
        for family in FAMILIES:
            lines = [*by_family.pop(family.name, ()), *dict.fromkeys(closed.get(family.name, ()))]
            if lines:
                yield f"\\subsection*{{{escaped(f'{family.number} {family.name}')}}}"
                yield f"\\textit{{{escaped(family.says)}}}\\par"
                yield from lines
        for name, lines in by_family.items():
            yield f"\\subsection*{{{escaped(name.replace('_', ' '))}}}"
            yield from lines

    def variables(self) -> Iterator[str]:
        """What each variable may be, where that is more than not to be negative."""
        compiled = self.compiled
        yield r"What is not listed is a real number and at least 0.\par"
        for number, name in enumerate(compiled.columns):
            lower, upper = compiled.column_lower[number], compiled.column_upper[number]
            if compiled.integer[number] and (lower, upper) == (0, 1):
                yield f"${_symbol(name)} \\in \\{{0, 1\\}}$\\par"
            elif compiled.integer[number] or lower != 0 or np.isfinite(upper):
                least = f"{_figure(lower)} \\le " if np.isfinite(lower) else ""
                most = f" \\le {_figure(upper)}" if np.isfinite(upper) else ""
                kind = "\\in \\mathbb{Z}" if compiled.integer[number] else "\\in \\mathbb{R}"
                yield f"${least}{_symbol(name)}{most}$, ${_symbol(name)} {kind}$\\par"

    def _rows(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for number, (family, index) in enumerate(self.compiled.rows):
            relation = self._relation(number)
            if relation:
                tag = f"{{\\footnotesize [{escaped(', '.join(index))}]}}"
                found.setdefault(family, []).append(f"{tag} ${relation}$\\par")
        return found

    def _relation(self, number: int) -> str:
        lower, upper = self.bounds.row_lower[number], self.bounds.row_upper[number]
        places = slice(self.matrix.indptr[number], self.matrix.indptr[number + 1])
        entries = zip(self.matrix.data[places], self.matrix.indices[places], strict=True)
        body = _sum([(value, self.compiled.columns[column]) for value, column in entries])
        if lower == upper:
            return f"{body} = {_figure(lower)}"
        if np.isfinite(upper):
            return f"{body} \\le {_figure(upper)}"
        return f"{body} \\ge {_figure(lower)}" if np.isfinite(lower) else ""


def escaped(text: str) -> str:
    """A text in which nothing steers TeX."""
    return "".join(SPECIAL.get(sign, sign) for sign in text)


def _sum(entries: Sequence[tuple[float, Name]]) -> str:
    text = " ".join(f"{_signed(value)} {_times(abs(value))}{_symbol(name)}" for value, name in entries)
    return text.removeprefix("+ ") or "0"


def _signed(value: float) -> str:
    return "-" if value < 0 else "+"


def _times(value: float) -> str:
    return "" if value == 1 else f"{_figure(value)}\\,"


def _figure(value: float) -> str:
    """A number as it is, powers of ten written out."""
    text = repr(float(value)).removesuffix(".0")
    return re.sub(r"e([+-]?)0*(\d+)", lambda found: f"\\cdot 10^{{{found[1].strip('+')}{found[2]}}}", text)


def _symbol(name: Name) -> str:
    """A variable with its index below, and above the scenario that it belongs to."""
    variable, _, scenario = name[0].partition("@")
    letter = variable if len(variable) == 1 else f"\\mathit{{{escaped(variable)}}}"
    above = f"^{{\\text{{{escaped(scenario)}}}}}" if scenario else ""
    index = escaped(", ".join(filter(None, name[1])))
    below = f"_{{\\text{{{index}}}}}" if index else ""
    return f"{letter}{above}{below}"
