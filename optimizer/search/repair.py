"""Repairs a plan whose integers no longer fit: a threshold missed, a quorum not reached, a framework closed."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np

from optimizer.arrays.array_types import Floats, Mask
from optimizer.arrays.solver_arrays import Arrays
from optimizer.search.branch_and_dive import Limits
from optimizer.search.neighbourhoods import with_neighbours
from optimizer.solver.highs import HighsProgram
from optimizer.solver.statuses import RunResult
from optimizer.tolerances import INTEGRALITY, RAY_ENTRY

MOST_REPAIRS = 25
"""Linear programs, of milliseconds each, after which a repair by conflicts is given up."""


def with_whole_integers(arrays: Arrays, plan: Floats) -> Floats:
    """The plan with every integer rounded and within its bounds; continuous columns stay as they are."""
    whole = np.clip(np.round(plan), arrays.column_lower, arrays.column_upper)
    return np.where(arrays.integer, whole, plan)


@dataclass(frozen=True, kw_only=True)
class ConflictRepair:
    """Repairs a plan by the dual rays of the linear program with fixed integers.

    An infeasible linear program has a dual ray: a weighted sum of its rows that contradicts itself. The integers that
    worsen that sum are freed until there is a plan; integers that come out fractional are dropped.
    """

    program: HighsProgram
    arrays: Arrays
    chosen: Floats
    """Integers whole and within their bounds."""
    run: Callable[[], RunResult]

    def plan(self) -> Floats | None:
        """A plan near the given one; None if the repair fails."""
        lower, upper = self.chosen.copy(), self.chosen.copy()
        for _ in range(MOST_REPAIRS):
            columns = self.program.integer_columns
            self.program.bound_integers(lower[columns], upper[columns])
            answer = self.run()
            if answer.termination == "infeasible":
                if not self._free_conflict(lower, upper):
                    return None
            elif answer.values is None:
                return None
            elif not self._fix_fractional(answer.values, lower, upper):
                return with_whole_integers(self.arrays, answer.values)
        return None

    def _free_conflict(self, lower: Floats, upper: Floats) -> bool:
        """Free the integers that cause the conflict, downwards if possible; returns whether there were any."""
        arrays, slope = self.arrays, self._ray_coefficients(lower, upper)
        down = arrays.integer & (slope > RAY_ENTRY) & (lower > arrays.column_lower)
        lower[down] = arrays.column_lower[down]
        up = arrays.integer & (slope < -RAY_ENTRY) & (upper < arrays.column_upper) & ~down.any()
        upper[up] = arrays.column_upper[up]
        return bool(down.any() or up.any())

    def _fix_fractional(self, values: Floats, lower: Floats, upper: Floats) -> bool:
        """Fix fractional integers: down if the plan chose more, else the largest up; returns whether there were any."""
        apart = self.arrays.integer & (np.abs(values - np.round(values)) > INTEGRALITY)
        fallen = apart & (values < self.chosen)
        upper[fallen] = np.floor(values[fallen])
        np.minimum(lower, upper, out=lower)
        if apart.any() and not fallen.any():
            most = int(np.argmax(np.where(apart, values, -np.inf)))
            lower[most] = upper[most] = np.ceil(values[most])
        return bool(apart.any())

    def _ray_coefficients(self, lower: Floats, upper: Floats) -> Floats:
        """Coefficient of each column in the contradictory sum of rows; zeros if there is no ray."""
        multipliers, integer = self.program.refutation, self.arrays.integer
        if multipliers is None:
            return np.zeros(len(self.chosen))
        low, high = (
            np.where(integer, fixed, natural)
            for fixed, natural in ((lower, self.arrays.column_lower), (upper, self.arrays.column_upper))
        )
        _, slope = max((self._contradiction(sign * multipliers, low, high) for sign in (1, -1)), key=lambda one: one[0])
        return slope

    def _contradiction(self, multipliers: Floats, low: Floats, high: Floats) -> tuple[float, Floats]:
        """By how much the least value of the weighted sum exceeds its greatest allowed value, and its coefficients."""
        arrays = self.arrays
        side = np.where(multipliers > 0, arrays.row_upper, arrays.row_lower)
        used = np.where(np.isfinite(side), multipliers, 0.0)
        slope = arrays.matrix.transposed_times(used)
        at = np.flatnonzero(np.abs(slope) > RAY_ENTRY)
        least = (slope[at] * np.where(slope[at] > 0, low[at], high[at])).sum()
        return float(least - (used * np.where(used == 0, 0.0, side)).sum()), slope


@dataclass(frozen=True, kw_only=True)
class Repair:
    """Repairs a plan by integer programs in which most integers stay fixed."""

    program: HighsProgram
    arrays: Arrays
    plan: Floats
    """Integers whole and within their bounds."""
    limits: Limits
    aim: Callable[[], None]
    """Sets the objective of the program."""

    def near(self, free: Mask, start: Floats | None = None, target: float = -np.inf) -> RunResult:
        """The best plan with the integers `free` free and the others fixed."""
        self._bound(
            np.where(free, self.arrays.column_lower, self.plan), np.where(free, self.arrays.column_upper, self.plan)
        )
        self.aim()
        if start is not None:
            self.program.start_from(start)
        answer = self.program.run(
            time_limit_s=self.limits.left_s,
            target=target,
            on_solver_progress=self.limits.on_solver_progress,
            should_stop=self.limits.should_stop,
        )
        self.program.free_integers()
        return answer

    def repaired(self, touched: Mask) -> Floats | None:
        """A plan near the given one; None if there is none, or none was found in time."""
        for free in self._growing_sets(touched):
            answer = self.near(free)
            if answer.values is not None:
                return with_whole_integers(self.arrays, answer.values)
        return None

    def _growing_sets(self, touched: Mask) -> Iterator[Mask]:
        """Sets of integers to free: those that fail, with their neighbours; then also the touched theatres."""
        failing = self._failing()
        if failing is not None:
            yield with_neighbours(self.arrays, failing)
            touched = touched | with_neighbours(self.arrays, failing)
        yield touched

    def _failing(self) -> Mask | None:
        """The fewest integers that must shrink so that the rest fits; None if even that does not help."""
        program, arrays = self.program, self.arrays
        self._bound(arrays.column_lower, self.plan)
        program.relax_integers()
        program.minimise(np.where(arrays.integer & (self.plan > 0), -1.0, 0.0), 0.0)
        program.start_afresh()
        answer = program.run(time_limit_s=self.limits.left_s)
        program.free_integers()
        return None if answer.values is None else arrays.integer & (answer.values < self.plan - INTEGRALITY)

    def _bound(self, lower: Floats, upper: Floats) -> None:
        columns = self.program.integer_columns
        self.program.bound_integers(lower[columns], upper[columns])
