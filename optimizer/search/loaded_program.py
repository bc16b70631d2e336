"""A program that stays loaded between two changes: as an integer program and as linear programs that stay hot."""

from dataclasses import dataclass, field, replace
from functools import cached_property

import numpy as np

from models.config import SolverConfig
from optimizer.arrays.array_types import Floats, Mask, Name, Positions
from optimizer.arrays.basis import AnyBasis
from optimizer.arrays.compiled import THRESHOLDS, columns_of
from optimizer.arrays.program_diff import NamedProgram, NameMatch, ProgramDiff, program_diff
from optimizer.arrays.solver_arrays import TightArrays
from optimizer.search.bound_transfer import EarlierBound
from optimizer.search.fixed_integer_lp import FixedIntegerPrograms, SecondPriorityBasis
from optimizer.search.results import Answered
from optimizer.solver.highs import HighsProgram

MEGABYTES, BYTES_PER_NAME = 4.0, 2_700
"""Memory of a loaded program: in all, and for each row and column. Measured over sizes S to L of the benchmarks."""
BYTES_PER_NAME_LINEAR = 900
"""Memory of each of its linear programs, for each row and column. Measured on L."""


@dataclass(frozen=True, kw_only=True)
class Bases:
    """Where the linear programs of a problem ended."""

    relaxed: AnyBasis | None
    first: AnyBasis | None = None
    """The first priority with fixed integers."""
    second: SecondPriorityBasis | None = None


@dataclass(frozen=True, kw_only=True)
class StoredPlan:
    """A plan by the names of its columns, with what a later answer needs to restart from it."""

    plan: dict[Name, float]
    named: NamedProgram
    bases: Bases
    earlier_bound: EarlierBound | None
    answered: Answered | None = None

    def in_program(self, named: NamedProgram) -> Floats:
        """The value of each column of a program; 0 for columns that the plan's own program does not have."""
        columns = named.compiled.columns
        return np.fromiter((self.plan.get(column, 0.0) for column in columns), np.float64, len(columns))


@dataclass(kw_only=True)
class LoadedProgram:
    """One program and its best plan."""

    named: NamedProgram
    solver: SolverConfig
    integer: HighsProgram = field(init=False)
    """The integer program."""
    relaxed: HighsProgram = field(init=False)
    """Its relaxation."""
    fixed: FixedIntegerPrograms = field(init=False)
    """Its linear programs with fixed integers."""
    basis: AnyBasis | None = None
    """Where the last relaxation ended."""
    relaxation: float | None = None
    """Optimum of the last relaxation, in the unit of the first priority; None if it has none."""
    plan: Floats | None = None
    """The best plan of the last answer."""
    earlier_bound: EarlierBound | None = None
    """The bound of the last answer, or of the stored plan that was restored."""
    answered: Answered | None = None
    """The last answer with a plan, or that of the stored plan that was restored."""

    def __post_init__(self) -> None:
        arrays = self.arrays
        self.integer = HighsProgram(arrays, self.solver)
        self.relaxed = HighsProgram(arrays, self.solver, is_linear=True)
        self.fixed = FixedIntegerPrograms(arrays, self.solver)

    @cached_property
    def thresholds(self) -> Mask:
        """The columns that say whether a threshold is met."""
        return columns_of(self.named.compiled.columns, THRESHOLDS)

    @property
    def arrays(self) -> TightArrays:
        """What the solver receives."""
        return self.named.arrays.tight

    def change_to(self, new: NamedProgram) -> ProgramDiff | None:
        """What must change in the solver to make this program `new`; None if it must be loaded anew."""
        change = program_diff(self.named.tight, new.tight)
        return change if change.can_be_pushed and self._is_well_scaled(change) else None

    def _is_well_scaled(self, change: ProgramDiff) -> bool:
        """Whether the program keeps its scaling after a change."""
        scaling, entries, rows = self.integer.scaling, change.entries, change.rows
        is_far_off = scaling.is_far_off(entries.row, entries.column, entries.value).any()
        return not (is_far_off or scaling.has_small_sides(rows.number, (rows.lower, rows.upper)))

    def push(self, change: ProgramDiff, new: NamedProgram) -> None:
        """Change the program into `new`, which has the same rows and columns; equal names are stored once."""
        self.integer.bound_objectives(())
        old = self.named
        for program in (self.integer, self.relaxed, self.fixed):
            program.push(change, new.arrays.tight)
        compiled = replace(new.compiled, rows=old.compiled.rows, columns=old.compiled.columns)
        self.named = NamedProgram(compiled=compiled, arrays=new.arrays)

    def reset(self) -> None:
        """Undo the temporary changes of an answer that was abandoned."""
        if self.integer.is_loaded:
            self.integer.bound_objectives(())
            self.integer.free_integers()

    @property
    def bases(self) -> Bases:
        """Where its linear programs ended."""
        return Bases(relaxed=self.basis, first=self.fixed.first_basis, second=self.fixed.second_basis)

    def stored_plan(self) -> StoredPlan | None:
        """The most recent plan, for a later answer to restart from."""
        if self.plan is None:
            return None
        columns, plan = self.named.compiled.columns, self.plan
        values = {columns[number]: float(plan[number]) for number in np.flatnonzero(plan).tolist()}
        return StoredPlan(
            plan=values, named=self.named, bases=self.bases, earlier_bound=self.earlier_bound, answered=self.answered
        )

    def restore(self, stored: StoredPlan) -> None:
        """Make the next answer start from a stored plan, and from its bases if rows and columns are the same."""
        columns = self.named.compiled.columns
        self.plan = stored.in_program(self.named)
        self.earlier_bound, self.answered = stored.earlier_bound, stored.answered
        before, now = stored.named.tight.compiled, self.named.tight.compiled
        if before.columns == columns and before.rows == now.rows:
            bases = stored.bases
            self.basis, self.fixed.first_basis, self.fixed.second_basis = bases.relaxed, bases.first, bases.second

    def carry_over(self, old: NamedProgram, plan: Floats | None, bases: Bases) -> None:
        """Make the next answer start from the plan and bases of another program, matched by name."""
        columns = NameMatch(old.compiled.columns, self.named.compiled.columns).old_of_new
        rows = NameMatch(old.tight.compiled.rows, self.named.tight.compiled.rows).old_of_new
        self.plan = None if plan is None else _carried(plan, columns)
        self.basis, self.fixed.first_basis = (
            None if basis is None else basis.marks.carried(columns, rows) for basis in (bases.relaxed, bases.first)
        )

    @property
    def megabytes(self) -> float:
        """Estimated memory."""
        linear = sum(one.is_loaded for one in (self.relaxed, self.fixed.first, self.fixed.later))
        per_name = BYTES_PER_NAME + BYTES_PER_NAME_LINEAR * linear
        return MEGABYTES + per_name * sum(self.named.arrays.matrix.shape) / 2**20


def _carried(plan: Floats, columns: Positions) -> Floats:
    """The plan in another program, given the old position of each new column; new columns are zero."""
    return np.append(plan, 0.0)[np.where(columns < 0, len(plan), columns)]
