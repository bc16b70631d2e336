"""Solution vector -> Plan: takes the decisions from the solver and recomputes all other figures from them."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from models.config import Group
from models.plan import Plan
from models.problem.objective import Metric
from optimizer.data.scenarios import ScenarioData
from optimizer.formulation.family import Index
from optimizer.outcome.figures.concessions import Case, needed_concessions
from optimizer.outcome.figures.metrics import metrics
from optimizer.outcome.figures.plan import build_plan
from optimizer.outcome.figures.scenario_decisions import ScenarioDecisions
from optimizer.tolerances import HALF

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
    """The plan in a solution vector, and its values of the `wanted` metrics.

    Args:
        scenarios: The scenarios of the program.
        columns: The names of the columns.
        values: The solution vector, one value per column.
        relax: The groups of constraints that are relaxed.
        wanted: The metrics to compute from the figures of the plan.
    """
    of = values_by_variable(columns, values)
    bests = {scenario.id: scenario.best for scenario in scenarios if scenario.best is not None}
    concessions = _concessions(scenarios, of)
    decisions = [scenario_decisions(scenario, of, concessions, relax) for scenario in scenarios]
    plan = build_plan(decisions, bests)
    return plan, metrics(decisions, plan, wanted)


def values_by_variable(columns: Sequence[Name], values: Floats) -> Values:
    """{variable: {index: value}} for values above 0; no decision is negative."""
    of: dict[str, dict[Index, float]] = {}
    for number in np.flatnonzero(values > 0).tolist():
        name, index = columns[number]
        of.setdefault(name, {})[index] = float(values[number])
    return of


def scenario_decisions(
    scenario: ScenarioData, of: Values, concessions: Mapping[Case, float], relax: Collection[Group]
) -> ScenarioDecisions:
    """The decisions of one scenario.

    Runs at level zero are dropped: activities whose run alone satisfies a rule have a min_level above 0 (T14).
    """

    def value(name: str) -> Mapping[Any, float]:
        return of.get(f"{name}@{scenario.id}", of.get(name, {}))

    chosen = {index for index, run in value("y").items() if run > HALF}
    runs = {(a, t): (f, level) for (a, f, t), level in value("e").items() if (a, f, t) in chosen}
    return ScenarioDecisions(
        problem=scenario.problem,
        scenario=scenario.id,
        is_only_scenario=len(scenario.index.problems) == 1,
        has_recourse=scenario.has_recourse,
        probability=scenario.probability,
        effect_multiplier=scenario.effect_multiplier,
        risk_multiplier=scenario.risk_multiplier,
        relax=frozenset(relax),
        frameworks={(a, t): f for a, f, t in _in_any_scenario(of, "e") if (a, f, t) in chosen},
        present=frozenset((c, a, t) for c, a, _, t in _in_any_scenario(of, "x")),
        contributions={(c, a, r, t): x for (c, a, r, t), x in value("x").items() if (a, t) in runs},
        runs=runs,
        payments=value("pay"),
        concessions=concessions,
        investments={index: float(round(units)) for index, units in value("n").items() if units > HALF},
        committed_levels=value("E"),
    )


def _concessions(scenarios: Sequence[ScenarioData], of: Values) -> dict[Case, float]:
    """The concessions, the same in all scenarios: for each case, the greatest need over the scenarios."""
    granted: Mapping[Any, float] = of.get("g", {})
    if not granted:
        return {}
    frameworks = {(a, f) for a, f, _ in _in_any_scenario(of, "e")}
    found: dict[Case, float] = {}
    for scenario in scenarios:
        for case, points in needed_concessions(scenario.problem, frameworks, granted).items():
            found[case] = max(points, found.get(case, 0.0))
    return found


def _in_any_scenario(of: Values, name: str) -> Iterator[Any]:
    """The indices at which a variable is above zero in some scenario."""
    return (index for each, values in of.items() if each.partition("@")[0] == name for index in values)
