"""Plan -> values of columns: the opposite of `optimizer.outcome.extract`."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from models.plan import Plan
from optimizer.arrays.array_types import Floats, Name
from optimizer.arrays.compiled import CompiledProgram
from optimizer.formulation.family import Index
from optimizer.outcome.by_scenario import ALL, compared_scenarios, runs_of

EFFORTS = ("x", "e", "pay")
"""Variables that a plan with recourse decides by scenario."""


@dataclass(frozen=True)
class PlanValues:
    """The decisions of a plan as values of columns, by variable, index and scenario (None: all scenarios)."""

    values: Mapping[tuple[str, Index, str | None], float]
    separate: frozenset[str | None] = frozenset()
    """The scenarios that the plan decides apart; without recourse none."""

    def of(self, name: Name) -> float:
        """The value of a column, which may belong to one scenario; 0 if the plan does not state it.

        A scenario that the plan does not decide apart has the values of all.
        """
        variable, _, scenario = name[0].partition("@")
        own = scenario if scenario in self.separate and variable in EFFORTS else None
        return self.values.get((variable, name[1], own), 0.0)

    def in_program(self, compiled: CompiledProgram) -> Floats:
        """The value of each column of a program; names that the program does not have are left out."""
        return np.array([self.of(name) for name in compiled.columns])


def plan_values(plan: Plan) -> PlanValues:
    """The runs, amounts, participations, payments and investments of a plan, as values of columns.

    A program that decides for all scenarios at once is compared with the mean of amounts that differ by scenario.
    """
    scenarios = compared_scenarios([plan])
    found: dict[tuple[str, Index, str | None], float] = {}

    def add(variable: str, index: Index, scenario: str | None, value: float) -> None:
        keys = {(variable, index, scenario): value}
        if scenario is not None:
            keys[variable, index, None] = value / len(scenarios)
        for key, part in keys.items():
            found[key] = found.get(key, 0.0) + part

    for one in plan.allocations:
        add("x", (one.contributor, one.activity, one.resource, one.period), one.scenario, one.amount)
    for paid in plan.coordination:
        add("pay", (paid.member, paid.partner, paid.resource, paid.period), paid.scenario, paid.amount)
    for scenario, run in runs_of(plan, ALL):
        add("e", (run.id, run.framework, run.period), scenario, run.level)
    for variable, index, value in _choices(plan):
        found[variable, index, None] = value
    return PlanValues(found, frozenset(scenarios) - {None})


def _choices(plan: Plan) -> Iterator[tuple[str, Index, float]]:
    """What the plan decides for all scenarios: runs, participations and purchases."""
    for run in plan.activities:
        yield "y", (run.id, run.framework, run.period), 1.0
        for c in run.participants:
            yield from ((variable, (c, run.id, run.period), 1.0) for variable in ("counts", "present"))
    yield from (("n", (bought.id, bought.period), bought.units) for bought in plan.investments)


def columns_of(compiled: CompiledProgram, variables: Sequence[str]) -> NDArray[np.bool_]:
    """Mask of the columns of these variables, in any scenario."""
    return np.array([name.partition("@")[0] in variables for name, _ in compiled.columns], dtype=np.bool_)
