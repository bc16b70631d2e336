"""One family at a time: its rows as text, and whether it permits given decisions, without a solver."""

from collections.abc import Mapping
from io import StringIO
from typing import get_args

import pyomo.environ as pyo

from models.problem.problem import Problem
from optimizer.formulation.declaration import variable_sets_of
from optimizer.formulation.families import FAMILIES, Program, assemble
from optimizer.formulation.family import Scope

SLACK = 1e-9
"""Below what any test tells apart."""


def rows_of(problem: Problem, family: str) -> str:
    """The rows of one family on one problem, a line each, as the program holds them; limits after them."""
    program = _sound(problem)
    text = StringIO()
    for index, row in getattr(program.pyomo, family).items():
        text.write(f"{family}[{','.join(index)}]: {row.expr}\n")
    for owner, limit in program.limits:
        if owner.name == family:
            text.write(f"{limit.variable.name} <= {limit.upper:g}  ({limit.says})\n")
    return text.getvalue()


def permits(problem: Problem, family: str, decisions: Mapping[str, float]) -> bool:
    """Whether every row and limit of a family holds at `decisions` {"x[a,train,money,p1]": 3}; the rest is zero."""
    program = _sound(problem)
    _set(program, decisions)
    rows = getattr(program.pyomo, family).values()
    holds = all(row.slack() >= -SLACK for row in rows)
    limits = [limit for owner, limit in program.limits if owner.name == family]
    return holds and all(pyo.value(limit.variable) <= limit.upper + SLACK for limit in limits)


def _sound(problem: Problem) -> Program:
    """The program; whatever a family declares has a scope that exists, and whatever it closes is named as it is."""
    program = assemble(problem)
    for future in program.scenarios:
        for own in variable_sets_of(future, program.scenarios, FAMILIES).values():
            assert own.scope in get_args(Scope), own.name
    for owner, limit in program.limits:
        assert limit.index == limit.variable.index(), (owner.name, limit.says)
    return program


def _set(program: Program, decisions: Mapping[str, float]) -> None:
    known = {variable.name: variable for variable in program.pyomo.component_data_objects(pyo.Var)}
    missing = set(decisions) - set(known)
    assert not missing, f"no such decision: {missing}; there are {sorted(known)}"
    for name, variable in known.items():
        variable.set_value(decisions.get(name, 0.0), skip_validation=True)
