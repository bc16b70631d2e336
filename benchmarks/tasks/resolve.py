"""Re-solving in a warm worker, against raw highspy that makes the same changes of the same arrays.

The relaxation of a problem is loaded and solved; then the means of one member after the other are cut to three
quarters. Every change is written and compared beforehand: what is measured is pushing it and solving again.
"""

from itertools import pairwise

import highspy
import numpy as np

from benchmarks.clock import Clock
from benchmarks.problems import Question
from models.address import apply_changes
from models.change import Change
from models.config import SolverConfig
from optimizer.aims import aims
from optimizer.arrays import Arrays
from optimizer.difference import Difference, Named, difference
from optimizer.direct import formulated_directly
from optimizer.engine import Engine
from optimizer.levels import Level, levels_of
from optimizer.precheck import planned

CHANGES = 20
CUT = 0.75


def measure(question: Question) -> dict[str, float]:
    """The same changes both ways; their bounds must agree."""
    clock, config = Clock(), question.config
    problem = planned(question.problem, config)
    base, level = _named(problem)
    changed = [base]
    members = [member.id for member in problem.members]
    for number in range(CHANGES):
        address = f"members/{members[number % len(members)]}/resources"
        change = Change(address=address, times=CUT if number < len(members) else 1 / CUT)
        problem = apply_changes(problem, [change])
        changed.append(_named(problem)[0])
    steps = [(difference(old, new), new.arrays) for old, new in pairwise(changed)]
    steps = [(change, arrays) for change, arrays in steps if change.can_be_pushed]
    ours = _engine(base, level, steps, clock, config.solver)
    theirs = _raw(base, level, steps, clock)
    furthest = max(abs(one - other) / max(abs(other), 1e-9) for one, other in zip(ours, theirs, strict=True))
    return clock.figures | {"changes": len(steps), "furthest_apart": furthest}


def _named(problem) -> tuple[Named, Level]:  # noqa: ANN001
    compiled = formulated_directly(problem).compiled
    named = Named(compiled=compiled, arrays=Arrays.of(compiled, ()))
    return named, levels_of(aims(problem), compiled)[0]


def _engine(
    base: Named, level: Level, steps: list[tuple[Difference, Arrays]], clock: Clock, solver: SolverConfig
) -> list[float]:
    """As a warm worker does it."""
    engine = Engine(base.arrays, solver)
    vector, constant = level.vector / level.unit, level.constant / level.unit
    engine.relax_integers()
    engine.minimise(vector, constant)
    engine.run(time_limit_s=1e6)
    engine.keep_vertex()
    bounds = []
    engine.free_integers()
    for change, arrays in steps:
        with clock.part("ours"):
            engine.push(change, arrays)
            engine.relax_integers()
            engine.minimise(vector, constant)
            if engine.vertex is not None:
                engine.start_at(engine.vertex)
            bounds.append(engine.run(time_limit_s=1e6).bound)
            engine.keep_vertex()
            engine.free_integers()
    return bounds


def _raw(base: Named, level: Level, steps: list[tuple[Difference, Arrays]], clock: Clock) -> list[float]:
    """As somebody would who knows highspy well and cares for nothing else."""
    arrays, highs = base.arrays, highspy.Highs()
    rows, columns = arrays.matrix.shape
    highs.setOptionValue("output_flag", False)  # noqa: FBT003
    highs.setOptionValue("threads", 1)
    matrix = arrays.matrix
    highs.passModel(
        columns, rows, matrix.nnz, int(highspy.MatrixFormat.kColwise), int(highspy.ObjSense.kMinimize),
        level.constant / level.unit, level.vector / level.unit, arrays.column_lower, arrays.column_upper,
        arrays.row_lower, arrays.row_upper, matrix.indptr.astype(np.int32), matrix.indices.astype(np.int32),
        matrix.data, np.zeros(columns, dtype=np.int32),
    )  # fmt: skip
    highs.run()
    bounds = []
    for change, _ in steps:
        moved, sides = change.columns, change.rows
        with clock.part("raw"):
            highs.changeColsBounds(len(moved.number), moved.number, moved.lower, moved.upper)
            highs.changeRowsBounds(len(sides.number), sides.number, sides.lower, sides.upper)
            for row, column, value in change.entries:
                highs.changeCoeff(row, column, value)
            highs.run()
            bounds.append(float(highs.getInfo().objective_function_value))
    return bounds
