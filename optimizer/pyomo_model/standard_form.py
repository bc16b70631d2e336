"""The standard form of a Pyomo model under readable names: what is exported and compared with the arrays."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyomo.environ as pyo
from numpy.typing import NDArray
from pyomo.repn.plugins.standard_form import LinearStandardFormCompiler
from scipy.sparse import csc_array

from models.problem.objective import Metric
from optimizer.formulation.families import metric_of
from optimizer.formulation.family import Index
from optimizer.formulation.garbage_collection import paused_garbage_collection
from optimizer.pyomo_model.model import NOTHING, OBJECTIVE

Floats = NDArray[np.float64]
Name = tuple[str, Index]
EQUAL, AT_MOST = 0, 1
"""How Pyomo's standard form marks the relation of a row; anything else is "at least"."""


@dataclass(frozen=True, kw_only=True)
class StandardForm:
    """row_lower <= matrix @ columns <= row_upper, column_lower <= columns <= column_upper, as the model states them."""

    matrix: csc_array
    row_lower: Floats
    row_upper: Floats
    rows: tuple[Name, ...]
    column_lower: Floats
    column_upper: Floats
    integer: NDArray[np.bool_]
    columns: tuple[Name, ...]
    objective: tuple[Floats, float]
    """The active objective: vector over the columns and constant, minimised."""
    objectives: dict[Metric, tuple[Floats, float]]
    """Each metric in its own sense."""
    refinements: dict[Metric, tuple[tuple[Floats, float], ...]]


def standard_form(model: Any) -> StandardForm:  # noqa: ANN401
    """The standard form of a model made by `program`, whatever rows were added to it.

    A row that can never hold has no entries here; the column `nothing` is left out.
    """
    with paused_garbage_collection(), _all_objectives_active(model):
        form = LinearStandardFormCompiler().write(model, mixed_form=True)
    names = _column_names(model, form.columns)
    is_kept = np.array([name[0] != NOTHING for name in names], dtype=np.bool_)
    vectors = {
        objective.local_name: (np.asarray(vector, dtype=np.float64)[is_kept], float(constant))
        for objective, vector, constant in zip(form.objectives, form.c.toarray(), form.c_offset, strict=True)
    }
    metrics: dict[Metric, list[tuple[Floats, float]]] = {}
    for name, vector in vectors.items():
        if name.startswith("metric_"):
            metrics.setdefault(metric_of(name), []).append(vector)
    row_names = _row_names(model)
    row_lower, row_upper = _sides(form)
    return StandardForm(
        matrix=csc_array(form.A)[:, np.flatnonzero(is_kept)],
        row_lower=row_lower,
        row_upper=row_upper,
        rows=tuple(row_names[id(row.constraint)] for row in form.rows),
        column_lower=_numbers(column.lb for column in form.columns)[is_kept],
        column_upper=_numbers((column.ub for column in form.columns), missing=np.inf)[is_kept],
        integer=np.array([not column.is_continuous() for column in form.columns], dtype=np.bool_)[is_kept],
        columns=tuple(name for name in names if name[0] != NOTHING),
        objective=vectors[OBJECTIVE],
        objectives={metric: each[0] for metric, each in metrics.items()},
        refinements={metric: tuple(each[1:]) for metric, each in metrics.items()},
    )


@contextmanager
def _all_objectives_active(model: Any) -> Iterator[None]:  # noqa: ANN401
    """Activate every objective, so that the standard form lists them all."""
    inactive = [one for one in model.component_data_objects(pyo.Objective) if not one.active]
    for one in inactive:
        one.activate()
    try:
        yield
    finally:
        for one in inactive:
            one.deactivate()


def _sides(form: Any) -> tuple[Floats, Floats]:  # noqa: ANN401
    sides = np.asarray(form.rhs, dtype=np.float64)
    kind = np.array([row.bound_type for row in form.rows], dtype=np.int8)
    lower = np.where(kind == AT_MOST, -np.inf, sides)
    upper = np.where((kind == AT_MOST) | (kind == EQUAL), sides, np.inf)
    return lower, upper


def _row_names(model: Any) -> dict[int, Name]:  # noqa: ANN401
    names: dict[int, Name] = {}
    for component in model.component_objects(pyo.Constraint):
        for index, row in component.items():
            names[id(row)] = (component.local_name, _as_tuple(index))
    return names


def _column_names(model: Any, columns: Iterable[Any]) -> list[Name]:  # noqa: ANN401
    names: dict[int, Name] = {}
    for component in model.component_objects(pyo.Var):
        for index, column in component.items():
            names[id(column)] = (component.local_name, _as_tuple(index))
    return [names[id(column)] for column in columns]


def _as_tuple(index: Any) -> Index:  # noqa: ANN401
    if index is None:
        return ()
    return index if isinstance(index, tuple) else (index,)


def _numbers(values: Iterable[float | None], missing: float = -np.inf) -> Floats:
    return np.array([missing if value is None else value for value in values], dtype=np.float64)
