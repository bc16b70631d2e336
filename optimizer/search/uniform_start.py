"""With recourse: a first plan whose efforts are the same in every scenario.

Its program, without recourse, is smaller by nearly the number of scenarios, and each of its plans is one with recourse
too. What depends on the scenario alone may still be better there.
"""

from collections.abc import Collection, Mapping
from dataclasses import replace
from time import perf_counter

import numpy as np

from models.config import Config
from models.errors import SolverFailure
from models.ids import ScenarioId
from models.outcome import FoundBy
from models.problem.problem import Problem
from optimizer.arrays.array_program import write_program
from optimizer.arrays.compiled import CompiledProgram, Floats, Name
from optimizer.arrays.priorities import priorities_of
from optimizer.arrays.solver_arrays import Arrays
from optimizer.data.effective_objectives import effective_objectives
from optimizer.search.branch_and_dive import LARGE, Limits, search
from optimizer.search.lexicographic import Known, Lexicographic
from optimizer.solver.engine import Engine

SHARE = 0.2
"""Of the time left, what looking for such a plan may take at most."""
ALIKE: FoundBy = "alike_in_every_future"


def opening(
    problem: Problem,
    compiled: CompiledProgram,
    config: Config,
    bests: Mapping[ScenarioId, float],
    lexicographic: Lexicographic,
) -> Known | None:
    """A plan found as if contributions were equal in every scenario, then re-optimised per scenario.

    None without need, without such a plan, or where the solver breaks over it: the solve goes on without.
    """
    now = perf_counter()
    left_s = max(lexicographic.started + config.solver.time_limit_s - now, 0.0)
    limits = Limits(
        until=now + SHARE * left_s,
        gap=config.solver.mip_gap,
        on_moment=None,
        should_stop=lexicographic.should_stop,
    )
    try:
        values = alike(problem, compiled, config, bests, limits)
        known = None if values is None else lexicographic.known(values)
    except SolverFailure:
        lexicographic.engine.start_afresh()
        lexicographic.engine.free_integers()
        return None
    return None if known is None else replace(known, found_by=ALIKE)


def alike(
    problem: Problem, compiled: CompiledProgram, config: Config, bests: Mapping[ScenarioId, float], limits: Limits
) -> Floats | None:
    """Values of the columns of `compiled`, the program of `problem` with recourse; None without need or without plan.

    They are to be held against that program before they are relied on: rows that recourse alone has are not in the
    smaller one. Raises `SolverFailure` if the solver breaks.
    """
    if not problem.criterion.recourse or len(problem.scenarios) < 2 or compiled.matrix.nnz < LARGE:  # noqa: PLR2004
        return None
    document = problem.document
    rigid = Problem.model_validate(document | {"criterion": document["criterion"] | {"recourse": False}})
    built = write_program(rigid, dict(bests)).compiled
    level = priorities_of(effective_objectives(rigid), built)[0]
    engine = Engine(Arrays.of(built, config.relax), config.solver)
    engine.minimise(level.vector / level.unit, level.constant / level.unit)
    found = search(engine, limits)
    return None if found.values is None else _lifted(found.values, built.columns, compiled.columns)


def _lifted(values: Floats, alike_columns: Collection[Name], columns: Collection[Name]) -> Floats:
    """A variable of one scenario has its own value, or else that of all."""
    of = dict(zip(alike_columns, values.tolist(), strict=True))
    return np.array([of.get((name, index), of.get((name.partition("@")[0], index), 0.0)) for name, index in columns])
