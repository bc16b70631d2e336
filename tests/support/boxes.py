"""The greatest value of a variable under chosen rows of a linear program, to test the derivation of big-M values."""

from collections.abc import Mapping

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp

from models.problem.problem import Problem
from optimizer.arrays.array_program import write_program
from tests.support.matrices import to_scipy

INFEASIBLE = 2
"""SciPy's status of an infeasible program."""


def greatest(
    problem: Problem,
    variable: str,
    *rows: str,
    at_most: Mapping[str, float] | None = None,
    at_least: Mapping[str, float] | None = None,
) -> float:
    """Return the greatest value of `variable` ("e[train,alliance,p1]") with integers relaxed; 0 if infeasible.

    `rows` are families ("needs") or a kind of row of a family ("s_curve/full"). Binaries stay in [0, 1]. Any other
    upper bound applies only if `at_most` names it, so that no bound proves itself.
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
        constraints=LinearConstraint(to_scipy(compiled.matrix).tocsr()[chosen], low, high),
        bounds=Bounds(lower, upper),
    )
    if answer.status == INFEASIBLE:
        return 0.0
    assert answer.status == 0, answer.message
    return -float(answer.fun)
