"""A single family: its rows as text, and whether it allows given decisions, without a solver."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from math import copysign
from typing import get_args

from models.problem.problem import Problem
from optimizer.data.effective_objectives import effective_objectives
from optimizer.data.scenarios import ScenarioData, scenarios_of
from optimizer.formulation.declaration import declare, has_separate_scenarios, variable_sets_of
from optimizer.formulation.families import FAMILIES, OBJECTIVE_ROWS
from optimizer.formulation.family import Family, Index, Scope, UpperLimit, VariableSet
from optimizer.formulation.linear_expression import LinearExpression, Relation, variable
from optimizer.formulation.objectives.metrics import METRICS
from optimizer.formulation.variables import DecisionVariables, Handle

SLACK = 1e-9
"""Smaller than any difference that a test checks."""


@dataclass
class Written:
    """Relations and limits of every family, with the name of each column."""

    names: list[str] = field(default_factory=list)
    views: tuple[tuple[ScenarioData, DecisionVariables], ...] = ()

    def variables(self, own: VariableSet) -> Handle:
        start = len(self.names)
        self.names.extend(f"{own.name}[{','.join(index)}]" for index in own.index)
        return {index: variable(number) for number, index in enumerate(own.index, start=start)}

    def rows(self, family: Family) -> Iterator[tuple[Index, Relation]]:
        is_separate = has_separate_scenarios([scenario for scenario, _ in self.views])
        for number, (scenario, d) in enumerate(self.views):
            if number == 0 or family.per_scenario or is_separate:
                for index, relation in family.all_rows(scenario, d):
                    yield (index if len(self.views) == 1 else (*index, scenario.id)), relation

    def objective_rows(self, problem: Problem) -> Iterator[tuple[Index, Relation]]:
        for name in dict.fromkeys(one.metric for one in effective_objectives(problem)):
            metric = METRICS[name]
            handles = {own.name: self.variables(own) for own in metric.declare(problem, self.views)}
            yield from (((name, *index), relation) for index, relation in metric.rows(problem, self.views, handles))

    def limits(self, family: Family) -> Iterator[UpperLimit]:
        for scenario, d in self.views:
            yield from family.limits(scenario, d)

    def name(self, one: LinearExpression) -> str:
        return self.names[one.columns[0]]


def rows_of(problem: Problem, family: str) -> str:
    """The rows of one family on one problem, a line each, as the family states them; limits after them.

    A row without variables that always holds is left out.
    """
    written = _written(problem)
    rows = written.objective_rows(problem) if family == OBJECTIVE_ROWS else written.rows(_family(family))
    lines = [
        f"{family}[{','.join(index)}]: {_relation(written, relation)}"
        for index, relation in rows
        if not _is_trivial(relation)
    ]
    of_family = None if family == OBJECTIVE_ROWS else _family(family)
    lines += (
        []
        if of_family is None
        else [f"{written.name(one.variable)} <= {one.upper:g}  ({one.says})" for one in written.limits(of_family)]
    )
    return "".join(f"{line}\n" for line in lines)


def permits(problem: Problem, family: str, decisions: Mapping[str, float]) -> bool:
    """Whether every row and limit of a family holds at `decisions` {"x[a,train,money,p1]": 3}; the rest is zero."""
    written, of_family = _written(problem), _family(family)
    missing = set(decisions) - set(written.names)
    assert not missing, f"no such decision: {missing}; there are {sorted(written.names)}"
    values = [decisions.get(name, 0.0) for name in written.names]
    return all(_holds(relation, values) for _, relation in written.rows(of_family)) and all(
        values[one.variable.columns[0]] <= one.upper + SLACK for one in written.limits(of_family)
    )


def _written(problem: Problem) -> Written:
    """All families of a problem; each set of variables has a known scope, and each limit names its variable."""
    written, scenarios = Written(), scenarios_of(problem)
    written.views = tuple(zip(scenarios, declare(written, scenarios, FAMILIES), strict=True))
    for scenario, d in written.views:
        for own in variable_sets_of(scenario, scenarios, FAMILIES).values():
            assert own.scope in get_args(Scope), own.name
        for family in FAMILIES:
            family.terms(scenario, d)
    for family in FAMILIES:
        for one in written.limits(family):
            assert written.name(one.variable).endswith(f"[{','.join(one.index)}]"), (family.name, one.says)
    return written


def _family(name: str) -> Family:
    return next(one for one in FAMILIES if one.name == name)


def _is_trivial(relation: Relation) -> bool:
    lower, upper = relation.sides
    return not relation.body.columns and lower <= relation.body.constant <= upper


def _holds(relation: Relation, values: list[float]) -> bool:
    body, (lower, upper) = relation.body, relation.sides
    terms = zip(body.coefficients, body.columns, strict=True)
    value = body.constant + sum(coefficient * values[column] for coefficient, column in terms)
    return lower - SLACK <= value <= upper + SLACK


def _relation(written: Written, relation: Relation) -> str:
    sign = "  ==  " if relation.is_equality else "  <=  "
    return f"{_side(written, relation.left)}{sign}{_side(written, relation.right)}"


def _side(written: Written, side: LinearExpression | float) -> str:
    if not isinstance(side, LinearExpression):
        return str(side)
    terms = [_term(value, written.names[column]) for value, column in zip(side.coefficients, side.columns, strict=True)]
    constant = [] if side.constant == 0 and terms else [_term(side.constant, "")]
    text = " ".join([*terms, *constant]).removeprefix("+ ")
    return f"-{text[2:]}" if re.match(r"- \d", text) else text


def _term(value: float, name: str) -> str:
    factor = "" if name and abs(value) == 1 else f"{abs(value)}*" if name else f"{abs(value)}"
    return f"{'-' if copysign(1, value) < 0 else '+'} {factor}{name}"
