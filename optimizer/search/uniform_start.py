"""With recourse: a start in which contributions are equal in every scenario.

The program without recourse is smaller by nearly the number of scenarios, and each of its plans is also a plan with
recourse. Variables of a single scenario may still improve.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from time import perf_counter

import numpy as np

from models.config import Config
from models.errors import SolverFailure
from models.ids import ScenarioId
from models.outcome import FoundBy
from models.problem.problem import Problem
from optimizer.arrays.array_program import write_program
from optimizer.arrays.array_types import Floats, Name
from optimizer.arrays.compiled import CompiledProgram
from optimizer.arrays.priorities import priorities_of
from optimizer.arrays.solver_arrays import Arrays
from optimizer.data.effective_objectives import effective_objectives
from optimizer.formulation.families import FAMILIES
from optimizer.formulation.family import Family
from optimizer.search.branch_and_dive import LARGE, Limits, search
from optimizer.search.lexicographic import Lexicographic
from optimizer.search.results import Incumbent
from optimizer.solver.highs import HighsProgram

SHARE = 0.2
"""Greatest share of the time left for finding such a start."""
UNIFORM: FoundBy = "alike_in_every_future"


def uniform_incumbent(
    problem: Problem,
    compiled: CompiledProgram,
    config: Config,
    bests: Mapping[ScenarioId, float],
    lexicographic: Lexicographic,
    families: Sequence[Family] = FAMILIES,
) -> Incumbent | None:
    """A plan whose integers suit equal contributions in every scenario; its amounts are re-optimised per scenario.

    None if the problem has no recourse or is small, if no such plan is found, or if the solver breaks.
    """
    now = perf_counter()
    left_s = max(lexicographic.budget.end - now, 0.0)
    should_stop = lexicographic.budget.should_stop
    limits = Limits(
        until=now + SHARE * left_s, gap=config.solver.mip_gap, on_solver_progress=None, should_stop=should_stop
    )
    try:
        values = uniform_plan(problem, compiled, config, bests, limits, families)
        incumbent = None if values is None else lexicographic.incumbent_of(values)
    except SolverFailure:
        return None
    return None if incumbent is None else replace(incumbent, found_by=UNIFORM)


def uniform_plan(
    problem: Problem,
    compiled: CompiledProgram,
    config: Config,
    bests: Mapping[ScenarioId, float],
    limits: Limits,
    families: Sequence[Family] = FAMILIES,
) -> Floats | None:
    """Values of the columns of `compiled`, the program with recourse; None if not applicable or without a plan.

    Only a candidate: the recourse program has extra rows, so check it there first. Raises `SolverFailure` if the
    solver breaks.
    """
    if not problem.criterion.recourse or len(problem.scenarios) < 2 or compiled.matrix.nnz < LARGE:  # noqa: PLR2004
        return None
    document = problem.document
    without_recourse = Problem.model_validate(document | {"criterion": document["criterion"] | {"recourse": False}})
    smaller = write_program(without_recourse, dict(bests), families=families).compiled
    first = priorities_of(effective_objectives(without_recourse), smaller)[0]
    program = HighsProgram(Arrays.of(smaller, config.relax), config.solver)
    program.minimise(first.vector / first.unit, first.constant / first.unit)
    found = search(program, limits)
    return None if found.values is None else _lifted(found.values, smaller.columns, compiled.columns)


def _lifted(values: Floats, of_columns: Collection[Name], columns: Collection[Name]) -> Floats:
    """The values in the recourse program: a scenario's own variable gets its own value, or else the shared one."""
    value_of = dict(zip(of_columns, values.tolist(), strict=True))
    return np.array(
        [value_of.get((name, index), value_of.get((name.partition("@")[0], index), 0.0)) for name, index in columns]
    )
