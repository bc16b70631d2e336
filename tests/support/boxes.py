"""The box of a linear program: how great a variable can become under the rows of a few families, integers relaxed."""

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp

from models.problem.problem import Problem
from optimizer.assemble import assemble
from optimizer.compile import compile_program

MEANS = ("availability", "needs", "level", "one_framework")
"""C1 to C4: what there is, and what a level takes."""


def greatest(problem: Problem, variable: str, *families: str) -> float:
    """The greatest value of `variable` ("e[train,alliance,p1]") under the rows of `families`."""
    compiled = compile_program(assemble(problem))
    names = [f"{name}[{','.join(index)}]" for name, index in compiled.columns]
    goal = np.array([-1.0 if name == variable else 0.0 for name in names])
    assert goal.any(), f"no such decision: {variable}; there are {sorted(names)}"
    chosen = np.array([name in families for name, _ in compiled.rows])
    rows = LinearConstraint(compiled.matrix.tocsr()[chosen], compiled.row_lower[chosen], compiled.row_upper[chosen])
    answer = milp(goal, constraints=rows, bounds=Bounds(compiled.column_lower, compiled.column_upper))
    assert answer.status == 0, answer.message
    return -float(answer.fun)
