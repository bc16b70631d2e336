"""Solution vector -> Plan: the decisions as the solver left them; all else in the plan is recomputed from them."""

from collections.abc import Mapping

from models.plan import Plan
from models.problem.problem import Problem
from optimizer.compile import Compiled, Floats
from optimizer.family import Index
from optimizer.results.decided import Decided
from optimizer.results.plan import plan_of

DUST = 1e-7
"""Amounts and levels below this are rounding: a hundred times the feasibility tolerance of the last linear program."""
HALF = 0.5
"""Where a binary that the solver left within its integrality tolerance is rounded."""

Values = Mapping[str, Mapping[Index, float]]


def extract(problem: Problem, compiled: Compiled, values: Floats) -> Plan:
    """The plan in a solution vector."""
    return plan_of(decided(problem, by_variable(compiled, values)))


def by_variable(compiled: Compiled, values: Floats) -> Values:
    """The values above dust, by variable and index; no decision is negative."""
    of: dict[str, dict[Index, float]] = {}
    for (name, index), value in zip(compiled.columns, values.tolist(), strict=True):
        if value > DUST:
            of.setdefault(name, {})[index] = value
    return of


def decided(problem: Problem, of: Values) -> Decided:
    """The decisions among the values. A run at level zero is none: what a run alone satisfies has a least level (T14)."""
    chosen = {index for index, value in of.get("y", {}).items() if value > HALF}
    runs = {(a, t): (f, level) for (a, f, t), level in of.get("e", {}).items() if (a, f, t) in chosen}
    given = {(c, a, r, t): x for (c, a, r, t), x in of.get("x", {}).items() if (a, t) in runs}
    return Decided(
        problem=problem,
        given=given,  # type: ignore[arg-type]
        runs=runs,  # type: ignore[arg-type]
        paid=dict(of.get("pay", {})),  # type: ignore[arg-type]
        conceded=dict(of.get("g", {})),  # type: ignore[arg-type]
        bought={index: float(round(units)) for index, units in of.get("n", {}).items() if units > HALF},  # type: ignore[misc]
    )
