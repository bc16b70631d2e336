"""A plan whose choices no longer hold is repaired: a threshold missed, a quorum short, a run that is closed now."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np

from optimizer.arrays import Arrays
from optimizer.compile import Floats
from optimizer.engine import Engine
from optimizer.moments import Answer
from optimizer.neighbourhood import Mask, beside
from optimizer.search import Limits

BROKEN = 1e-6
"""By how much an integer must fall short of what the plan chose to count as given up: HiGHS's integrality tolerance."""


def within(arrays: Arrays, plan: Floats) -> Floats:
    """The plan with every integer whole and within its bounds; amounts as they are."""
    whole = np.clip(np.round(plan), arrays.column_lower, arrays.column_upper)
    return np.where(arrays.integer, whole, plan)


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
