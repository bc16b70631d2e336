"""C33 baseline: announced contributions are kept, or each change from them is counted."""

from collections.abc import Iterator

from models.problem.baseline import Baseline
from models.problem.problem import Problem
from optimizer.data.baseline import baseline_amounts, unit_cost
from optimizer.data.scenarios import ScenarioData
from optimizer.formulation.family import Family, Rows, VariableSet
from optimizer.formulation.linear_expression import Term, linear
from optimizer.formulation.variables import DecisionVariables

ALL = ("all",)


def declare(scenario: ScenarioData) -> Iterator[VariableSet]:
    """change[c,a,r,t] >= 0 per announced contribution [unit of r]; total_change >= 0, M EUR.

    Each scenario has its own, because the baseline plan may announce different contributions per scenario.
    """
    if _counted(scenario.problem) is not None:
        possible = set(scenario.index.contributions)
        announced = tuple(key for key in baseline_amounts(scenario.problem, scenario.id) if key in possible)
        yield VariableSet(name="change", index=announced, scope="scenario")
        yield VariableSet(name="total_change", index=(ALL,), scope="scenario")


def rows(scenario: ScenarioData, d: DecisionVariables) -> Rows:
    """C33, rows per announced contribution, x' being its amount in the baseline plan.

    more, less, one row each per announced contribution: change[c,a,r,t] >= x - x' and >= x' - x  [unit of r].
    together, one row: total_change >= sum of v[r] * change[c,a,r,t]  [M EUR]. For a contribution that is not announced,
    change is x itself. An announced contribution that can no longer exist counts in full.
    max_change, one row: total_change <= max_change  [M EUR].
    """
    baseline = _counted(scenario.problem)
    if baseline is None:
        return
    announced = baseline_amounts(scenario.problem, scenario.id)
    for key, change in d.own["change"].items():
        contribution = d.contribution[key]  # type: ignore[index]
        yield ("more", *key), change - contribution >= -announced[key]  # type: ignore[index]
        yield ("less", *key), change + contribution >= announced[key]  # type: ignore[index]
    total_change = d.own["total_change"][ALL]
    no_longer_possible = sum(
        unit_cost(scenario.problem, key[2]) * abs(amount)
        for key, amount in announced.items()
        if key not in d.contribution
    )
    yield ("together",), linear([(1.0, total_change), *_changes(scenario, d)]) >= no_longer_possible
    if baseline.max_change is not None:
        yield ("max_change",), total_change <= baseline.max_change


def _counted(problem: Problem) -> Baseline | None:
    """The baseline, or None if change from it is neither an objective nor bounded."""
    baseline = problem.baseline
    is_objective = any(objective.metric == "change_from_baseline" for objective in problem.objectives)
    is_bounded = baseline is not None and baseline.max_change is not None
    return baseline if is_objective or is_bounded else None


def _changes(scenario: ScenarioData, d: DecisionVariables) -> Iterator[Term]:
    changes = d.own["change"]
    for key, contribution in d.contribution.items():
        value = unit_cost(scenario.problem, key[2])
        if value > 0:
            yield -value, changes.get(key, contribution)


FAMILY = Family(
    number="C33",
    name="baseline",
    group=None,
    says="announced contributions are kept, or each change is counted",
    declare=declare,
    rows=rows,
    per_scenario=True,
)
