"""What tiny problems come to: the proven value of an objective, from a plan that the second opinion accepts."""

import pytest

from models.config import Config, SolverConfig
from models.config import Group as RelaxedGroup
from models.outcome import Outcome, Solved
from models.problem.problem import Problem
from optimizer import solve
from tests.support.second_solver import second_opinion

EXACT = SolverConfig(mip_gap=1e-6)
"""Tiny problems are solved to the end, as far as the solver's tolerances tell values apart."""


AGREEMENT = 1e-5
"""CBC prints six to eight digits, and its tolerances are its own."""


def solved(problem: Problem, *relax: RelaxedGroup) -> Solved:
    """The outcome of a problem that has a plan, with `relax` relaxed."""
    outcome: Outcome = solve(problem, Config(solver=EXACT, relax=relax))
    assert isinstance(outcome, Solved), outcome
    assert outcome.check.passed, outcome.check.violations
    return outcome


def optimum(problem: Problem, *relax: RelaxedGroup) -> float:
    """The value of the first objective, which a second solver confirms."""
    value = solved(problem, *relax).objectives[0].value
    assert second_opinion(problem, relax) == pytest.approx(value, abs=AGREEMENT, rel=AGREEMENT)
    return value


def is_infeasible(problem: Problem, *relax: RelaxedGroup) -> bool:
    """Whether it is proven that there is no plan."""
    return solve(problem, Config(solver=EXACT, relax=relax)).status == "infeasible"
