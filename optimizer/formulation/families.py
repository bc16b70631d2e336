"""The table of contents: the families in order, and how they become one program.

`assemble` declares the variables, lets every family write into the ledgers, attaches every family's rows, and adds the
objectives. The program is the superset of all that politics could close: what is closed is a limit beside it.
"""

from dataclasses import dataclass
from typing import Any

from models.config import Group
from models.problem.objective import Metric
from models.problem.problem import Problem
from optimizer.data.effective_objectives import effective_objectives
from optimizer.data.scenarios import Bests, ScenarioData, scenarios_of
from optimizer.formulation.constraints import (
    alternatives,
    availability,
    awareness_gate,
    baseline,
    benefit,
    budgeted,
    burden,
    cascade,
    caveat,
    concessions,
    consensus,
    consent,
    cost,
    day_after,
    divergence,
    dominance,
    effect,
    floors,
    investment,
    lead_time,
    level,
    locks,
    majority,
    needs,
    one_framework,
    opposition,
    participation,
    partner_coordination,
    prevention,
    quorum,
    reputation,
    reserve,
    risk,
    risk_dynamics,
    rivalry,
    roles,
    s_curve,
    spoilers,
    synergy,
    threshold,
    willingness,
)
from optimizer.formulation.declaration import declare, has_separate_scenarios
from optimizer.formulation.family import Family, Limit
from optimizer.formulation.garbage_collection import paused_garbage_collection
from optimizer.formulation.objectives.metric import Views
from optimizer.formulation.objectives.metrics import METRICS
from optimizer.formulation.variables import Decisions
from optimizer.pyomo_model.writing import PyomoWriter

FAMILIES: tuple[Family, ...] = (
    availability.FAMILY,
    needs.FAMILY,
    level.FAMILY,
    one_framework.FAMILY,
    participation.FAMILY,
    partner_coordination.FAMILY,
    concessions.FAMILY,
    consensus.FAMILY,
    majority.FAMILY,
    quorum.FAMILY,
    willingness.FAMILY,
    cascade.FAMILY,
    consent.FAMILY,
    rivalry.FAMILY,
    divergence.FAMILY,
    effect.FAMILY,
    threshold.FAMILY,
    s_curve.FAMILY,
    risk.FAMILY,
    awareness_gate.FAMILY,
    day_after.FAMILY,
    cost.FAMILY,
    burden.FAMILY,
    prevention.FAMILY,
    roles.FAMILY,
    floors.FAMILY,
    budgeted.FAMILY,
    investment.FAMILY,
    reputation.FAMILY,
    risk_dynamics.FAMILY,
    lead_time.FAMILY,
    benefit.FAMILY,
    reserve.FAMILY,
    alternatives.FAMILY,
    baseline.FAMILY,
    locks.FAMILY,
    synergy.FAMILY,
    dominance.FAMILY,
    caveat.FAMILY,
    opposition.FAMILY,
    spoilers.FAMILY,
)


OBJECTIVE_ROWS = "objective_rows"
"""The rows that metrics bring."""


@dataclass(frozen=True, kw_only=True)
class Program:
    """A problem as a Pyomo program, with what lies beside it."""

    pyomo: Any
    """The `ConcreteModel`: one component a family, rows indexed as it names them; an objective for each metric."""
    scenarios: tuple[ScenarioData, ...]
    decisions: tuple[Decisions, ...]
    """One for each scenario."""
    limits: tuple[tuple[Family, Limit], ...]
    """What politics closes: bounds on variables, each with the family it comes from."""


GROUPS: dict[str, Group | None] = {**{family.name: family.group for family in FAMILIES}, OBJECTIVE_ROWS: None}
"""The group that frees each family's rows; None for facts."""


def assemble(problem: Problem, bests: Bests | None = None) -> Program:
    """The program of a problem, written family by family; nothing is relaxed and nothing is fixed in it.

    `bests` holds what each scenario could reach at best, where regret is measured against it.
    """
    with paused_garbage_collection():
        writer, all_futures = PyomoWriter(), scenarios_of(problem, bests)
        views = tuple(zip(all_futures, declare(writer, all_futures, FAMILIES), strict=True))
        for scenario, d in views:
            for family in FAMILIES:
                family.terms(scenario, d)
        for family in FAMILIES:
            _write_rows(writer, family, views)
        _write_objectives(writer, problem, views)
        limits = tuple(
            (family, limit) for scenario, d in views for family in FAMILIES for limit in family.limits(scenario, d)
        )
        decisions = tuple(d for _, d in views)
        return Program(pyomo=writer.program, scenarios=all_futures, decisions=decisions, limits=limits)


def _write_rows(writer: PyomoWriter, family: Family, views: Views) -> None:
    writer.family(family.name)
    separate = has_separate_scenarios([scenario for scenario, _ in views])
    for number, (scenario, d) in enumerate(views):
        if number > 0 and not (family.per_scenario or separate):
            continue
        for index, relation in family.all_rows(scenario, d):
            writer.row(index if len(views) == 1 else (*index, scenario.id), relation)


def _write_objectives(writer: PyomoWriter, problem: Problem, views: Views) -> None:
    writer.family(OBJECTIVE_ROWS)
    for name in dict.fromkeys(aim.metric for aim in effective_objectives(problem)):
        metric = METRICS[name]
        handles = {own.name: writer.variables(own) for own in metric.declare(problem, views)}
        for index, relation in metric.rows(problem, views, handles):
            writer.row((name, *index), relation)
        writer.objective(objective_name(name, 0), metric.expression(problem, views, handles))
        for place, expression in enumerate(metric.refinements(problem, views, handles), start=1):
            writer.objective(objective_name(name, place), expression)


def objective_name(metric: str, place: int) -> str:
    """How an objective is called in the program: a metric, or what goes on with it, counted from 1."""
    return f"metric_{metric}+{place}" if place else f"metric_{metric}"


def metric_of(name: str) -> Metric:
    """Which metric an objective of the program belongs to."""
    return METRICS[name.removeprefix("metric_").partition("+")[0]].name  # type: ignore[index]
