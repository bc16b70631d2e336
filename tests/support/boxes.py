"""The box of a linear program: how great a variable can become under chosen rows, none of which knows a big-M of it."""

from collections.abc import Mapping

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp

from models.problem.problem import Problem
from optimizer.arrays.array_program import write_program

INFEASIBLE = 2
"""What SciPy calls a program without a point."""


def greatest(
    problem: Problem,
    variable: str,
    *rows: str,
    at_most: Mapping[str, float] | None = None,
    at_least: Mapping[str, float] | None = None,
) -> float:
    """The greatest value of `variable` ("e[train,alliance,p1]"), integers relaxed; 0 where there is no point at all.

    `rows` are families ("needs") or one kind of row of a family ("s_curve/full"). Binaries stay in [0, 1]; any other
    upper bound holds only if `at_most` names it, so that no bound proves itself.
    """
    compiled = write_program(problem).compiled
    names = [f"{name}[{','.join(index)}]" for name, index in compiled.columns]
    place = {name: number for number, name in enumerate(names)}
    goal = np.zeros(len(names))
    goal[place[variable]] = -1.0
    lower, upper = compiled.column_lower.copy(), np.where(compiled.integer, compiled.column_upper, np.inf)
    for name, value in (at_most or {}).items():
        upper[place[name]] = value
    for name, value in (at_least or {}).items():
        lower[place[name]] = value
    chosen = np.array([name in rows or f"{name}/{index[0]}" in rows for name, index in compiled.rows])
    low, high = compiled.row_lower[chosen], compiled.row_upper[chosen]
    answer = milp(
        goal,
        constraints=LinearConstraint(compiled.matrix.tocsr()[chosen], low, high),
        bounds=Bounds(lower, upper),
    )
    if answer.status == INFEASIBLE:
        return 0.0
    assert answer.status == 0, answer.message
    return -float(answer.fun)
