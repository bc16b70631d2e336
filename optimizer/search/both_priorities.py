"""Looks for a plan that closes the gaps of the first two priorities, by linear programs alone."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from models.errors import SolverFailure
from optimizer.arrays.array_types import Floats
from optimizer.arrays.gap import is_gap_closed
from optimizer.search.branch_and_dive import BranchAndDive, Limits
from optimizer.search.lexicographic import Lexicographic
from optimizer.search.loaded_program import LoadedProgram
from optimizer.search.weighing import Weighing
from optimizer.solver.highs import PRIMAL, ObjectiveBound


@dataclass(frozen=True, kw_only=True)
class BothPriorities:
    """The relaxation of a first solve, which ended at the best vertex of the first priority."""

    loaded: LoadedProgram
    lexicographic: Lexicographic
    limits: Limits

    def plan(self, known: Floats, relaxation: Floats) -> Floats | None:
        """A plan near the relaxation of both priorities together.

        `known` is a plan that closes the gap of the first, and `relaxation` the values at that vertex. None if the
        known plan closes both gaps, if there is no second priority, or if no plan is found.
        """
        priorities = self.lexicographic.priorities
        if len(priorities) == 1 or priorities[1].is_refinement:
            return None
        weighing = Weighing.at(priorities[0], priorities[1], relaxation)
        if weighing is None:
            return None
        try:
            return None if self._closes_second(known) else self._dived(weighing)
        except SolverFailure:
            self.loaded.relaxed.start_afresh()
            return None

    def _closes_second(self, values: Floats) -> bool:
        """Whether a plan, with the amounts that suit the second priority, closes its gap too."""
        lexicographic, relaxed, limits = self.lexicographic, self.loaded.relaxed, self.limits
        second, bounds = lexicographic.priorities[1], lexicographic.bounds_at(values)
        fixed = lexicographic.solve_fixed(second, values, bounds)
        self._start(bounds)
        relaxed.minimise(second.vector, second.constant)
        relaxation = relaxed.run(time_limit_s=limits.left_s, is_read=False, should_stop=limits.should_stop)
        bound = relaxed.safe_bound() if relaxation.termination == "optimal" else -np.inf
        return fixed.values is not None and is_gap_closed(second.value(fixed.values), bound, limits.gap)

    def _dived(self, weighing: Weighing) -> Floats | None:
        """The best plan of dives from the relaxation of the sum, with the amounts that suit both; None if none."""
        relaxed, limits = self.loaded.relaxed, replace(self.limits, on_solver_progress=None)
        self._start(())
        relaxed.minimise(weighing.vector, weighing.constant)
        relaxation = relaxed.run(time_limit_s=limits.left_s, should_stop=limits.should_stop)
        if relaxation.values is None or relaxation.objective is None:
            return None
        vertex = relaxed.basis
        relaxed.keep_basis()
        searching = BranchAndDive(
            program=relaxed,
            relaxed=relaxed,
            limits=replace(limits, gap=weighing.gap(relaxation.values, limits.gap)),
            bound=relaxation.objective,
            thresholds=self.lexicographic.thresholds,
        )
        searching.dive(relaxation.values)
        relaxed.free_integers()
        relaxed.basis = vertex
        return searching.plan

    def _start(self, bounds: Sequence[ObjectiveBound]) -> None:
        """Bring the relaxation back to the vertex of the first priority, with earlier objectives bounded."""
        relaxed = self.loaded.relaxed
        relaxed.bound_objectives(())
        if self.loaded.basis is not None:
            relaxed.start_at(self.loaded.basis)
        relaxed.bound_objectives(bounds)
        relaxed.use_simplex(PRIMAL)
