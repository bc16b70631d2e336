"""The program of a problem for other eyes and other solvers: readable LP and MPS files, and LaTeX.

What politics closes is written as bounds; what is relaxed is left out; only the first objective is kept. LP and MPS are
minimisations, so a metric that is maximised stands there with the opposite sign.
"""

from io import StringIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Literal

import numpy as np
import pyomo.environ as pyo
from scipy.sparse import csr_array

from models.config import Config
from models.problem.problem import Problem
from optimizer.aims import aims
from optimizer.assemble import FAMILIES, Program, assemble
from optimizer.compile import Compiled, Name, compile_program, relaxed
from optimizer.levels import Level, levels_of

Format = Literal["lp", "mps", "tex"]


def export(problem: Problem, config: Config, form: Format) -> str:
    """The program of `problem` as text, with the limits of politics and the relaxed groups of `config` applied."""
    program = assemble(problem)
    if form == "tex":
        return _latex(problem, program, config)
    _apply(program, config)
    _keep_first_objective(problem, program)
    with TemporaryDirectory() as folder:
        path = Path(folder) / f"program.{form}"
        program.pyomo.write(str(path), io_options={"symbolic_solver_labels": True})
        return path.read_text()


def _apply(program: Program, config: Config) -> None:
    groups = frozenset(config.relax)
    for family in FAMILIES:
        if family.group in groups:
            program.pyomo.component(family.name).deactivate()
    for family, limit in program.limits:
        if not any(sets <= groups for sets in family.freed_by(limit)):
            upper = limit.variable.upper
            limit.variable.setub(limit.upper if upper is None else min(upper, limit.upper))


def _keep_first_objective(problem: Problem, program: Program) -> None:
    first = aims(problem)[0]
    for objective in list(program.pyomo.component_objects(pyo.Objective)):
        objective.deactivate()
    kept = program.pyomo.component(f"metric_{first.metric}")
    sign = -1.0 if first.direction == "maximize" else 1.0
    program.pyomo.aim = pyo.Objective(expr=sign * kept.expr, sense=pyo.minimize)


def _latex(problem: Problem, program: Program, config: Config) -> str:
    compiled = compile_program(program)
    text = StringIO()
    text.write("% needs amsmath\n")
    for level in levels_of(aims(problem), compiled):
        text.write(_objective(level, compiled))
    bounds = relaxed(compiled, config.relax)
    matrix = compiled.matrix.tocsr()
    by_family: dict[str, list[int]] = {}
    for number, (family, _) in enumerate(compiled.rows):
        if np.isfinite(bounds.row_lower[number]) or np.isfinite(bounds.row_upper[number]):
            by_family.setdefault(family, []).append(number)
    titles = {family.name: f"{family.number} {family.name}: {family.says}" for family in FAMILIES}
    for family, numbers in by_family.items():
        text.write(f"\\paragraph{{{_escaped(titles.get(family, family))}}}\n\\begin{{gather*}}\n")
        rows = [
            _row(matrix, compiled, number, bounds.row_lower[number], bounds.row_upper[number]) for number in numbers
        ]
        text.write(" \\\\\n".join(rows) + "\n\\end{gather*}\n")
    return text.getvalue()


def _objective(level: Level, compiled: Compiled) -> str:
    goal, sign = ("\\max", -1.0) if level.sign < 0 else ("\\min", 1.0)
    columns = np.flatnonzero(level.vector)
    terms = [(sign * level.vector[column], compiled.columns[column]) for column in columns]
    return f"\\begin{{gather*}}\n{goal}\\; {_sum(terms)}\n\\end{{gather*}}\n"


def _row(matrix: csr_array, compiled: Compiled, number: int, lower: float, upper: float) -> str:
    places = slice(matrix.indptr[number], matrix.indptr[number + 1])
    entries = zip(matrix.data[places], matrix.indices[places], strict=True)
    body = _sum([(value, compiled.columns[column]) for value, column in entries])
    if lower == upper:
        return f"{body} = {lower:g}"
    return f"{body} \\le {upper:g}" if np.isfinite(upper) else f"{body} \\ge {lower:g}"


def _sum(terms: list[tuple[float, Name]]) -> str:
    if not terms:
        return "0"
    text = " ".join(f"{'-' if value < 0 else '+'} {_times(abs(value))}{_symbol(name)}" for value, name in terms)
    return text.removeprefix("+ ")


def _times(value: float) -> str:
    return "" if value == 1 else f"{value:g}\\,"


def _symbol(name: Name) -> str:
    variable, index = name
    letter = variable if len(variable) == 1 else f"\\mathit{{{_escaped(variable)}}}"
    return f"{letter}_{{\\text{{{_escaped(', '.join(index))}}}}}"


def _escaped(text: str) -> str:
    return text.replace("_", "\\_").replace("@", "\\textsuperscript{*}")
