"""Writes the Pyomo model of a problem as a LaTeX document, with a paragraph for each family that has rows or limits.

Rows are text formulae, so that long sums break across lines.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy.sparse import csr_array

from optimizer.arrays.priorities import Priority, priorities_of
from optimizer.pyomo_model.model import INFO, AppliedLimit, ModelInfo
from optimizer.pyomo_model.standard_form import Name, StandardForm, standard_form

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


def typeset(model: Any) -> str:  # noqa: ANN401  (a pyo.ConcreteModel)
    """Objectives in order of priority, rows and limits of every family that is not relaxed, and the variables."""
    info: ModelInfo = getattr(model, INFO)
    form = standard_form(model)
    page = _Page(form=form, matrix=form.matrix.tocsr(), info=info)
    lines = [OPENING, r"\section*{Objectives}"]
    lines += [page.objective(priority) for priority in priorities_of(info.objectives, form)]
    lines.append(r"\section*{Constraints}")
    lines += page.families()
    lines += [r"\section*{Variables}", *page.variables(), CLOSING]
    return "\n".join(lines) + "\n"


@dataclass(frozen=True, kw_only=True)
class _Page:
    form: StandardForm
    matrix: csr_array
    info: ModelInfo

    def objective(self, priority: Priority) -> str:
        """The objective of one priority."""
        goal, sign = ("\\max", -1.0) if priority.sign < 0 else ("\\min", 1.0)
        columns = np.flatnonzero(priority.vector)
        entries = [(sign * priority.vector[column], self.form.columns[column]) for column in columns]
        metrics = escaped(" and ".join(one.objective.metric for one in priority.objectives))
        constant = sign * priority.constant
        rest = f" {_signed(constant)} {_figure(abs(constant))}" if constant else ""
        return f"{metrics}: ${goal}\\; {_sum(entries)}{rest}$\\par"

    def families(self) -> Iterator[str]:
        """Each family with its rows and limits; then the rows that define what the objectives measure."""
        rows, limits = self._rows(), self._limits()
        for family in self.info.families:
            lines = [*rows.pop(family.name, ()), *dict.fromkeys(limits.get(family.name, ()))]
            if lines:
                yield f"\\subsection*{{{escaped(f'{family.number} {family.name}')}}}"
                yield f"\\textit{{{escaped(family.says)}}}\\par"
                yield from lines
        for name, lines in rows.items():
            yield f"\\subsection*{{{escaped(name.replace('_', ' '))}}}"
            yield from lines

    def variables(self) -> Iterator[str]:
        """The domain and bounds of each variable, unless it is only non-negative."""
        form = self.form
        yield r"Variables that are not listed are real numbers and at least 0.\par"
        for number, name in enumerate(form.columns):
            lower, upper = form.column_lower[number], form.column_upper[number]
            if form.integer[number] and (lower, upper) == (0, 1):
                yield f"${_symbol(name)} \\in \\{{0, 1\\}}$\\par"
            elif form.integer[number] or lower != 0 or np.isfinite(upper):
                least = f"{_figure(lower)} \\le " if np.isfinite(lower) else ""
                most = f" \\le {_figure(upper)}" if np.isfinite(upper) else ""
                kind = "\\in \\mathbb{Z}" if form.integer[number] else "\\in \\mathbb{R}"
                yield f"${least}{_symbol(name)}{most}$, ${_symbol(name)} {kind}$\\par"

    def _limits(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for applied in self.info.limits:
            if not applied.is_lifted:
                found.setdefault(applied.family.name, []).append(_limit(applied))
        return found

    def _rows(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for number, (family, index) in enumerate(self.form.rows):
            relation = self._relation(number)
            if relation:
                tag = f"{{\\footnotesize [{escaped(', '.join(map(str, index)))}]}}"
                found.setdefault(family, []).append(f"{tag} ${relation}$\\par")
        return found

    def _relation(self, number: int) -> str:
        lower, upper = self.form.row_lower[number], self.form.row_upper[number]
        places = slice(self.matrix.indptr[number], self.matrix.indptr[number + 1])
        entries = zip(self.matrix.data[places], self.matrix.indices[places], strict=True)
        body = _sum([(value, self.form.columns[column]) for value, column in entries])
        if lower == upper:
            return f"{body} = {_figure(lower)}"
        if np.isfinite(upper):
            return f"{body} \\le {_figure(upper)}"
        return f"{body} \\ge {_figure(lower)}" if np.isfinite(lower) else ""


def _limit(applied: AppliedLimit) -> str:
    name = _symbol((applied.variable.parent_component().local_name, applied.variable.index()))
    return f"${name} \\le {_figure(applied.limit.upper)}$ \\quad ({escaped(applied.limit.says)})\\par"


def escaped(text: str) -> str:
    """The text with all TeX commands escaped."""
    return "".join(SPECIAL.get(sign, sign) for sign in text)


def _sum(entries: Sequence[tuple[float, Name]]) -> str:
    text = " ".join(f"{_signed(value)} {_times(abs(value))}{_symbol(name)}" for value, name in entries)
    return text.removeprefix("+ ") or "0"


def _signed(value: float) -> str:
    return "-" if value < 0 else "+"


def _times(value: float) -> str:
    return "" if value == 1 else f"{_figure(value)}\\,"


def _figure(value: float) -> str:
    """A number, with powers of ten written out."""
    text = repr(float(value)).removesuffix(".0")
    return re.sub(r"e([+-]?)0*(\d+)", lambda found: f"\\cdot 10^{{{found[1].strip('+')}{found[2]}}}", text)


def _symbol(name: Name) -> str:
    """A variable with its index as subscript and its scenario as superscript."""
    variable, _, scenario = name[0].partition("@")
    letter = variable if len(variable) == 1 else f"\\mathit{{{escaped(variable)}}}"
    above = f"^{{\\text{{{escaped(scenario)}}}}}" if scenario else ""
    index = escaped(", ".join(filter(None, map(str, name[1]))))
    below = f"_{{\\text{{{index}}}}}" if index else ""
    return f"{letter}{above}{below}"
