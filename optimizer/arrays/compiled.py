"""Program -> named arrays: what the solver is handed, the name of every row and column, and the limits beside it."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from time import perf_counter
from typing import Any

import numpy as np
import pyomo.environ as pyo
from numpy.typing import NDArray
from pyomo.repn.plugins.standard_form import LinearStandardFormCompiler
from scipy.sparse import csc_array

from models.config import Group
from models.problem.objective import Metric
from models.problem.problem import Problem
from optimizer.data.scenarios import Bests, ScenarioData
from optimizer.formulation.families import GROUPS, Program, assemble, metric_of
from optimizer.formulation.family import Index
from optimizer.formulation.garbage_collection import paused_garbage_collection

Floats = NDArray[np.float64]
Integers = NDArray[np.int32]
Name = tuple[str, Index]
"""The family (or variable) and the index within it."""
EQUAL, AT_MOST = 0, 1
"""How Pyomo's standard form marks the relation of a row; anything else is "at least"."""


@dataclass(frozen=True, kw_only=True)
class CompiledLimits:
    """What politics closes: column, greatest value, family, and the sets of groups whose relaxation lifts a limit."""

    column: Integers
    upper: Floats
    family: tuple[str, ...]
    freed_by: tuple[tuple[frozenset[Group], ...], ...]


@dataclass(frozen=True, kw_only=True)
class CompiledProgram:
    """A program as arrays: rows between `row_lower` and `row_upper`, columns between their natural bounds."""

    matrix: csc_array
    row_lower: Floats
    row_upper: Floats
    rows: tuple[Name, ...]
    row_group: tuple[Group | None, ...]
    column_lower: Floats
    column_upper: Floats
    integer: NDArray[np.bool_]
    columns: tuple[Name, ...]
    objectives: dict[Metric, tuple[Floats, float]]
    """For each metric a vector over the columns and a constant."""
    refinements: dict[Metric, tuple[tuple[Floats, float], ...]]
    """What goes on with a metric, in order: each to be optimised once those before it are held."""
    limits: CompiledLimits


@dataclass(frozen=True, kw_only=True)
class RelaxedBounds:
    """The bounds that hold once some groups are relaxed: facts always, the rows and limits of those groups not."""

    row_lower: Floats
    row_upper: Floats
    column_upper: Floats


@dataclass(frozen=True, kw_only=True)
class WrittenProgram:
    """A problem as arrays, the scenarios that a plan of it is read with, and the seconds that took."""

    scenarios: tuple[ScenarioData, ...]
    compiled: CompiledProgram
    formulate_s: float
    compile_s: float


def formulated(problem: Problem, bests: Bests | None = None) -> WrittenProgram:
    """The arrays of a problem; the program they come from is let go."""
    with paused_garbage_collection():
        began = perf_counter()
        program = assemble(problem, bests)
        between = perf_counter()
        compiled = compile_program(program)
        ended = perf_counter()
        return WrittenProgram(
            scenarios=program.scenarios, compiled=compiled, formulate_s=between - began, compile_s=ended - between
        )


def compile_program(program: Program) -> CompiledProgram:
    """The arrays of a program; nothing is relaxed in them."""
    with paused_garbage_collection():
        form = LinearStandardFormCompiler().write(program.pyomo, mixed_form=True)
    place = {id(variable): number for number, variable in enumerate(form.columns)}
    name_of = _row_names(program)
    row_lower, row_upper = _sides(form)
    objectives = _objectives(form)
    return CompiledProgram(
        matrix=form.A,
        row_lower=row_lower,
        row_upper=row_upper,
        rows=tuple(name_of[id(row.constraint)] for row in form.rows),
        row_group=tuple(GROUPS[name_of[id(row.constraint)][0]] for row in form.rows),
        column_lower=_numbers(variable.lower for variable in form.columns),
        column_upper=_numbers((variable.upper for variable in form.columns), missing=np.inf),
        integer=np.array([not variable.is_continuous() for variable in form.columns], dtype=np.bool_),
        columns=_column_names(program, form.columns),
        objectives={metric: expressions[0] for metric, expressions in objectives.items()},
        refinements={metric: tuple(expressions[1:]) for metric, expressions in objectives.items()},
        limits=_limits(program, place),
    )


def relaxed(compiled: CompiledProgram, groups: Collection[Group]) -> RelaxedBounds:
    """The bounds with the rows of `groups` freed and their limits lifted."""
    free = np.array([group in groups for group in compiled.row_group], dtype=np.bool_)
    limits = compiled.limits
    relaxed_groups = frozenset(groups)
    lifted = {sets: any(one <= relaxed_groups for one in sets) for sets in set(limits.freed_by)}
    holds = np.array([not lifted[sets] for sets in limits.freed_by], dtype=np.bool_)
    column_upper = compiled.column_upper.copy()
    np.minimum.at(column_upper, limits.column[holds], limits.upper[holds])
    return RelaxedBounds(
        row_lower=np.where(free, -np.inf, compiled.row_lower),
        row_upper=np.where(free, np.inf, compiled.row_upper),
        column_upper=column_upper,
    )


def _objectives(form: Any) -> dict[Metric, list[tuple[Floats, float]]]:  # noqa: ANN401
    """The expressions of each metric: its own first, then what goes on with it."""
    found: dict[Metric, list[tuple[Floats, float]]] = {}
    for objective, vector, constant in zip(form.objectives, form.c.toarray(), form.c_offset, strict=True):
        found.setdefault(metric_of(objective.local_name), []).append(
            (np.asarray(vector, dtype=np.float64), float(constant))
        )
    return found


def _sides(form: Any) -> tuple[Floats, Floats]:  # noqa: ANN401
    sides = np.asarray(form.rhs, dtype=np.float64)
    kind = np.array([row.bound_type for row in form.rows], dtype=np.int8)
    lower = np.where(kind == AT_MOST, -np.inf, sides)
    upper = np.where((kind == AT_MOST) | (kind == EQUAL), sides, np.inf)
    return lower, upper


def _row_names(program: Program) -> dict[int, Name]:
    names: dict[int, Name] = {}
    for component in program.pyomo.component_objects(pyo.Constraint):
        for index, row in component.items():
            names[id(row)] = (component.local_name, index)
    return names


def _column_names(program: Program, columns: Collection[Any]) -> tuple[Name, ...]:
    names: dict[int, Name] = {}
    for component in program.pyomo.component_objects(pyo.Var):
        for index, variable in component.items():
            names[id(variable)] = (component.local_name, index if isinstance(index, tuple) else (index,))
    return tuple(names[id(variable)] for variable in columns)


def _limits(program: Program, place: dict[int, int]) -> CompiledLimits:
    held = [(family, limit) for family, limit in program.limits if id(limit.variable) in place]
    return CompiledLimits(
        column=np.array([place[id(limit.variable)] for _, limit in held], dtype=np.int32),
        upper=np.array([limit.upper for _, limit in held], dtype=np.float64),
        family=tuple(family.name for family, _ in held),
        freed_by=tuple(family.freed_by(limit) for family, limit in held),
    )


def _numbers(values: Iterator[float | None], missing: float = -np.inf) -> Floats:
    return np.array([missing if value is None else value for value in values], dtype=np.float64)
