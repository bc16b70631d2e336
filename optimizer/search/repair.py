"""A plan whose choices no longer hold is repaired: a threshold missed, a quorum short, a run that is closed now."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np

from optimizer.arrays.compiled import Floats
from optimizer.arrays.solver_arrays import Arrays
from optimizer.search.branch_and_dive import Limits
from optimizer.search.neighbourhoods import Mask, beside
from optimizer.solver.callbacks import Answer
from optimizer.solver.engine import Engine

BROKEN = 1e-6
"""By how much an integer must fall short of what the plan chose to count as given up: HiGHS's integrality tolerance."""

MOST_CONCEDED = 25
"""Linear programs, of milliseconds each, until conceding is given up."""
SLOPE = 1e-9
"""What counts as zero in a sum of rows."""


def within(arrays: Arrays, plan: Floats) -> Floats:
    """The plan with every integer whole and within its bounds; amounts as they are."""
    whole = np.clip(np.round(plan), arrays.column_lower, arrays.column_upper)
    return np.where(arrays.integer, whole, plan)


@dataclass(frozen=True, kw_only=True)
class ConflictRepair:
    """A plan that cannot be held, and the linear program in which it is: what stands in the way of the rest gives way.

    A linear program without a plan says why: some of its rows, multiplied and added up, contradict themselves. Of the
    choices in that sum those are freed that make it worse, until there is a plan; what it chooses in part is dropped.
    """

    engine: Engine
    arrays: Arrays
    chosen: Floats
    """`within` the bounds."""
    run: Callable[[], Answer]

    def plan(self) -> Floats | None:
        """A plan near the one that cannot be held; None if so little does not help."""
        lower, upper = self.chosen.copy(), self.chosen.copy()
        for _ in range(MOST_CONCEDED):
            columns = self.engine.integer_columns
            self.engine.bound_integers(lower[columns], upper[columns])
            answer = self.run()
            if answer.ending == "infeasible":
                if not self._freed(lower, upper):
                    return None
            elif answer.values is None:
                return None
            elif not self._settled(answer.values, lower, upper):
                return within(self.arrays, answer.values)
        return None

    def _freed(self, lower: Floats, upper: Floats) -> bool:
        """Free what stands in the way, downwards if that is possible at all; whether there was anything."""
        arrays, slope = self.arrays, self._slope(lower, upper)
        down = arrays.integer & (slope > SLOPE) & (lower > arrays.column_lower)
        lower[down] = arrays.column_lower[down]
        up = arrays.integer & (slope < -SLOPE) & (upper < arrays.column_upper) & ~down.any()
        upper[up] = arrays.column_upper[up]
        return bool(down.any() or up.any())

    def _settled(self, values: Floats, lower: Floats, upper: Floats) -> bool:
        """Drop what is chosen in part only, or choose the most of what was not; whether there was anything."""
        apart = self.arrays.integer & (np.abs(values - np.round(values)) > BROKEN)
        fallen = apart & (values < self.chosen)
        upper[fallen] = np.floor(values[fallen])
        np.minimum(lower, upper, out=lower)
        if apart.any() and not fallen.any():
            most = int(np.argmax(np.where(apart, values, -np.inf)))
            lower[most] = upper[most] = np.ceil(values[most])
        return bool(apart.any())

    def _slope(self, lower: Floats, upper: Floats) -> Floats:
        """What the contradictory sum of rows gains by a unit of each column; zeros where none is known."""
        multipliers, integer = self.engine.refutation, self.arrays.integer
        if multipliers is None:
            return np.zeros(len(self.chosen))
        low, high = (
            np.where(integer, held, natural)
            for held, natural in ((lower, self.arrays.column_lower), (upper, self.arrays.column_upper))
        )
        _, slope = max((self._contradiction(sign * multipliers, low, high) for sign in (1, -1)), key=lambda one: one[0])
        return slope

    def _contradiction(self, multipliers: Floats, low: Floats, high: Floats) -> tuple[float, Floats]:
        """By how much the least of the sum exceeds what it may come to, and its slope."""
        arrays = self.arrays
        side = np.where(multipliers > 0, arrays.row_upper, arrays.row_lower)
        used = np.where(np.isfinite(side), multipliers, 0.0)
        slope = arrays.matrix.T @ used
        at = np.flatnonzero(np.abs(slope) > SLOPE)
        least = (slope[at] * np.where(slope[at] > 0, low[at], high[at])).sum()
        return float(least - (used * np.where(used == 0, 0.0, side)).sum()), slope


@dataclass(frozen=True, kw_only=True)
class Repair:
    """A plan whose integers should stay as they are, as far as they can."""

    engine: Engine
    arrays: Arrays
    plan: Floats
    """`within` the bounds."""
    limits: Limits
    aim: Callable[[], None]
    """Sets the engine to what is to be minimised."""

    def near(self, free: Mask, start: Floats | None = None, target: float = -np.inf) -> Answer:
        """The best plan with some integers free and the others held."""
        self._bound(
            np.where(free, self.arrays.column_lower, self.plan), np.where(free, self.arrays.column_upper, self.plan)
        )
        self.aim()
        if start is not None:
            self.engine.start_from(start)
        answer = self.engine.run(
            time_limit_s=self.limits.left_s,
            target=target,
            on_moment=self.limits.on_moment,
            should_stop=self.limits.should_stop,
        )
        self.engine.free_integers()
        return answer

    def repaired(self, touched: Mask) -> Floats | None:
        """A plan near the one that does not hold; None if there is none, or none was found in time."""
        for free in self._ever_wider(touched):
            answer = self.near(free)
            if answer.values is not None:
                return within(self.arrays, answer.values)
        return None

    def _ever_wider(self, touched: Mask) -> Iterator[Mask]:
        """What to free, step by step: what gives way, all that stands beside it, the theatres touched."""
        broken = self._giving_way()
        if broken is not None:
            yield beside(self.arrays, broken)
            touched = touched | beside(self.arrays, broken)
        yield touched

    def _giving_way(self) -> Mask | None:
        """The integers that fall short once they may shrink, as few as possible; None if even that does not help."""
        engine, arrays = self.engine, self.arrays
        self._bound(arrays.column_lower, self.plan)
        engine.relax_integers()
        engine.minimise(np.where(arrays.integer & (self.plan > 0), -1.0, 0.0), 0.0)
        engine.start_afresh()
        answer = engine.run(time_limit_s=self.limits.left_s)
        engine.free_integers()
        return None if answer.values is None else arrays.integer & (answer.values < self.plan - BROKEN)

    def _bound(self, lower: Floats, upper: Floats) -> None:
        columns = self.engine.integer_columns
        self.engine.bound_integers(lower[columns], upper[columns])
