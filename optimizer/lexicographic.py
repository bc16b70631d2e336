"""The objectives in order of priority: each is optimised, then held within its tolerance while the next is.

The first level gets at most 80 % of the time. A later level is first solved with the integers of the plan held, which
is linear and quick and never leaves means spent for nothing; then freely, while time is left. Whatever plan comes out
last is solved once more with its integers held, so that no amount stands on a binary that is only nearly 0 or 1.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from time import perf_counter

import numpy as np

from models.config import SolverConfig
from models.outcome import ObjectiveResult, Progress, Scope
from models.problem.objective import Objective
from optimizer.compile import Compiled, Floats
from optimizer.engine import Answer, Ending, Engine, Moment

FIRST_SHARE = 0.8
"""Of the time limit, what the first level may take at most."""
HELD_AT_LEAST_S = 1.0
"""Seconds that the linear steps after the first level get even when the time is up: they take milliseconds to seconds,
and without them leftovers would stay spent."""
FREE_FACTOR = 2.0
"""A later level is solved freely for at most this many times as long as the first took, and at least a second: nobody
waits a minute for the last euro when the plan itself took a moment."""
FREE_AT_LEAST_S = 1.0

OnProgress = Callable[[Progress], None]
ShouldStop = Callable[[], bool]


@dataclass(frozen=True, kw_only=True)
class Level:
    """The objectives of one priority as one minimised vector."""

    objectives: tuple[Objective, ...]
    vector: Floats
    constant: float

    @property
    def sign(self) -> float:
        """-1 where a single objective is maximised: what turns the minimised value into the metric's own."""
        return -1.0 if self.objectives[0].direction == "maximize" else 1.0

    @property
    def tolerance(self) -> float:
        """Relative: how much of this level the later ones may give up."""
        return max(objective.tolerance for objective in self.objectives)


@dataclass(frozen=True, kw_only=True)
class LevelResult:
    """How a level ended: the minimised value of its plan and the bound proven, in which scope."""

    level: Level
    bound: float
    scope: Scope
    ending: Ending


@dataclass(frozen=True, kw_only=True)
class Finished:
    """The end of the loop: why the first level ended, the final plan (None if there is none) and every level."""

    ending: Ending
    values: Floats | None
    levels: tuple[LevelResult, ...]


def levels_of(objectives: Sequence[Objective], compiled: Compiled) -> tuple[Level, ...]:
    """Objectives by priority, 1 first (see `aims`)."""
    by_priority: dict[int, list[Objective]] = {}
    for objective in objectives:
        by_priority.setdefault(objective.priority or 1, []).append(objective)
    return tuple(_level(tuple(together), compiled) for _, together in sorted(by_priority.items()))


def _level(objectives: tuple[Objective, ...], compiled: Compiled) -> Level:
    vector, constant = np.zeros(len(compiled.columns)), 0.0
    for objective in objectives:
        weight = -objective.weight if objective.direction == "maximize" else objective.weight
        weight = weight if len(objectives) > 1 else weight / objective.weight
        metric_vector, metric_constant = compiled.objectives[objective.metric]
        vector, constant = vector + weight * metric_vector, constant + weight * metric_constant
    return Level(objectives=objectives, vector=vector, constant=constant)


@dataclass(kw_only=True)
class Lexicographic:
    """One loaded program and the levels to go through."""

    engine: Engine
    levels: tuple[Level, ...]
    config: SolverConfig
    started: float
    """When the caller's time began, by `time.perf_counter`."""
    on_progress: OnProgress | None = None
    should_stop: ShouldStop | None = None

    def solve(self) -> Finished:
        """Go through the levels."""
        first = self.levels[0]
        began = perf_counter()
        answer = self._run(first, FIRST_SHARE * self.config.time_limit_s - self._elapsed())
        first_took = perf_counter() - began
        if answer.values is None:
            return Finished(ending=answer.ending, values=None, levels=())
        values = self._polished(first, answer.values)
        results = [self._result(first, answer, "full")]
        for earlier, level in zip(self.levels, self.levels[1:], strict=False):
            self._hold(earlier, values)
            values, result = self._later(level, values, first_took)
            results.append(result)
        return Finished(ending=answer.ending, values=values, levels=tuple(results))

    def _later(self, level: Level, values: Floats, first_took: float) -> tuple[Floats, LevelResult]:
        """One later level: integers held, then freely while time is left."""
        self.engine.fix_integers(values)
        held = self._run(level, max(HELD_AT_LEAST_S, self._left()))
        self.engine.free_integers()
        if held.values is not None:
            values = held.values
        free_s = min(self._left(), max(FREE_AT_LEAST_S, FREE_FACTOR * first_took))
        if free_s <= 0 or self._stopped():
            return values, self._result(level, held, "integers_held")
        self.engine.start_from(values)
        free = self._run(level, free_s)
        if free.values is not None and _value(level, free.values) < _value(level, values):
            values = self._polished(level, free.values)
        return values, self._result(level, free, "full")

    def _polished(self, level: Level, values: Floats) -> Floats:
        """The same choices with every amount recomputed: no amount rests on a binary that is only nearly whole."""
        self.engine.fix_integers(values)
        answer = self._run(level, max(HELD_AT_LEAST_S, self._left()), quiet=True)
        self.engine.free_integers()
        return values if answer.values is None else answer.values

    def _hold(self, level: Level, values: Floats) -> None:
        value = float(level.vector @ values)
        self.engine.hold(level.vector, value + level.tolerance * max(1.0, abs(value)))

    def _run(self, level: Level, time_s: float, *, quiet: bool = False) -> Answer:
        self.engine.minimise(level.vector, level.constant)
        return self.engine.run(
            time_limit_s=time_s,
            on_moment=None if quiet or self.on_progress is None else self._report(level),
            should_stop=None if quiet else self.should_stop,
        )

    def _report(self, level: Level) -> Callable[[Moment], None]:
        def report(moment: Moment) -> None:
            if self.on_progress is not None:
                self.on_progress(_progress(level, moment, self._elapsed()))

        return report

    def _result(self, level: Level, answer: Answer, scope: Scope) -> LevelResult:
        return LevelResult(level=level, bound=answer.bound, scope=scope, ending=answer.ending)

    def _elapsed(self) -> float:
        return perf_counter() - self.started

    def _left(self) -> float:
        return self.config.time_limit_s - self._elapsed()

    def _stopped(self) -> bool:
        return self.should_stop is not None and self.should_stop()


def _value(level: Level, values: Floats) -> float:
    return float(level.vector @ values) + level.constant


def _progress(level: Level, moment: Moment, elapsed_s: float) -> Progress:
    has_plan, has_bound = np.isfinite(moment.incumbent), np.isfinite(moment.bound)
    return Progress(
        metric=level.objectives[0].metric,
        incumbent=level.sign * moment.incumbent if has_plan else None,
        bound=level.sign * moment.bound if has_bound else None,
        gap=relative_gap(moment.incumbent, moment.bound) if has_plan and has_bound else None,
        nodes=moment.nodes,
        elapsed_s=elapsed_s,
    )


def relative_gap(value: float, bound: float) -> float:
    """|value - bound| over |value|; the plain difference where the value is below 1e-9; never negative."""
    difference = max(value - bound, 0.0)
    scale = abs(value)
    return difference / scale if scale > ZERO else difference


ZERO = 1e-9
"""Values below this are zero to the solver's tolerance."""
CLOSED = 1e-6
"""An absolute gap that counts as closed: HiGHS's own `mip_abs_gap`."""


def objective_results(finished: Finished, config: SolverConfig) -> tuple[ObjectiveResult, ...]:
    """What each objective reached in the final plan, and what was proven of it.

    Objectives added up within one priority share the gap of their sum.
    """
    if finished.values is None:
        return ()
    return tuple(
        _objective_result(result, objective, finished.values, config)
        for result in finished.levels
        for objective in result.level.objectives
    )


def _objective_result(
    result: LevelResult, objective: Objective, values: Floats, config: SolverConfig
) -> ObjectiveResult:
    level = result.level
    value = _value(level, values)
    bound = min(result.bound, value)
    gap = relative_gap(value, bound)
    return ObjectiveResult(
        metric=objective.metric,
        value=level.sign * value + 0.0,
        bound=level.sign * bound + 0.0,
        gap=gap,
        optimal=value - bound <= max(config.mip_gap * abs(value), CLOSED) + level.tolerance * max(1.0, abs(value)),
        scope=result.scope,
    )
