"""Solution vector -> Plan: the decisions as the solver left them; all else in the plan is recomputed from them."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from models.config import Group
from models.plan import Plan
from models.problem.objective import Metric
from optimizer.data.scenarios import ScenarioData
from optimizer.formulation.family import Index
from optimizer.outcome.figures.conceded import Case, needed
from optimizer.outcome.figures.decided import Decided
from optimizer.outcome.figures.metrics import metrics
from optimizer.outcome.figures.plan import plan_of

DUST = 1e-7
"""Amounts and levels below this are rounding: a hundred times the feasibility tolerance of the last linear program."""
HALF = 0.5
"""Where a binary that the solver left within its integrality tolerance is rounded."""

Floats = NDArray[np.float64]
Name = tuple[str, Index]
Values = Mapping[str, Mapping[Index, float]]


def extract(
    scenarios: Sequence[ScenarioData],
    columns: Sequence[Name],
    values: Floats,
    relax: Collection[Group],
    wanted: Collection[Metric] = (),
) -> tuple[Plan, dict[Metric, float]]:
    """The plan in a solution vector, with some groups relaxed, and the `wanted` metrics as its own figures say them."""
    of = by_variable(columns, values)
    bests = {scenario.id: scenario.best for scenario in scenarios if scenario.best is not None}
    conceded = _conceded(scenarios, of)
    each = [decided(scenario, of, conceded, relax) for scenario in scenarios]
    plan = plan_of(each, bests)
    return plan, metrics(each, plan, wanted)


def by_variable(columns: Sequence[Name], values: Floats) -> Values:
    """The values above dust, by variable and index; no decision is negative."""
    of: dict[str, dict[Index, float]] = {}
    for number in np.flatnonzero(values > DUST).tolist():
        name, index = columns[number]
        of.setdefault(name, {})[index] = float(values[number])
    return of


def decided(scenario: ScenarioData, of: Values, conceded: Mapping[Case, float], relax: Collection[Group]) -> Decided:
    """The decisions of one scenario. A run at level zero is none: what a run alone satisfies has a least level (T14)."""

    def value(name: str) -> Mapping[Any, float]:
        return of.get(f"{name}@{scenario.id}", of.get(name, {}))

    chosen = {index for index, run in value("y").items() if run > HALF}
    runs = {(a, t): (f, level) for (a, f, t), level in value("e").items() if (a, f, t) in chosen}
    return Decided(
        problem=scenario.problem,
        scenario=scenario.id,
        is_only=len(scenario.index.problems) == 1,
        has_separate_scenarios=scenario.has_recourse,
        probability=scenario.probability,
        effect_multiplier=scenario.effect_multiplier,
        risk_multiplier=scenario.risk_multiplier,
        relaxed=frozenset(relax),
        flags={(a, t): f for a, f, t in _in_any_scenario(of, "e") if (a, f, t) in chosen},
        present=frozenset((c, a, t) for c, a, _, t in _in_any_scenario(of, "x")),
        given={(c, a, r, t): x for (c, a, r, t), x in value("x").items() if (a, t) in runs},
        runs=runs,
        paid=value("pay"),
        conceded=conceded,
        bought={index: float(round(units)) for index, units in value("n").items() if units > HALF},
        counted_on=value("E"),
    )


def _conceded(scenarios: Sequence[ScenarioData], of: Values) -> dict[Case, float]:
    """What was conceded, once for all scenarios: as much as the one needs that needs most."""
    granted: Mapping[Any, float] = of.get("g", {})
    if not granted:
        return {}
    flags = {(a, f) for a, f, _ in _in_any_scenario(of, "e")}
    found: dict[Case, float] = {}
    for scenario in scenarios:
        for case, points in needed(scenario.problem, flags, granted).items():
            found[case] = max(points, found.get(case, 0.0))
    return found


def _in_any_scenario(of: Values, name: str) -> Iterator[Any]:
    """The indices at which a kind of variable is above zero, in whichever scenario."""
    return (index for each, values in of.items() if each.partition("@")[0] == name for index in values)
