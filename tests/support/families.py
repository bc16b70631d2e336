"""A single family: its rows as text, and whether it allows given decisions, without a solver."""

from collections.abc import Mapping
from io import StringIO
from typing import get_args

import pyomo.environ as pyo

from models.problem.problem import Problem
from optimizer.formulation.declaration import variable_sets_of
from optimizer.formulation.families import FAMILIES, Program, assemble
from optimizer.formulation.family import Scope

SLACK = 1e-9
"""Smaller than any difference that a test checks."""


def rows_of(problem: Problem, family: str) -> str:
    """Return the rows of a family in the program of a problem, one line each, followed by its limits."""
    program = _sound(problem)
    text = StringIO()
    for index, row in getattr(program.pyomo, family).items():
        text.write(f"{family}[{','.join(index)}]: {row.expr}\n")
    for owner, limit in program.limits:
        if owner.name == family:
            text.write(f"{limit.variable.name} <= {limit.upper:g}  ({limit.says})\n")
    return text.getvalue()


def permits(problem: Problem, family: str, decisions: Mapping[str, float]) -> bool:
    """Return whether all rows and limits of a family hold at `decisions` {"x[a,train,money,p1]": 3}; others are 0."""
    program = _sound(problem)
    _set(program, decisions)
    rows = getattr(program.pyomo, family).values()
    holds = all(row.slack() >= -SLACK for row in rows)
    limits = [limit for owner, limit in program.limits if owner.name == family]
    return holds and all(pyo.value(limit.variable) <= limit.upper + SLACK for limit in limits)


def _sound(problem: Problem) -> Program:
    """Return the program; asserts that variables have a known scope and limits the index of their variable."""
    program = assemble(problem)
    for scenario in program.scenarios:
        for variables in variable_sets_of(scenario, program.scenarios, FAMILIES).values():
            assert variables.scope in get_args(Scope), variables.name
    for owner, limit in program.limits:
        assert limit.index == limit.variable.index(), (owner.name, limit.says)
    return program


def _set(program: Program, decisions: Mapping[str, float]) -> None:
    known = {variable.name: variable for variable in program.pyomo.component_data_objects(pyo.Var)}
    missing = set(decisions) - set(known)
    assert not missing, f"no such decision: {missing}; there are {sorted(known)}"
    for name, variable in known.items():
        variable.set_value(decisions.get(name, 0.0), skip_validation=True)
