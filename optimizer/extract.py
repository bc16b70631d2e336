"""Solution vector -> Plan: the decisions as the solver left them; all else in the plan is recomputed from them."""

from collections.abc import Mapping, Sequence
from typing import Any

from models.plan import Plan
from optimizer.compile import Compiled, Floats
from optimizer.family import Index
from optimizer.future import Future
from optimizer.results.decided import Decided
from optimizer.results.plan import plan_of

DUST = 1e-7
"""Amounts and levels below this are rounding: a hundred times the feasibility tolerance of the last linear program."""
HALF = 0.5
"""Where a binary that the solver left within its integrality tolerance is rounded."""

Values = Mapping[str, Mapping[Index, float]]


def extract(futures: Sequence[Future], compiled: Compiled, values: Floats) -> Plan:
    """The plan in a solution vector."""
    of = by_variable(compiled, values)
    bests = {future.id: future.best for future in futures if future.best is not None}
    return plan_of([decided(future, of) for future in futures], bests)


def by_variable(compiled: Compiled, values: Floats) -> Values:
    """The values above dust, by variable and index; no decision is negative."""
    of: dict[str, dict[Index, float]] = {}
    for (name, index), value in zip(compiled.columns, values.tolist(), strict=True):
        if value > DUST:
            of.setdefault(name, {})[index] = value
    return of


def decided(future: Future, of: Values) -> Decided:
    """The decisions of one future. A run at level zero is none: what a run alone satisfies has a least level (T14)."""

    def value(name: str) -> Mapping[Any, float]:
        return of.get(f"{name}@{future.id}", of.get(name, {}))

    chosen = {index for index, run in value("y").items() if run > HALF}
    runs = {(a, t): (f, level) for (a, f, t), level in value("e").items() if (a, f, t) in chosen}
    return Decided(
        problem=future.problem,
        scenario=future.id,
        is_only=len(future.index.problems) == 1,
        is_separate=future.has_recourse,
        probability=future.probability,
        effect_multiplier=future.effect_multiplier,
        risk_multiplier=future.risk_multiplier,
        given={(c, a, r, t): x for (c, a, r, t), x in value("x").items() if (a, t) in runs},
        runs=runs,
        paid=value("pay"),
        conceded=value("g"),
        bought={index: float(round(units)) for index, units in value("n").items() if units > HALF},
    )
