"""The objectives of each priority as one minimised vector over the columns."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Protocol

import numpy as np

from models.problem.objective import Metric, Objective
from optimizer.arrays.array_types import Floats
from optimizer.arrays.solver_arrays import inner


class HasObjectives(Protocol):
    """A program with vectors for its metrics: a `CompiledProgram`, or the standard form of a Pyomo model."""

    @property
    def objectives(self) -> Mapping[Metric, tuple[Floats, float]]:
        """For each metric a vector over the columns and a constant."""

    @property
    def refinements(self) -> Mapping[Metric, tuple[tuple[Floats, float], ...]]:
        """Further expressions of a metric."""


@dataclass(frozen=True, kw_only=True)
class ObjectiveVector:
    """One objective of the problem: its metric as a vector and a constant, in the metric's own sense."""

    objective: Objective
    vector: Floats
    constant: float

    @property
    def sign(self) -> float:
        """-1 if the metric is maximised, else 1: the factor that makes it a minimisation."""
        return -1.0 if self.objective.direction == "maximize" else 1.0

    def value(self, values: Floats) -> float:
        """The metric's value at a solution."""
        return inner(self.vector, values) + self.constant


@dataclass(frozen=True, kw_only=True)
class Priority:
    """The objectives of one priority as one minimised vector."""

    objectives: tuple[ObjectiveVector, ...]
    is_refinement: bool = False
    """Whether it refines an objective of an earlier priority, such as the second-greatest burden after the greatest."""

    @property
    def sign(self) -> float:
        """-1 if the first objective is maximised, else 1."""
        return self.objectives[0].sign

    def weight(self, one: ObjectiveVector) -> float:
        """The weight of an objective in the sum; 1 if it is the only one."""
        return one.objective.weight if len(self.objectives) > 1 else 1.0

    @cached_property
    def vector(self) -> Floats:
        """The weighted sum that is minimised."""
        weighted = (self.weight(one) * one.sign * one.vector for one in self.objectives)
        return sum(weighted, start=np.zeros_like(self.objectives[0].vector))

    @cached_property
    def constant(self) -> float:
        """The constant of that sum."""
        return sum(self.weight(one) * one.sign * one.constant for one in self.objectives)

    def value(self, values: Floats) -> float:
        """The value of the minimised sum at a solution."""
        return inner(self.vector, values) + self.constant

    @property
    def tolerance(self) -> float:
        """Relative: how much of this priority the later ones may give up."""
        return max(one.objective.tolerance for one in self.objectives)


def priorities_of(objectives: Sequence[Objective], program: HasObjectives) -> tuple[Priority, ...]:
    """The priorities in order, 1 first; after each priority, the refinements of its objectives."""
    by_priority: dict[int, list[Objective]] = {}
    for objective in objectives:
        by_priority.setdefault(objective.priority or 1, []).append(objective)
    return tuple(one for _, together in sorted(by_priority.items()) for one in _priorities(together, program))


def _priorities(together: Sequence[Objective], program: HasObjectives) -> Iterator[Priority]:
    yield Priority(objectives=tuple(_vector(one, program.objectives[one.metric]) for one in together))
    for objective in together:
        for refinement in program.refinements.get(objective.metric, ()):
            yield Priority(objectives=(_vector(objective, refinement),), is_refinement=True)


def _vector(objective: Objective, expression: tuple[Floats, float]) -> ObjectiveVector:
    vector, constant = expression
    return ObjectiveVector(objective=objective, vector=vector, constant=constant)
