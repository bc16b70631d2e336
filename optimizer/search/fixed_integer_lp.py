"""A plan with its integers held, level by level: linear programs that stay as their last run left them.

One belongs to the first level and one to those after it, whose earlier objectives are held by rows: with two levels
nothing but numbers changes in either from one answer to the next.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from models.config import SolverConfig
from models.errors import SolverFailure
from optimizer.arrays.compiled import Floats
from optimizer.arrays.priorities import Level
from optimizer.arrays.program_diff import Difference
from optimizer.arrays.solver_arrays import Arrays, Basis, KeptBasis
from optimizer.solver.callbacks import Answer
from optimizer.solver.engine import Engine
from optimizer.solver.highs import DUAL, PRIMAL, Hold

Vertex = Basis | KeptBasis
"""Where a linear run ended."""
NEAR = 1e-9
"""Relative: what the value of a plan may differ by from one run to the next."""


@dataclass(frozen=True)
class Ended:
    """Where the second level ended, with which choices, and with how much of the first held."""

    vertex: Vertex
    choices: Floats
    hold: Hold

    def is_near(self, choices: Floats, hold: Hold) -> bool:
        """Whether about the same is held, so that it is the best place to go on from."""
        is_same = np.array_equal(choices, self.choices) and np.array_equal(hold[0], self.hold[0])
        return is_same and abs(hold[1] - self.hold[1]) <= NEAR * max(1.0, abs(hold[1]))


class Held:
    """The linear programs of a plan held."""

    def __init__(self, arrays: Arrays, config: SolverConfig) -> None:
        """Nothing is loaded before the first answer."""
        self.first = Engine(arrays, config, is_linear=True)
        self.later = Engine(arrays, config, is_linear=True)
        self.first_ended: Vertex | None = None
        """Where the first level ended last, or something near it to start from."""
        self.later_ended: Ended | None = None
        """Where the second level ended last."""

    def push(self, difference: Difference, arrays: Arrays) -> None:
        """Make both of them `arrays`."""
        for engine in (self.first, self.later):
            engine.push(difference, arrays)

    def answer(
        self,
        level: Level,
        values: Floats,
        holds: Sequence[Hold],
        *,
        time_limit_s: float,
        should_stop: Callable[[], bool],
    ) -> Answer:
        """The best of a level with the integers held at `values` and earlier objectives held too."""
        engine = self._later_at(level, values, holds) if holds else self._first_at(level, values)
        try:
            answer = engine.run(time_limit_s=time_limit_s, should_stop=should_stop)
        except SolverFailure:
            engine.start_afresh()
            answer = engine.run(time_limit_s=time_limit_s, should_stop=should_stop)
        if answer.ending == "optimal":
            self._keep(engine, values, holds)
        return answer

    def _first_at(self, level: Level, values: Floats) -> Engine:
        """The first level, where it ended last."""
        engine = self.first
        engine.fix_integers(values)
        engine.minimise(level.vector / level.unit, level.constant / level.unit)
        if self.first_ended is not None:
            engine.start_at(self.first_ended)
        return engine

    def _later_at(self, level: Level, values: Floats, holds: Sequence[Hold]) -> Engine:
        """A later level, where the one before it ended: that is a plan of this one. Or where it ended last itself."""
        engine, ended = self.later, self.later_ended
        engine.fix_integers(values)
        is_other = engine.minimise(level.vector / level.unit, level.constant / level.unit)
        if len(holds) == 1 and ended is not None and not is_other and ended.is_near(self._choices(values), holds[0]):
            engine.hold_only(holds)
            engine.start_at(ended.vertex)
            engine.go_on_by(DUAL)
            return engine
        if len(holds) == 1 and self.first_ended is not None:
            engine.let_go()  # rows that are added are put into the basis by the solver
            engine.start_at(self.first_ended)
        engine.hold_only(holds)
        engine.go_on_by(PRIMAL)
        return engine

    def _choices(self, values: Floats) -> Floats:
        return np.round(values[self.first.integer_columns])

    def _keep(self, engine: Engine, values: Floats, holds: Sequence[Hold]) -> None:
        if not holds:
            engine.keep_vertex()
            self.first_ended = engine.vertex
        elif len(holds) == 1:
            engine.keep_vertex()
            self.later_ended = None if engine.vertex is None else Ended(engine.vertex, self._choices(values), holds[0])
