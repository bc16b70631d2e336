"""Re-solving in a warm worker, compared with raw highspy that makes the same changes to the same arrays.

Loads and solves the relaxation of a problem. Then cuts the resources of one member after the other to three quarters.
All changes are written and compared beforehand, so only pushing them and solving again is measured.
"""

from itertools import pairwise

import highspy
import numpy as np

from benchmarks.clock import Clock
from benchmarks.problems import Question
from models.address import apply_changes
from models.change import Change
from models.config import SolverConfig
from optimizer.arrays.array_program import write_program
from optimizer.arrays.priorities import Priority, priorities_of
from optimizer.arrays.program_diff import NamedProgram, ProgramDiff, program_diff
from optimizer.arrays.solver_arrays import Arrays
from optimizer.data.effective_objectives import effective_objectives
from optimizer.diagnostics.precheck import effective_problem
from optimizer.search.branch_and_dive import Limits, solve_relaxation
from optimizer.solver.highs import HighsProgram

CHANGES = 20
CUT = 0.75


def measure(question: Question) -> dict[str, float]:
    """Seconds of the same changes both ways, and the largest relative difference of their bounds."""
    clock, config = Clock(), question.config
    problem = effective_problem(question.problem, config)
    base, level = _named(problem)
    changed = [base]
    members = [member.id for member in problem.members]
    for number in range(CHANGES):
        address = f"members/{members[number % len(members)]}/resources"
        change = Change(address=address, times=CUT if number < len(members) else 1 / CUT)
        problem = apply_changes(problem, [change])
        changed.append(_named(problem)[0])
    steps = [(program_diff(old, new), new.arrays) for old, new in pairwise(changed)]
    steps = [(change, arrays) for change, arrays in steps if change.can_be_pushed]
    ours, theirs = _Ours(base, level, config.solver), _Raw(base, level)
    bounds = []
    for change, arrays in steps:
        with clock.part("ours"):
            own_bound = ours.bound(change, arrays)
        with clock.part("raw"):
            bounds.append((own_bound, theirs.bound(change)))
    furthest = max(abs(own - other) / max(abs(other), 1e-9) for own, other in bounds)
    return clock.figures | {"changes": len(steps), "furthest_apart": furthest}


def _named(problem) -> tuple[NamedProgram, Priority]:  # noqa: ANN001
    compiled = write_program(problem).compiled
    named = NamedProgram(compiled=compiled, arrays=Arrays.of(compiled, ()))
    return named, priorities_of(effective_objectives(problem), compiled)[0]


class _Ours:
    """Re-solves as a warm worker does."""

    def __init__(self, base: NamedProgram, level: Priority, solver: SolverConfig) -> None:
        self._engine = HighsProgram(base.arrays, solver, is_linear=True)
        self._aim = level.vector / level.unit, level.constant / level.unit
        self._limits = Limits(until=np.inf, gap=solver.mip_gap, on_solver_progress=None, should_stop=None)
        self._engine.minimise(*self._aim)
        solve_relaxation(self._engine, self._limits)

    def bound(self, change: ProgramDiff, arrays: Arrays) -> float:
        self._engine.push(change, arrays)
        self._engine.minimise(*self._aim)
        return solve_relaxation(self._engine, self._limits, is_read=False).bound


class _Raw:
    """Re-solves with raw highspy, as an expert would write it."""

    def __init__(self, base: NamedProgram, level: Priority) -> None:
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
        self._highs = highs

    def bound(self, change: ProgramDiff) -> float:
        highs, moved, sides = self._highs, change.columns, change.rows
        highs.changeColsBounds(len(moved.number), moved.number, moved.lower, moved.upper)
        highs.changeRowsBounds(len(sides.number), sides.number, sides.lower, sides.upper)
        for row, column, value in change.entries:
            highs.changeCoeff(row, column, value)
        highs.run()
        return float(highs.getInfo().objective_function_value)
