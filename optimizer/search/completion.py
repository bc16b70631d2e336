"""Completes a known plan to a plan of the program: contributions and runs are fixed, the other columns follow.

A plan that still keeps every rule of a changed problem need not fit its program column by column: rows and columns may
be new, and a plan of one's own has amounts but no binaries of quorums and thresholds. With runs, purchases and amounts
held the rest of the program is small.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from optimizer.arrays.array_types import Floats, Mask
from optimizer.arrays.compiled import columns_of
from optimizer.arrays.program_diff import NamedProgram
from optimizer.arrays.sparse import entry_columns
from optimizer.search.repair import with_whole_integers
from optimizer.solver.highs import HighsProgram
from optimizer.tolerances import HELD_AMOUNT, HELD_DUST, ROW_FEASIBILITY

COMPLETED_WITHIN_S, COMPLETED_SHARE = 3.0, 0.25
"""Greatest time for completing one plan: a share of the time left, and at least these seconds even after the limit,
since otherwise a plan that holds would be lost. Measured: 0.1 to 0.5 s, of which most is presolve; several times that
on a busy machine."""
CHOICES, AMOUNTS = ("y", "n"), ("x",)
"""The variables that a plan decides: runs and purchases, which are fixed, and amounts, which are fixed nearly."""


@dataclass(frozen=True, kw_only=True)
class Completion:
    """Completes plans in one integer program."""

    program: HighsProgram
    named: NamedProgram
    is_abandoned: Callable[[], bool] | None
    """Whether the caller does not want any answer."""
    aim: Callable[[], None]
    """Sets the objective of the program."""
    left_s: Callable[[], float]
    """Seconds left for the whole search."""

    def plan(self, known: Floats) -> Floats | None:
        """The best plan of the program with the decisions of `known`; None if there is none, or none in time."""
        lower, upper = self._held(known)
        self.program.hold(lower, upper)
        self.aim()
        limit_s = max(COMPLETED_WITHIN_S, COMPLETED_SHARE * self.left_s())
        answer = self.program.run(time_limit_s=limit_s, gap=0.0, should_stop=self.is_abandoned)
        self.program.release()
        return None if answer.values is None else with_whole_integers(self.named.arrays, answer.values)

    def _held(self, known: Floats) -> tuple[Floats, Floats]:
        """Bounds of all columns: those that the plan decides near its values, the others their own."""
        arrays = self.named.arrays
        choices, amounts = self._of(CHOICES), self._of(AMOUNTS)
        near = np.where(choices, np.round(known), known)
        rounding = np.where(amounts, np.maximum(HELD_AMOUNT * known, HELD_DUST * arrays.scaling.columns), 0.0)
        is_held = choices | amounts
        return (
            np.where(is_held, np.maximum(near - rounding, arrays.column_lower), arrays.column_lower),
            np.where(is_held, np.minimum(near + rounding, arrays.column_upper), arrays.column_upper),
        )

    def _of(self, variables: tuple[str, ...]) -> Mask:
        return columns_of(self.named.compiled.columns, variables)

    def is_contradicted(self, known: Floats) -> bool:
        """Whether a column or a single row already shows that there is no such plan: quicker than asking the solver."""
        lower, upper = self._held(known)
        if (lower > upper).any():
            return True
        arrays = self.named.arrays
        matrix, height = arrays.matrix, arrays.matrix.shape[0]
        across = entry_columns(matrix)
        with np.errstate(invalid="ignore"):  # 0 times infinity: then the row says nothing
            ends = matrix.data * lower[across], matrix.data * upper[across]
        least, most, size = (
            np.bincount(matrix.indices, weights=terms, minlength=height)
            for terms in (np.minimum(*ends), np.maximum(*ends), np.minimum(*map(np.abs, ends)))
        )
        room = ROW_FEASIBILITY * size
        return bool((least - room > arrays.row_upper).any() or (most + room < arrays.row_lower).any())
