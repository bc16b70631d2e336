"""With recourse: a start in which contributions are equal in every scenario.

The program without recourse is smaller by nearly the number of scenarios, and each of its plans is also a plan with
recourse. Variables of a single scenario may still improve.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from time import perf_counter

import numpy as np

from models.config import Config
from models.errors import SolverFailure
from models.ids import ScenarioId
from models.outcome import FoundBy
from models.problem.problem import Problem
from optimizer.arrays.array_program import write_program
from optimizer.arrays.array_types import Floats, Name
from optimizer.arrays.compiled import THRESHOLDS, CompiledProgram, columns_of
from optimizer.arrays.priorities import priorities_of
from optimizer.arrays.solver_arrays import TightArrays
from optimizer.data.effective_objectives import effective_objectives
from optimizer.formulation.families import FAMILIES
from optimizer.formulation.family import Family
from optimizer.search.branch_and_dive import Limits, search
from optimizer.search.lexicographic import Lexicographic
from optimizer.search.results import Incumbent
from optimizer.solver.highs import HighsProgram

LARGE = 100_000
"""Non-zeros from which such a start pays."""
SHARE = 0.2
"""Greatest share of the time left for finding such a start."""
UNIFORM: FoundBy = "alike_in_every_future"


@dataclass(frozen=True, kw_only=True)
class UniformStart:
    """Finds a start for a problem with recourse, given as its compiled program."""

    problem: Problem
    compiled: CompiledProgram
    config: Config
    bests: Mapping[ScenarioId, float]
    families: Sequence[Family] = FAMILIES

    def incumbent(self, lexicographic: Lexicographic) -> Incumbent | None:
        """A plan whose integers suit equal contributions in every scenario; amounts are re-optimised per scenario.

        None if the problem has no recourse or is small, if no such plan is found, or if the solver breaks.
        """
        budget, now = lexicographic.budget, perf_counter()
        limits = Limits(
            until=now + SHARE * max(budget.end - now, 0.0),
            gap=self.config.solver.mip_gap,
            on_solver_progress=None,
            should_stop=budget.should_stop,
        )
        try:
            values = self.plan(limits)
            found = None if values is None else lexicographic.incumbent_of(values)
        except SolverFailure:
            return None
        return None if found is None else replace(found, found_by=UNIFORM)

    def plan(self, limits: Limits) -> Floats | None:
        """Values of the columns of the program with recourse; None if not applicable or without a plan.

        Only a candidate: the recourse program has extra rows, so check it there first. Raises `SolverFailure` if the
        solver breaks.
        """
        has_recourse = self.problem.criterion.recourse and len(self.problem.scenarios) > 1
        if not has_recourse or self.compiled.matrix.nnz < LARGE:
            return None
        document = self.problem.document
        without_recourse = Problem.model_validate(document | {"criterion": document["criterion"] | {"recourse": False}})
        smaller = write_program(without_recourse, dict(self.bests), families=self.families).compiled
        first = priorities_of(effective_objectives(without_recourse), smaller)[0]
        program = HighsProgram(TightArrays.of(smaller, self.config.relax), self.config.solver)
        program.minimise(first.vector, first.constant)
        found = search(program, limits, columns_of(smaller.columns, THRESHOLDS))
        return None if found.values is None else _lifted(found.values, smaller.columns, self.compiled.columns)


def _lifted(values: Floats, of_columns: Collection[Name], columns: Collection[Name]) -> Floats:
    """The values in the recourse program: a scenario's own variable gets its own value, or else the shared one."""
    value_of = dict(zip(of_columns, values.tolist(), strict=True))
    return np.array(
        [value_of.get((name, index), value_of.get((name.partition("@")[0], index), 0.0)) for name, index in columns]
    )
