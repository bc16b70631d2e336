"""Metric: a quantity that an objective can name, one file each."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from models.problem.objective import Metric as MetricName
from models.problem.problem import Problem
from optimizer.data.scenarios import ScenarioData
from optimizer.formulation.family import Own, Rows
from optimizer.formulation.linear_expression import Expression
from optimizer.formulation.variables import Decisions, Handle

Views = Sequence[tuple[ScenarioData, Decisions]]
Handles = Mapping[str, Handle]


def _declares_nothing(_: Problem, __: Views) -> Iterable[Own]:
    return ()


def _no_rows(_: Problem, __: Views, ___: Handles) -> Rows:
    return ()


def _no_refinements(_: Problem, __: Views, ___: Handles) -> Sequence[Expression]:
    return ()


@dataclass(frozen=True, kw_only=True)
class Metric:
    """How to write a metric into the program; its rows and variables exist only if an objective names it."""

    name: MetricName
    unit: str
    expression: Callable[[Problem, Views, Handles], Expression]
    declare: Callable[[Problem, Views], Iterable[Own]] = _declares_nothing
    rows: Callable[[Problem, Views, Handles], Rows] = _no_rows
    refinements: Callable[[Problem, Views, Handles], Sequence[Expression]] = _no_refinements
    """Further expressions, minimised in this order while the expressions before are bounded at their optimum."""
