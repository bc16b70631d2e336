"""C33 baseline: what is announced is kept, or its reversal counted."""

from collections.abc import Iterator

from models.problem.baseline import Baseline
from models.problem.problem import Problem
from optimizer.data.baseline import baseline_amounts, unit_cost
from optimizer.data.scenarios import ScenarioData
from optimizer.formulation.family import Family, Own, Rows
from optimizer.formulation.linear_expression import Term, linear
from optimizer.formulation.variables import Decisions

ALL = ("all",)


def declare(scenario: ScenarioData) -> Iterator[Own]:
    """change[c,a,r,t] >= 0, where something is announced [unit of r]; total_change >= 0, M EUR.

    Each scenario's own: a plan in force may announce other efforts for other scenarios.
    """
    if _counted(scenario.problem) is not None:
        there = set(scenario.index.contributions)
        kept = tuple(key for key in baseline_amounts(scenario.problem, scenario.id) if key in there)
        yield Own(name="change", index=kept, scope="scenario")
        yield Own(name="total_change", index=(ALL,), scope="scenario")


def rows(scenario: ScenarioData, d: Decisions) -> Rows:
    """C33, x' being what the plan in force announces.

    more, less, one row each per announced contribution: change[c,a,r,t] >= x - x' and >= x' - x  [unit of r].
    together: total_change >= sum of v[r] * change[c,a,r,t]  [M EUR]; where nothing is announced, change is x itself;
    what is announced and cannot exist any longer is change.
    max_change: total_change <= max_change.
    """
    baseline = _counted(scenario.problem)
    if baseline is None:
        return
    before = baseline_amounts(scenario.problem, scenario.id)
    for key, change in d.own["change"].items():
        given = d.contribution[key]  # type: ignore[index]
        yield ("more", *key), change - given >= -before[key]  # type: ignore[index]
        yield ("less", *key), change + given >= before[key]  # type: ignore[index]
    together = d.own["total_change"][ALL]
    lost = sum(
        unit_cost(scenario.problem, key[2]) * abs(amount) for key, amount in before.items() if key not in d.contribution
    )
    yield ("together",), linear([(1.0, together), *_changes(scenario, d)]) >= lost
    if baseline.max_change is not None:
        yield ("max_change",), together <= baseline.max_change


def _counted(problem: Problem) -> Baseline | None:
    """The baseline, where change from it is an objective or bounded."""
    baseline = problem.baseline
    wanted = any(objective.metric == "change_from_baseline" for objective in problem.objectives)
    bounded = baseline is not None and baseline.max_change is not None
    return baseline if wanted or bounded else None


def _changes(scenario: ScenarioData, d: Decisions) -> Iterator[Term]:
    changed = d.own["change"]
    for key, given in d.contribution.items():
        value = unit_cost(scenario.problem, key[2])
        if value > 0:
            yield -value, changed.get(key, given)


FAMILY = Family(
    number="C33",
    name="baseline",
    group=None,
    says="what is announced is kept, or its reversal counted",
    declare=declare,
    rows=rows,
    per_scenario=True,
)
