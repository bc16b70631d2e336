"""Dives from the relaxation to a plan: rounds up, step by step, the fractional integers with the largest values.

Each step is linear and starts where the last one ended; together they take less time than the root of the integer
program. If a step leaves no plan, fewer columns are rounded up; if a single column is too much, it is rounded down; if
that leaves no plan either, the dive fails.

Dives differ. Thresholds that the relaxation meets only in small part are costly to meet in full, so one dive gives
them up at once, and another tries each both ways. Without the columns that the relaxation leaves at zero, a dive may
end nearer to it, or at no plan.

After: Achterberg, Constraint Integer Programming (2007), section 9.2 on diving heuristics. Rounding several columns at
once, and back, suits programs whose relaxation is nearly integral.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from optimizer.arrays.array_types import Floats, Mask
from optimizer.solver.highs import HighsProgram
from optimizer.solver.statuses import RunResult
from optimizer.tolerances import INTEGRALITY

Positions = NDArray[np.int64]
"""Positions among the integer columns."""

SHARE = 0.25
"""Greatest share of the fractional columns that is rounded up in one step."""
FEWER, MORE = 4, 2
"""Divisor of the number of columns rounded at once after a step without a plan, and factor after one with a plan."""


DOUBTFUL = 0.3
"""Share of a threshold below which a dive may round it down first."""


@dataclass(frozen=True, kw_only=True)
class Manner:
    """How a dive treats thresholds, and columns that are zero in the relaxation."""

    drops_doubtful: bool = False
    """Thresholds that the relaxation meets by less than `DOUBTFUL` are not met."""
    tries_both_ways: bool = False
    """Each fractional threshold, the largest first, is rounded to the better side."""
    closes_zeros: bool = False
    """Columns that are zero in the relaxation stay zero."""

    def bounds(self, program: HighsProgram, relaxation: Floats, thresholds: Mask) -> tuple[Floats, Floats]:
        """Bounds of the integer columns before the first step. `thresholds` are columns of the program."""
        columns = program.integer_columns
        lower, upper = program.lower[columns].copy(), program.upper[columns].copy()
        values = relaxation[columns]
        if self.closes_zeros:
            lower, upper = bounds_near(program, relaxation)
        if self.drops_doubtful:
            upper = np.where(thresholds[columns] & (values < DOUBTFUL), np.maximum(lower, 0.0), upper)
        return lower, upper


MANNERS = (Manner(drops_doubtful=True), Manner(tries_both_ways=True), Manner(), Manner(closes_zeros=True))
"""The dives in order: the quickest first, then those that found the best plans (docs/decisions/0021)."""


def bounds_near(program: HighsProgram, values: Floats) -> tuple[Floats, Floats]:
    """Bounds of the integer columns that fix at zero those which are zero in `values`."""
    columns = program.integer_columns
    lower, upper = program.lower[columns], program.upper[columns]
    return lower, np.where(values[columns] <= INTEGRALITY, np.maximum(lower, 0.0), upper)


@dataclass(kw_only=True)
class Dive:
    """A program whose integers are relaxed, and the bounds set so far."""

    program: HighsProgram
    run: Callable[[], RunResult]
    """Runs one linear step."""
    lower: Floats
    upper: Floats
    """Bounds of the integer columns."""
    both_ways: Mask | None = None
    """The integer columns that are rounded to the better side, before all others; none by default."""
    at_once: int | None = None
    """Number of columns rounded up in the last step."""

    def plan(self) -> RunResult | None:
        """Round until every integer is whole; None if the dive fails. The bounds of the dive stay on the program."""
        answer = self._solve()
        while answer is not None and (fractional := self._fractional(answer)).size:
            values = self._integers(answer)
            tried = fractional if self.both_ways is None else fractional[self.both_ways[fractional]]
            is_tried = self.both_ways is not None and tried.size > 0
            answer = self._better_way(int(tried[0]), values) if is_tried else self._step(fractional, values)
        return answer

    def _better_way(self, column: int, values: Floats) -> RunResult | None:
        """Round a column to the side with the better relaxation; None if neither has a plan."""
        found: list[tuple[float, float, RunResult]] = []
        for side in (np.ceil(values[column]), np.floor(values[column])):
            self.lower[column] = self.upper[column] = side
            answer = self._solve()
            if answer is not None and answer.objective is not None:
                found.append((answer.objective, float(side), answer))
        if not found:
            return None
        _, side, answer = min(found, key=lambda one: one[0])
        self.lower[column] = self.upper[column] = side
        return answer

    def _step(self, fractional: Positions, values: Floats) -> RunResult | None:
        most = max(int(len(fractional) * SHARE), 1)
        count = most if self.at_once is None else min(self.at_once * MORE, most)
        before = self.lower.copy()
        while count:
            chosen = fractional[:count]
            self.lower[chosen] = np.ceil(values[chosen])
            answer = self._solve()
            if answer is not None:
                self.at_once = count
                return answer
            self.lower[chosen] = before[chosen]
            count = max(count // FEWER, 1) if count > 1 else 0
        first = fractional[0]
        self.upper[first] = np.floor(values[first])
        return self._solve()

    def _solve(self) -> RunResult | None:
        self.program.bound_integers(self.lower, self.upper)
        answer = self.run()
        return answer if answer.termination == "optimal" and answer.values is not None else None

    def _integers(self, answer: RunResult) -> Floats:
        return np.zeros(0) if answer.values is None else answer.values[self.program.integer_columns]

    def _fractional(self, answer: RunResult) -> Positions:
        """Positions of fractional columns, largest value first."""
        values = self._integers(answer)
        positions = np.flatnonzero(np.abs(values - np.round(values)) > INTEGRALITY)
        return positions[np.argsort(-values[positions], kind="stable")]
