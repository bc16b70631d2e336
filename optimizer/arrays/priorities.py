"""The levels: the objectives of each priority as one minimised sum, and what a plan is worth in them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from models.config import SolverConfig
from models.outcome import ObjectiveResult, Scope
from models.problem.objective import Metric, Objective
from optimizer.arrays.compiled import CompiledProgram, Floats
from optimizer.arrays.solver_arrays import inner


@dataclass(frozen=True, kw_only=True)
class Aim:
    """One objective of a level: its metric as a vector and a constant, in its own sense."""

    objective: Objective
    vector: Floats
    constant: float

    @property
    def sign(self) -> float:
        """-1 where it is maximised: what turns its own value into a minimised one."""
        return -1.0 if self.objective.direction == "maximize" else 1.0

    def value(self, values: Floats) -> float:
        """Its own value at a solution."""
        return inner(self.vector, values) + self.constant


@dataclass(frozen=True, kw_only=True)
class Level:
    """The objectives of one priority as one minimised vector."""

    aims: tuple[Aim, ...]
    refines: bool = False
    """Whether it goes on with an objective that an earlier level began: the next greatest burden after the greatest."""

    @property
    def sign(self) -> float:
        """-1 where a single objective is maximised: what turns the minimised value into the metric's own."""
        return self.aims[0].sign

    def weight(self, aim: Aim) -> float:
        """What a unit of an objective is worth beside the others of its priority; nothing to compare with: 1."""
        return aim.objective.weight if len(self.aims) > 1 else 1.0

    @cached_property
    def vector(self) -> Floats:
        """The weighted sum that is minimised."""
        weighted = (self.weight(aim) * aim.sign * aim.vector for aim in self.aims)
        return sum(weighted, start=np.zeros_like(self.aims[0].vector))

    @cached_property
    def constant(self) -> float:
        """The constant of that sum."""
        return sum(self.weight(aim) * aim.sign * aim.constant for aim in self.aims)

    @cached_property
    def unit(self) -> float:
        """What the sum is divided by for the solver: with all coefficients small its tolerances would swallow it."""
        greatest = float(np.abs(self.vector).max(initial=0.0))
        return greatest if 0 < greatest < 1 else 1.0

    def value(self, values: Floats) -> float:
        """What is minimised, at a solution."""
        return inner(self.vector, values) + self.constant

    def least(self, lower: Floats, upper: Floats) -> float:
        """What is minimised cannot fall below, by the bounds of the columns alone."""
        used = np.flatnonzero(self.vector)
        reached = self.vector[used] * np.where(self.vector[used] > 0, lower[used], upper[used])
        return float(reached.sum()) + self.constant

    @property
    def tolerance(self) -> float:
        """Relative: how much of this level the later ones may give up."""
        return max(aim.objective.tolerance for aim in self.aims)


def priorities_of(objectives: Sequence[Objective], compiled: CompiledProgram) -> tuple[Level, ...]:
    """Objectives by priority, 1 first (see `aims`); after each priority, what goes on with one of its objectives."""
    by_priority: dict[int, list[Objective]] = {}
    for objective in objectives:
        by_priority.setdefault(objective.priority or 1, []).append(objective)
    return tuple(level for _, together in sorted(by_priority.items()) for level in _levels(together, compiled))


def _levels(together: Sequence[Objective], compiled: CompiledProgram) -> Iterator[Level]:
    yield Level(aims=tuple(_aim(objective, compiled.objectives[objective.metric]) for objective in together))
    for objective in together:
        for further in compiled.refinements.get(objective.metric, ()):
            yield Level(aims=(_aim(objective, further),), refines=True)


def _aim(objective: Objective, expression: tuple[Floats, float]) -> Aim:
    vector, constant = expression
    return Aim(objective=objective, vector=vector, constant=constant)


@dataclass(frozen=True, kw_only=True)
class PriorityResult:
    """What was proven of a level: the bound of what is minimised, in which scope, and whether the solver closed it."""

    level: Level
    bound: float
    scope: Scope
    closed: bool


def relative_gap(value: float, bound: float) -> float:
    """|value - bound| over |value|; the plain difference where the value is below 1e-9; never negative."""
    difference = max(value - bound, 0.0)
    scale = abs(value)
    return difference / scale if scale > ZERO else difference


PRICED = 1e-5
"""Relative: where the solver has closed a level, what may still lie between the bound and the plan: the bound may use
the feasibility tolerance (1e-7) of the rows that hold earlier levels, at their price."""
ZERO = 1e-9
"""Values below this are zero to the solver's tolerance."""
CLOSED = 1e-6
"""An absolute gap that counts as closed: HiGHS's own `mip_abs_gap`, in the unit of the level."""


def objective_results(
    results: Sequence[PriorityResult], values: Floats, config: SolverConfig, achieved: Mapping[Metric, float]
) -> tuple[ObjectiveResult, ...]:
    """What each objective reached in the final plan, and what was proven of it.

    `achieved` is what the plan's own figures come to: where the program was indifferent (an objective that may give
    something up, a burden below the greatest), the plan can be better than the program's variables say. Better than
    what is proven it cannot be: then the program's word is reported, for the check of the plan to refuse. Objectives
    added up within one priority share the gap of their sum; the bound of each is how far it could still go while the
    others of its priority stay where they are.
    """
    said = _Said(values=values, achieved=achieved)
    alone = _Said(values=values, achieved={})
    return tuple(
        _objective_result(result, aim, results, alone if _is_too_good(result, said) else said, config)
        for result in results
        if not result.level.refines
        for aim in result.level.aims
    )


@dataclass(frozen=True, kw_only=True)
class _Said:
    """What is said of the final plan, by the program's variables and by the plan's own figures."""

    values: Floats
    achieved: Mapping[Metric, float]

    def reached(self, aim: Aim) -> float:
        """The better of the two."""
        program = aim.value(self.values)
        plan = self.achieved.get(aim.objective.metric, program)
        return aim.sign * min(aim.sign * program, aim.sign * plan)

    def together(self, level: Level) -> float:
        """The sum that is minimised."""
        return sum(level.weight(aim) * aim.sign * self.reached(aim) for aim in level.aims)


def _is_too_good(result: PriorityResult, said: _Said) -> bool:
    """Whether a plan would beat what is proven of every plan: then the program is wrong about one of the two."""
    slack = PRICED * (result.level.unit + abs(result.bound))
    return result.scope == "full" and said.together(result.level) < result.bound - slack


def _objective_result(
    result: PriorityResult, aim: Aim, levels: Sequence[PriorityResult], said: _Said, config: SolverConfig
) -> ObjectiveResult:
    level = result.level
    together = said.together(level)
    short = max(together - result.bound, 0.0)
    further = [one for one in levels if one.level.refines and one.level.aims[0].objective == aim.objective]
    return ObjectiveResult(
        metric=aim.objective.metric,
        value=said.reached(aim) + 0.0,
        bound=said.reached(aim) - aim.sign * short / level.weight(aim) + 0.0,
        gap=relative_gap(together, together - short),
        optimal=_is_closed(result, together, config)
        and all(_is_closed(one, one.level.value(said.values), config) for one in further),
        scope="full" if all(one.scope == "full" for one in (result, *further)) else "integers_held",
    )


def _is_closed(result: PriorityResult, value: float, config: SolverConfig) -> bool:
    """Whether the gap of a level is closed to what was asked, or to what a later level was allowed to give up."""
    least = PRICED * max(1.0, abs(value)) if result.closed else CLOSED * result.level.unit
    asked = max(config.mip_gap * abs(value), least)
    return value - result.bound <= asked + result.level.tolerance * abs(result.bound)
