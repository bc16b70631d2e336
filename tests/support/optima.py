"""Optima of tiny problems: the proven value of an objective, from a plan that passes the independent check."""

import pytest

from models.config import Config, SolverConfig
from models.config import Group as RelaxedGroup
from models.outcome import Outcome, Solved
from models.problem.problem import Problem
from optimizer import solve
from tests.support.second_solver import second_opinion

EXACT = SolverConfig(mip_gap=1e-6)
"""Solver settings for tiny problems: solve to optimality within the solver's tolerances."""
AGREEMENT = 1e-5
"""Tolerance of a comparison with CBC, which prints six to eight digits and has different tolerances."""


def solved(problem: Problem, *relax: RelaxedGroup) -> Solved:
    """Return the outcome of a feasible problem with the groups of `relax` relaxed; asserts that the plan passes."""
    outcome: Outcome = solve(problem, Config(solver=EXACT, relax=relax))
    assert isinstance(outcome, Solved), outcome
    assert outcome.check.passed, outcome.check.violations
    return outcome


def optimum(problem: Problem, *relax: RelaxedGroup) -> float:
    """Return the value of the first objective; asserts that a second solver confirms it."""
    value = solved(problem, *relax).objectives[0].value
    assert second_opinion(problem, relax) == pytest.approx(value, abs=AGREEMENT, rel=AGREEMENT)
    return value


def is_infeasible(problem: Problem, *relax: RelaxedGroup) -> bool:
    """Return whether the problem is proven infeasible."""
    return solve(problem, Config(solver=EXACT, relax=relax)).status == "infeasible"
