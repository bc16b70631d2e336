"""What stays between two changes: the program, whole and as linear programs that stay hot, and the plan found last."""

from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from models.config import SolverConfig
from optimizer.arrays.compiled import Floats, Name
from optimizer.arrays.program_diff import Difference, Match, Named
from optimizer.search.bound_transfer import Proof
from optimizer.search.fixed_integer_lp import Ended, Held, Vertex
from optimizer.solver.engine import Engine

MEGABYTES, BYTES_OF_A_NAME = 4.0, 2_700
"""What a loaded program takes: in all, and for each row and column. Measured over sizes S to L of the benchmarks."""
BYTES_OF_A_LINEAR_ONE = 900
"""And each of the linear programs beside it. Measured on L."""


@dataclass(frozen=True, kw_only=True)
class Ends:
    """Where the linear programs of a problem ended."""

    relaxed: Vertex | None
    first: Vertex | None = None
    """The first level with the integers of a plan held."""
    later: Ended | None = None


@dataclass(frozen=True, kw_only=True)
class Kept:
    """A plan, by the names of its columns, and what helps to go on from it."""

    plan: dict[Name, float]
    named: Named
    ends: Ends
    proof: Proof | None


@dataclass(kw_only=True)
class Loaded:
    """One program and its plan."""

    named: Named
    solver: SolverConfig
    engine: Engine = field(init=False)
    """The whole program."""
    relaxed: Engine = field(init=False)
    """Its relaxation."""
    held: Held = field(init=False)
    """Its plans with their choices held."""
    basis: Vertex | None = None
    """Where the last relaxation ended."""
    relaxation: float | None = None
    """What it came to, in the first level's own measure; None where it has no optimum."""
    plan: Floats | None = None
    """The best plan found last."""
    proof: Proof | None = None
    """What was proven last, or of the plan that was gone back to."""

    def __post_init__(self) -> None:
        arrays = self.named.arrays
        self.engine = Engine(arrays, self.solver)
        self.relaxed = Engine(arrays, self.solver, is_linear=True)
        self.held = Held(arrays, self.solver)

    def push(self, change: Difference, new: Named) -> None:
        """Make it `new`, which has the same rows and columns; what is the same is kept once."""
        self.engine.let_go()
        for one in (self.engine, self.relaxed, self.held):
            one.push(change, new.arrays)
        old = self.named
        compiled = replace(new.compiled, rows=old.compiled.rows, columns=old.compiled.columns)
        arrays = new.arrays if len(change.entries.value) else replace(new.arrays, matrix=old.arrays.matrix)
        self.named = Named(compiled=compiled, arrays=arrays)

    def put_in_order(self) -> None:
        """Leave the program as an answer leaves it, wherever that was abandoned."""
        if self.engine.is_loaded:
            self.engine.let_go()
            self.engine.free_integers()

    @property
    def ends(self) -> Ends:
        """Where its linear programs ended."""
        return Ends(relaxed=self.basis, first=self.held.first_ended, later=self.held.later_ended)

    def kept(self) -> Kept | None:
        """The plan found last, to go back to."""
        if self.plan is None:
            return None
        columns, plan = self.named.compiled.columns, self.plan
        found = {columns[number]: float(plan[number]) for number in np.flatnonzero(plan).tolist()}
        return Kept(plan=found, named=self.named, ends=self.ends, proof=self.proof)

    def go_back_to(self, kept: Kept) -> None:
        """Start the next answer from a plan that was kept; and where it ended, if the program is of the same make."""
        columns = self.named.compiled.columns
        self.plan = np.fromiter((kept.plan.get(column, 0.0) for column in columns), np.float64, len(columns))
        self.proof = kept.proof
        if kept.named.compiled.columns == columns and kept.named.compiled.rows == self.named.compiled.rows:
            ends = kept.ends
            self.basis, self.held.first_ended, self.held.later_ended = ends.relaxed, ends.first, ends.later

    def carry(self, old: Named, plan: Floats | None, ends: Ends) -> None:
        """Start from the plan of another program, and where it ended, by name."""
        columns = Match(old.compiled.columns, self.named.compiled.columns).old_of_new
        rows = Match(old.compiled.rows, self.named.compiled.rows).old_of_new
        self.plan = None if plan is None else _carried(plan, columns)
        self.basis, self.held.first_ended = (
            None if one is None else one.marks.carried(columns, rows) for one in (ends.relaxed, ends.first)
        )

    @property
    def megabytes(self) -> float:
        """About how much memory it takes."""
        linear = sum(one.is_loaded for one in (self.relaxed, self.held.first, self.held.later))
        each = BYTES_OF_A_NAME + BYTES_OF_A_LINEAR_ONE * linear
        return MEGABYTES + each * sum(self.named.arrays.matrix.shape) / 2**20


def _carried(plan: Floats, columns: NDArray[np.int64]) -> Floats:
    """The same plan in another program, given the place here of each column there; new columns are at zero."""
    return np.append(plan, 0.0)[np.where(columns < 0, len(plan), columns)]
