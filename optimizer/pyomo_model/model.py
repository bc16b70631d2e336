"""Builds the Pyomo model of a problem from the same families that the arrays are written from.

Components of the model:

- `x`, `e`, `y`, ...: one `Var` for each set of variables (docs/algebra.md lists them); a variable that each scenario
  has for itself is named `x@SCENARIO`. Political limits are upper bounds of variables.
- `availability`, `needs`, ...: one `Constraint` for each family, indexed as the family names its rows; with several
  scenarios the scenario is the last index. Rows of relaxed groups are deactivated.
- `objective_rows`: the rows that metrics add.
- `objective`: the active objective, the weighted sum of the first priority, minimised.
- `metric_NAME`: each metric that an objective names, deactivated, in its own sense.
- `nothing`: a variable fixed at 0, present only if some row can never hold; such a row reads `nothing >= 1`.
- `concord`: a `ModelInfo` with the problem, scenarios and limits; `plan_of` reads it.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pyomo.environ as pyo
from pyomo.core.expr.numeric_expr import LinearExpression as PyomoSum

from models.config import Config, Group
from models.ids import ScenarioId
from models.problem.objective import Metric, Objective
from models.problem.problem import Problem
from optimizer.data.effective_objectives import effective_objectives
from optimizer.data.scenarios import ScenarioData, scenarios_of
from optimizer.diagnostics.precheck import effective_problem
from optimizer.formulation.declaration import declare, has_separate_scenarios
from optimizer.formulation.families import FAMILIES, OBJECTIVE_ROWS, objective_name
from optimizer.formulation.family import Family, Index, UpperLimit, VariableSet
from optimizer.formulation.garbage_collection import paused_garbage_collection
from optimizer.formulation.linear_expression import LinearExpression, Relation, variable
from optimizer.formulation.objectives.metric import Views
from optimizer.formulation.objectives.metrics import METRICS
from optimizer.formulation.variables import Handle
from optimizer.solving.warm import references

DOMAINS = {"continuous": pyo.Reals, "binary": pyo.Binary, "integer": pyo.Integers}
INFINITY = float("inf")
NOTHING = "nothing"
"""The variable, fixed at 0, of rows that can never hold."""
OBJECTIVE = "objective"
"""The active objective."""
INFO = "concord"
"""The attribute with the `ModelInfo`."""


@dataclass(frozen=True, kw_only=True)
class AppliedLimit:
    """An upper limit that a family sets on a variable of the model."""

    family: Family
    limit: UpperLimit
    variable: Any
    """The Pyomo variable."""
    is_lifted: bool
    """Whether relaxed groups lift it."""


@dataclass(frozen=True, kw_only=True)
class ModelInfo:
    """What `plan_of` and the exports need in addition to the components of the model."""

    problem: Problem
    config: Config
    scenarios: tuple[ScenarioData, ...]
    families: tuple[Family, ...]
    objectives: tuple[Objective, ...]
    """The effective objectives, first priority first."""
    limits: tuple[AppliedLimit, ...]


def program(
    problem: Problem,
    config: Config | None = None,
    *,
    families: Sequence[Family] = FAMILIES,
    bests: Mapping[ScenarioId, float] | None = None,
) -> Any:  # noqa: ANN401  (a pyo.ConcreteModel; Pyomo carries no types)
    """The `pyo.ConcreteModel` of a problem under `config`: overrides applied, groups of `config.relax` relaxed.

    `bests` are the risk reductions that regret is measured against; if missing they are solved for. Raises
    `InvalidDocument` if the problem cannot be solved as it stands.
    """
    config = config or Config()
    effective = effective_problem(problem, config)
    known = references(effective, config) if bests is None else bests
    with paused_garbage_collection():
        return _Builder(families).built(effective, config, known)


class _Builder:
    """Adds components to one model."""

    def __init__(self, families: Sequence[Family]) -> None:
        self.model: Any = pyo.ConcreteModel()
        self.families = tuple(families)
        self.columns: list[Any] = []
        """The Pyomo variable of each column number."""

    def built(self, problem: Problem, config: Config, bests: Mapping[ScenarioId, float]) -> Any:  # noqa: ANN401
        scenarios = scenarios_of(problem, bests)
        views = tuple(zip(scenarios, declare(self, scenarios, self.families), strict=True))
        for scenario, d in views:
            for family in self.families:
                family.terms(scenario, d)
        for family in self.families:
            self._add_rows(family.name, _rows(family, views))
            if family.group in config.relax:
                self.model.component(family.name).deactivate()
        objectives = effective_objectives(problem)
        self._add_objectives(problem, views, objectives)
        info = ModelInfo(
            problem=problem,
            config=config,
            scenarios=scenarios,
            families=self.families,
            objectives=objectives,
            limits=tuple(self._applied_limits(views, frozenset(config.relax))),
        )
        setattr(self.model, INFO, info)
        return self.model

    def variables(self, own: VariableSet) -> Handle:
        """Add one `Var`; returns the column variable of each index (`DeclaresVariables`)."""
        bounds = {key: (_finite(low), _finite(high)) for key, low, high in _bounds(own)}
        keys, start = list(own.index), len(self.columns)
        component = pyo.Var(
            keys, domain=DOMAINS[own.kind], bounds=None if own.kind == "binary" else lambda _, *index: bounds[index]
        )
        self.model.add_component(own.name, component)
        self.columns.extend(component[key] for key in keys)
        return {key: variable(number) for number, key in enumerate(keys, start=start)}

    def _add_rows(self, name: str, rows: Iterator[tuple[Index, Relation]]) -> None:
        component = pyo.Constraint(pyo.Any)
        self.model.add_component(name, component)
        for index, relation in rows:
            if index in component:
                raise ValueError(f"two rows of {name} are named {index}")
            body, (lower, upper) = relation.body, relation.sides
            if body.columns:
                component[index] = (_finite(lower), self._sum(body), _finite(upper))
            elif not lower <= body.constant <= upper:
                component[index] = self._nothing() >= 1

    def _sum(self, expression: LinearExpression) -> Any:  # noqa: ANN401
        variables = [self.columns[column] for column in expression.columns]
        return PyomoSum(constant=expression.constant, linear_coefs=list(expression.coefficients), linear_vars=variables)

    def _nothing(self) -> Any:  # noqa: ANN401
        if self.model.component(NOTHING) is None:
            self.model.add_component(NOTHING, pyo.Var(bounds=(0, 0)))
        return self.model.component(NOTHING)

    def _add_objectives(self, problem: Problem, views: Views, objectives: Sequence[Objective]) -> None:
        rows: list[tuple[Index, Relation]] = []
        expressions: dict[Metric, Any] = {}
        for name in dict.fromkeys(objective.metric for objective in objectives):
            metric = METRICS[name]
            handles = {own.name: self.variables(own) for own in metric.declare(problem, views)}
            rows.extend(((name, *index), relation) for index, relation in metric.rows(problem, views, handles))
            each = (metric.expression(problem, views, handles), *metric.refinements(problem, views, handles))
            for refinement, expression in enumerate(each):
                component = pyo.Objective(expr=self._sum(expression), sense=pyo.minimize)
                component.deactivate()
                self.model.add_component(objective_name(name, refinement), component)
            expressions[name] = each[0]
        self._add_rows(OBJECTIVE_ROWS, iter(rows))
        first = sum(self._sum(expressions[one.metric]) * factor for one, factor in first_priority(objectives))
        self.model.add_component(OBJECTIVE, pyo.Objective(expr=first, sense=pyo.minimize))

    def _applied_limits(self, views: Views, relaxed: frozenset[Group]) -> Iterator[AppliedLimit]:
        for scenario, d in views:
            for family in self.families:
                for limit in family.limits(scenario, d):
                    target = self.columns[limit.variable.columns[0]]
                    is_lifted = any(groups <= relaxed for groups in family.freed_by(limit))
                    if not is_lifted and (target.ub is None or target.ub > limit.upper):
                        target.setub(limit.upper)
                    yield AppliedLimit(family=family, limit=limit, variable=target, is_lifted=is_lifted)


def first_priority(objectives: Sequence[Objective]) -> Iterator[tuple[Objective, float]]:
    """The objectives of the first priority, each with its factor in the sum that is minimised."""
    first = min(objective.priority or 1 for objective in objectives)
    together = [objective for objective in objectives if (objective.priority or 1) == first]
    for objective in together:
        weight = objective.weight if len(together) > 1 else 1.0
        yield objective, -weight if objective.direction == "maximize" else weight


def _rows(family: Family, views: Views) -> Iterator[tuple[Index, Relation]]:
    """The rows of a family, once or for each scenario."""
    is_separate = has_separate_scenarios([scenario for scenario, _ in views])
    for number, (scenario, d) in enumerate(views):
        if number == 0 or family.per_scenario or is_separate:
            for index, relation in family.all_rows(scenario, d):
                yield (index if len(views) == 1 else (*index, scenario.id)), relation


def _bounds(own: VariableSet) -> Iterator[tuple[Index, float, float]]:
    lower, upper = own.lower, INFINITY if own.upper is None else own.upper
    for key in own.index:
        yield (
            key,
            lower[key] if isinstance(lower, dict) else lower,
            upper[key] if isinstance(upper, dict) else upper,
        )


def _finite(bound: float) -> float | None:
    return None if bound in (INFINITY, -INFINITY) else bound
