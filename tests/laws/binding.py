"""Whether a family matters to a problem: without what it writes, the first objective comes to something else."""

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
"""Relative to 1 plus the value: what counts as another value."""
LONGEST_S = 10.0


def binds(problem: Problem, family: str) -> bool:
    """Whether rows, limits and terms of a family change what a problem comes to."""
    bests = references(problem, Config(solver=EXACT))
    silent = tuple(_silenced(one) if one.name == family else one for one in FAMILIES)
    found, without = _least(problem, bests, FAMILIES), _least(problem, bests, silent)
    if found.objective is None or without.objective is None:
        return found.termination != without.termination
    return abs(found.objective - without.objective) > APART * (1 + abs(found.objective))


def _least(problem: Problem, bests: Bests, families: Sequence[Family]) -> RunResult:
    """What the first level comes to."""
    compiled = write_program(problem, bests, families=families).compiled
    level = priorities_of(effective_objectives(problem), compiled)[0]
    engine = HighsProgram(Arrays.of(compiled, ()), EXACT)
    engine.minimise(level.vector, level.constant)
    return engine.run(time_limit_s=LONGEST_S)


def _silenced(family: Family) -> Family:
    """It declares what others read, and says nothing of it."""

    def no_rows(*_: object) -> Rows:
        return ()

    return replace(family, rows=no_rows, further_rows=no_rows, limits=lambda *_: (), terms=lambda *_: None)
