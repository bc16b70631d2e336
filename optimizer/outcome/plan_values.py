"""Plan -> values of columns: the opposite of `optimizer.outcome.extract`."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from models.plan import Plan
from optimizer.arrays.array_types import Floats, Name
from optimizer.arrays.compiled import CompiledProgram
from optimizer.formulation.family import Index


@dataclass(frozen=True)
class PlanValues:
    """The decisions of a plan as values of columns, by variable, index and scenario (None: all scenarios)."""

    values: Mapping[tuple[str, Index, str | None], float]

    def of(self, name: Name) -> float:
        """The value of a column, which may belong to one scenario; 0 if the plan does not state it."""
        variable, _, scenario = name[0].partition("@")
        own = self.values.get((variable, name[1], scenario or None))
        return own if own is not None else self.values.get((variable, name[1], None), 0.0)

    def in_program(self, compiled: CompiledProgram) -> Floats:
        """The value of each column of a program; names that the program does not have are left out."""
        return np.array([self.of(name) for name in compiled.columns])


def plan_values(plan: Plan) -> PlanValues:
    """The runs, amounts, participations, payments and investments of a plan, as values of columns."""
    found: dict[tuple[str, Index, str | None], float] = {}
    for allocation in plan.allocations:
        index = allocation.contributor, allocation.activity, allocation.resource, allocation.period
        key = "x", index, allocation.scenario
        found[key] = found.get(key, 0.0) + allocation.amount
    for run in plan.activities:
        found["y", (run.id, run.framework, run.period), None] = 1.0
        found["e", (run.id, run.framework, run.period), run.scenario] = run.level
        for c in run.participants:
            for variable in ("counts", "present"):
                found[variable, (c, run.id, run.period), None] = 1.0
    for paid in plan.coordination:
        found["pay", (paid.member, paid.partner, paid.resource, paid.period), paid.scenario] = paid.amount
    for bought in plan.investments:
        found["n", (bought.id, bought.period), None] = bought.units
    return PlanValues(found)


def columns_of(compiled: CompiledProgram, variables: Sequence[str]) -> NDArray[np.bool_]:
    """Mask of the columns of these variables, in any scenario."""
    return np.array([name.partition("@")[0] in variables for name, _ in compiled.columns], dtype=np.bool_)
