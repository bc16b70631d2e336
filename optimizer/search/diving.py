"""From the relaxation to a plan: what it uses most of all that is not whole is rounded up, step by step.

What the relaxation leaves at zero stays there. Each step is linear and starts where the last one ended, so that all of
them together take less than the root of the integer program. Where a step leaves no plan, fewer are rounded up; where
one alone is too many, that one is rounded down; where that leaves none either, the dive has found nothing.

After: Achterberg, Constraint Integer Programming (2007), chapter 9.2 on diving heuristics; the steps of several at a
time, and back, are for programs whose relaxation is nearly whole.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from optimizer.arrays.compiled import Floats
from optimizer.solver.callbacks import Answer
from optimizer.solver.engine import Engine

Places = NDArray[np.int64]
"""Among the integer columns."""

UNUSED = 1e-6
"""An integer column at or below this in the relaxation is not used by it: HiGHS's integrality tolerance."""
SHARE = 0.25
"""Of the columns that are not whole, how many are rounded up together at most."""
FEWER, MORE = 4, 2
"""By what the number rounded up together is divided where it left no plan, and multiplied where it did."""


def bounds_near(engine: Engine, values: Floats) -> tuple[Floats, Floats]:
    """Bounds of the integer columns that close each one which is zero in `values`: a small program is left."""
    columns = engine.integer_columns
    lower, upper = engine.lower[columns], engine.upper[columns]
    return lower, np.where(values[columns] <= UNUSED, np.maximum(lower, 0.0), upper)


@dataclass(kw_only=True)
class Dive:
    """A program whose integers are relaxed, and how far they were rounded."""

    engine: Engine
    run: Callable[[], Answer]
    """One linear step."""
    lower: Floats
    upper: Floats
    """Bounds of the integer columns."""
    together: int | None = None
    """How many were rounded up together in the last step."""

    @classmethod
    def near(cls, engine: Engine, used: Floats, run: Callable[[], Answer]) -> "Dive":
        """Begin where nothing is rounded, and what is zero in `used` is closed."""
        lower, upper = bounds_near(engine, used)
        return cls(engine=engine, run=run, lower=lower, upper=upper)

    def plan(self) -> Answer | None:
        """Round until everything is whole; None where that leads nowhere. The engine keeps the bounds of the dive."""
        answer = self._tried()
        while answer is not None and (open_ones := self._open(answer)).size:
            answer = self._step(open_ones, self._integers(answer))
        return answer

    def _step(self, open_ones: Places, values: Floats) -> Answer | None:
        most = max(int(len(open_ones) * SHARE), 1)
        count = most if self.together is None else min(self.together * MORE, most)
        before = self.lower.copy()
        while count:
            chosen = open_ones[:count]
            self.lower[chosen] = np.ceil(values[chosen])
            answer = self._tried()
            if answer is not None:
                self.together = count
                return answer
            self.lower[chosen] = before[chosen]
            count = max(count // FEWER, 1) if count > 1 else 0
        first = open_ones[0]
        self.upper[first] = np.floor(values[first])
        return self._tried()

    def _tried(self) -> Answer | None:
        self.engine.bound_integers(self.lower, self.upper)
        answer = self.run()
        return answer if answer.ending == "optimal" and answer.values is not None else None

    def _integers(self, answer: Answer) -> Floats:
        return np.zeros(0) if answer.values is None else answer.values[self.engine.integer_columns]

    def _open(self, answer: Answer) -> Places:
        """What is not whole, what is used most first."""
        values = self._integers(answer)
        places = np.flatnonzero(np.abs(values - np.round(values)) > UNUSED)
        return places[np.argsort(-values[places], kind="stable")]
