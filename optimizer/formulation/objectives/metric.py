"""Metric: a quantity that an objective can name, one file each."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from models.problem.objective import Metric as MetricName
from models.problem.problem import Problem
from optimizer.data.scenarios import ScenarioData
from optimizer.formulation.family import Rows, VariableSet
from optimizer.formulation.linear_expression import LinearExpression
from optimizer.formulation.variables import DecisionVariables, Handle

Views = Sequence[tuple[ScenarioData, DecisionVariables]]
Handles = Mapping[str, Handle]


def _declares_nothing(_: Problem, __: Views) -> Iterable[VariableSet]:
    return ()


def _no_rows(_: Problem, __: Views, ___: Handles) -> Rows:
    return ()


def _no_refinements(_: Problem, __: Views, ___: Handles) -> Sequence[LinearExpression]:
    return ()


@dataclass(frozen=True, kw_only=True)
class Metric:
    """How to write a metric into the program; its rows and variables exist only if an objective names it."""

    name: MetricName
    unit: str
    expression: Callable[[Problem, Views, Handles], LinearExpression]
    declare: Callable[[Problem, Views], Iterable[VariableSet]] = _declares_nothing
    rows: Callable[[Problem, Views, Handles], Rows] = _no_rows
    refinements: Callable[[Problem, Views, Handles], Sequence[LinearExpression]] = _no_refinements
    """Further expressions, minimised in this order while the expressions before are bounded at their optimum."""
