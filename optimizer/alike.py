"""With recourse: a first plan whose efforts are the same in every future.

Its program, without recourse, is smaller by nearly the number of futures, and each of its plans is one with recourse
too. What depends on the future alone may still be better there.
"""

from collections.abc import Collection, Mapping

import numpy as np

from models.config import Config
from models.ids import ScenarioId
from models.problem.problem import Problem
from optimizer.aims import aims
from optimizer.arrays import Arrays
from optimizer.compile import Compiled, Floats, Name
from optimizer.direct import formulated_directly
from optimizer.engine import Engine
from optimizer.levels import levels_of
from optimizer.search import LARGE, Limits, search


def alike(
    problem: Problem, compiled: Compiled, config: Config, bests: Mapping[ScenarioId, float], limits: Limits
) -> Floats | None:
    """Values of the columns of `compiled`, the program of `problem` with recourse; None without need or without plan.

    They are to be held against that program before they are relied on: rows that recourse alone has are not in the
    smaller one.
    """
    if not problem.criterion.recourse or len(problem.scenarios) < 2 or compiled.matrix.nnz < LARGE:  # noqa: PLR2004
        return None
    document = problem.document
    rigid = Problem.model_validate(document | {"criterion": document["criterion"] | {"recourse": False}})
    built = formulated_directly(rigid, dict(bests)).compiled
    engine = Engine(Arrays.of(built, config.relax), config.solver)
    level = levels_of(aims(rigid), built)[0]
    engine.minimise(level.vector / level.unit, level.constant / level.unit)
    found = search(engine, limits)
    return None if found.values is None else _lifted(found.values, built.columns, compiled.columns)


def _lifted(values: Floats, alike_columns: Collection[Name], columns: Collection[Name]) -> Floats:
    """A variable of one future has its own value, or else that of all."""
    of = dict(zip(alike_columns, values.tolist(), strict=True))
    return np.array([of.get((name, index), of.get((name.partition("@")[0], index), 0.0)) for name, index in columns])
