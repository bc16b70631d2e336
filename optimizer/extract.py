"""Solution vector -> Plan: the decisions as the solver left them, and what follows from them."""

from collections.abc import Mapping

from models.ids import ActivityId, FrameworkId, PeriodId
from models.plan import Allocation, Plan
from models.problem.problem import Problem
from optimizer.compile import Compiled, Floats
from optimizer.family import Index
from optimizer.results import Given, Runs, results

DUST = 1e-9
"""Amounts and levels below this are rounding: a hundredth of the solver's feasibility tolerance (1e-7)."""
HALF = 0.5
"""Where a binary that the solver left within its integrality tolerance is rounded."""


def extract(problem: Problem, compiled: Compiled, values: Floats) -> Plan:
    """The plan in a solution vector; every figure that follows from the decisions is recomputed from them."""
    of = _by_variable(compiled, values)
    runs = _runs(of)
    given: Given = {
        (c, a, r, t): amount
        for (c, a, r, t), amount in of.get("x", {}).items()
        if amount > DUST and (a, t) in runs
    }  # type: ignore[assignment]
    allocations = tuple(
        Allocation(contributor=c, activity=a, resource=r, period=t, amount=amount)
        for (c, a, r, t), amount in given.items()
    )
    return results(problem, allocations, given, runs)


def _by_variable(compiled: Compiled, values: Floats) -> Mapping[str, dict[Index, float]]:
    of: dict[str, dict[Index, float]] = {}
    for (name, index), value in zip(compiled.columns, values.tolist(), strict=True):
        of.setdefault(name, {})[index] = value
    return of


def _runs(of: Mapping[str, dict[Index, float]]) -> Runs:
    """Which framework each activity runs under in each period, and at which level; a run at level zero is none."""
    chosen = {index for index, value in of.get("y", {}).items() if value > HALF}
    runs: dict[tuple[ActivityId, PeriodId], tuple[FrameworkId, float]] = {}
    for index, level in of.get("e", {}).items():
        if index in chosen and level > DUST:
            a, f, t = index
            runs[ActivityId(a), PeriodId(t)] = (FrameworkId(f), level)
    return runs
