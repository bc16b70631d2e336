"""Whether a family binds in a problem: without its rows, limits and terms, the first objective has another value."""

from collections.abc import Sequence
from dataclasses import replace

from models.config import Config, SolverConfig
from models.problem.problem import Problem
from optimizer.arrays.array_program import write_program
from optimizer.arrays.priorities import priorities_of
from optimizer.arrays.solver_arrays import Arrays
from optimizer.data.effective_objectives import effective_objectives
from optimizer.data.scenarios import Bests
from optimizer.formulation.families import FAMILIES
from optimizer.formulation.family import Family, Rows
from optimizer.solver.highs import HighsProgram
from optimizer.solver.statuses import RunResult
from optimizer.solving.warm import references

EXACT = SolverConfig(mip_gap=1e-6)
APART = 1e-5
"""Least difference that counts as another value, relative to 1 plus the value."""
LONGEST_S = 10.0


def binds(problem: Problem, family: str) -> bool:
    """Return whether rows, limits and terms of a family change the optimal value or the status."""
    bests = references(problem, Config(solver=EXACT))
    reduced = tuple(_without_content(one) if one.name == family else one for one in FAMILIES)
    found, without = _optimise(problem, bests, FAMILIES), _optimise(problem, bests, reduced)
    if found.objective is None or without.objective is None:
        return found.termination != without.termination
    return abs(found.objective - without.objective) > APART * (1 + abs(found.objective))


def _optimise(problem: Problem, bests: Bests, families: Sequence[Family]) -> RunResult:
    """Return the answer of the solver for the first objective."""
    compiled = write_program(problem, bests, families=families).compiled
    priority = priorities_of(effective_objectives(problem), compiled)[0]
    program = HighsProgram(Arrays.of(compiled, ()), EXACT)
    program.minimise(priority.vector, priority.constant)
    return program.run(time_limit_s=LONGEST_S)


def _without_content(family: Family) -> Family:
    """Return the family with its variables but without rows, limits and terms."""

    def no_rows(*_: object) -> Rows:
        return ()

    return replace(family, rows=no_rows, further_rows=no_rows, limits=lambda *_: (), terms=lambda *_: None)
