"""Linear programs with fixed integers: they recompute the amounts of a plan, priority by priority.

One program is for the first priority, one for the later ones, in which rows bound the earlier objectives. Both stay
hot: with two priorities only numbers change in either from one answer to the next.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from models.config import SolverConfig
from models.errors import SolverFailure
from optimizer.arrays.array_types import Floats
from optimizer.arrays.basis import AnyBasis
from optimizer.arrays.priorities import Priority
from optimizer.arrays.program_diff import ProgramDiff
from optimizer.arrays.solver_arrays import Arrays
from optimizer.solver.highs import DUAL, PRIMAL, HighsProgram, ObjectiveBound
from optimizer.solver.statuses import RunResult
from optimizer.tolerances import SAME_OBJECTIVE


@dataclass(frozen=True)
class SecondPriorityBasis:
    """Where the second priority ended, for which integers and which bound of the first objective."""

    basis: AnyBasis
    integers: Floats
    bound: ObjectiveBound

    def is_near(self, integers: Floats, bound: ObjectiveBound) -> bool:
        """Whether integers and bound are about the same, so that the basis is the best start."""
        is_same = np.array_equal(integers, self.integers) and np.array_equal(bound[0], self.bound[0])
        return is_same and abs(bound[1] - self.bound[1]) <= SAME_OBJECTIVE * abs(bound[1])


class FixedIntegerPrograms:
    """The linear programs of one problem with fixed integers."""

    def __init__(self, arrays: Arrays, config: SolverConfig) -> None:
        """Take the arrays; nothing is loaded before the first run."""
        self.first = HighsProgram(arrays, config, is_linear=True)
        self.later = HighsProgram(arrays, config, is_linear=True)
        self.first_basis: AnyBasis | None = None
        """Where the first priority ended last, or a basis near it."""
        self.second_basis: SecondPriorityBasis | None = None
        """Where the second priority ended last."""

    def push(self, difference: ProgramDiff, arrays: Arrays) -> None:
        """Change both programs into `arrays`."""
        for program in (self.first, self.later):
            program.push(difference, arrays)

    def solve(
        self,
        priority: Priority,
        values: Floats,
        bounds: Sequence[ObjectiveBound],
        *,
        time_limit_s: float,
        should_stop: Callable[[], bool],
    ) -> RunResult:
        """Optimise a priority with integers fixed at `values` and earlier objectives bounded by `bounds`."""
        program = self._later_program(priority, values, bounds) if bounds else self._first_program(priority, values)
        try:
            answer = program.run(time_limit_s=time_limit_s, should_stop=should_stop)
        except SolverFailure:
            program.start_afresh()
            answer = program.run(time_limit_s=time_limit_s, should_stop=should_stop)
        if answer.termination == "optimal":
            self._keep_basis(program, values, bounds)
        return answer

    def _first_program(self, priority: Priority, values: Floats) -> HighsProgram:
        """The program of the first priority, at the basis where it ended last."""
        program = self.first
        program.fix_integers(values)
        program.minimise(priority.vector, priority.constant)
        if self.first_basis is not None:
            program.start_at(self.first_basis)
        return program

    def _later_program(self, priority: Priority, values: Floats, bounds: Sequence[ObjectiveBound]) -> HighsProgram:
        """The program of a later priority, at the basis of the priority before, which is feasible, or at its own."""
        program, second = self.later, self.second_basis
        program.fix_integers(values)
        is_other = program.minimise(priority.vector, priority.constant)
        if len(bounds) == 1 and second is not None and not is_other and second.is_near(self._whole(values), bounds[0]):
            program.bound_objectives(bounds)
            program.start_at(second.basis)
            program.use_simplex(DUAL)
            return program
        if len(bounds) == 1 and self.first_basis is not None:
            program.bound_objectives(())  # HiGHS puts rows that are added later into the basis itself
            program.start_at(self.first_basis)
        program.bound_objectives(bounds)
        program.use_simplex(PRIMAL)
        return program

    def _whole(self, values: Floats) -> Floats:
        return np.round(values[self.first.integer_columns])

    def _keep_basis(self, program: HighsProgram, values: Floats, bounds: Sequence[ObjectiveBound]) -> None:
        if len(bounds) > 1:
            return
        program.keep_basis()
        if not bounds:
            self.first_basis = program.basis
        elif program.basis is not None:
            self.second_basis = SecondPriorityBasis(program.basis, self._whole(values), bounds[0])
