"""Reads the plan out of a solved Pyomo model, and checks it like any other plan."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyomo.environ as pyo

from models.errors import SolverFailure
from models.outcome import CheckReport
from models.plan import Plan
from models.problem.objective import Metric
from optimizer.check.check import check
from optimizer.outcome.extract import extract
from optimizer.pyomo_model.model import INFO, NOTHING, ModelInfo
from optimizer.pyomo_model.standard_form import Name
from optimizer.tolerances import DUST


@dataclass(frozen=True, kw_only=True)
class CheckedPlan:
    """A plan that was read from a model, the verdict of the independent check, and the metrics that are optimised."""

    plan: Plan
    check: CheckReport
    metrics: dict[Metric, float]


def plan_of(model: Any) -> CheckedPlan:  # noqa: ANN401
    """The plan in a model that was made by `program` and solved, by whichever solver.

    Rows that were added to the model are not checked: the check knows the document alone. Raises `SolverFailure` if
    the model holds no solution.
    """
    info: ModelInfo = getattr(model, INFO)
    columns, values = _values(model)
    values = _without_dust(info, columns, values)
    wanted = {objective.metric for objective in info.objectives}
    plan, metrics = extract(info.scenarios, columns, values, info.config.relax, wanted)
    return CheckedPlan(plan=plan, check=check(info.problem, plan, relax=info.config.relax), metrics=metrics)


def _without_dust(info: ModelInfo, columns: Sequence[Name], values: np.ndarray) -> np.ndarray:
    """The values, where amounts and levels that are only the solver's rounding count as 0."""
    bounds = [scenario.bounds for scenario in info.scenarios]
    greatest: dict[str, list[Mapping[Any, float]]] = {
        "x": [one.contribution for one in bounds],
        "e": [one.level for one in bounds],
        "E": [one.effective_level for one in bounds],
    }

    def unit(column: Name) -> float:
        name, index = column
        return max((table.get(index, 0.0) for table in greatest.get(name.partition("@")[0], ())), default=1.0)

    return np.where(values <= DUST * np.array([unit(column) for column in columns]), 0.0, values)


def _values(model: Any) -> tuple[list[Name], np.ndarray]:  # noqa: ANN401
    """The names and values of all variables; a variable that occurs in no row has no value and counts as 0."""
    columns: list[Name] = []
    values: list[float] = []
    for component in model.component_objects(pyo.Var):
        if component.local_name == NOTHING:
            continue
        for index, variable in component.items():
            columns.append((component.local_name, index if isinstance(index, tuple) else (index,)))
            values.append(np.nan if variable.value is None else float(variable.value))
    found = np.array(values)
    if np.isnan(found).all():
        raise SolverFailure("the model holds no solution: solve it before reading the plan")
    return columns, np.nan_to_num(found, nan=0.0)
