"""The table of contents: the families in order, and how they become one program.

`assemble` declares the variables, lets every family write into the ledgers, attaches every family's rows, and adds the
objectives. The program is the superset of all that politics could close: what is closed is a limit beside it.
"""

from dataclasses import dataclass
from typing import Any

import pyomo.environ as pyo

from models.config import Group
from models.problem.problem import Problem
from optimizer.aims import aims
from optimizer.collection import collected_later
from optimizer.constraints import (
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
from optimizer.decisions import Decisions
from optimizer.declare import declare, impossible, is_separate, variables
from optimizer.expressions import Expression
from optimizer.family import Family, Index, Limit
from optimizer.future import Bests, Future, futures
from optimizer.objectives.metric import Views
from optimizer.objectives.metrics import METRICS

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


@dataclass(frozen=True, kw_only=True)
class Program:
    """A problem as a Pyomo program, with what lies beside it."""

    pyomo: Any
    """The `ConcreteModel`: one component a family, rows indexed as it names them; an objective for each metric."""
    futures: tuple[Future, ...]
    decisions: tuple[Decisions, ...]
    """One for each future."""
    limits: tuple[tuple[Family, Limit], ...]
    """What politics closes: bounds on variables, each with the family it comes from."""

    @property
    def groups(self) -> dict[str, Group | None]:
        """The group that frees each family's rows; None for facts."""
        return {family.name: family.group for family in FAMILIES}


def assemble(problem: Problem, bests: Bests | None = None) -> Program:
    """The program of a problem; nothing is relaxed and nothing is fixed in it.

    `bests` holds what each future could reach at best, where regret is measured against it.
    """
    with collected_later():
        return _assembled(problem, bests)


def _assembled(problem: Problem, bests: Bests | None) -> Program:
    program = pyo.ConcreteModel()
    all_futures = futures(problem, bests)
    views = tuple(zip(all_futures, declare(program, all_futures, FAMILIES), strict=True))
    for future, d in views:
        for family in FAMILIES:
            family.terms(future, d)
    for family in FAMILIES:
        _attach(program, family, views)
    _attach_objectives(program, problem, views)
    limits = tuple((family, limit) for future, d in views for family in FAMILIES for limit in family.limits(future, d))
    return Program(
        pyomo=program, futures=all_futures, decisions=tuple(decisions for _, decisions in views), limits=limits
    )


def _attach(program: Any, family: Family, views: Views) -> None:  # noqa: ANN401
    component = pyo.Constraint(pyo.Any)
    program.add_component(family.name, component)
    separate = is_separate([future for future, _ in views])
    for number, (future, d) in enumerate(views):
        if number > 0 and not (family.per_future or separate):
            continue
        for index, relation in family.rows(future, d):
            _add(program, component, index if len(views) == 1 else (*index, future.id), relation)


def _add(program: Any, component: Any, index: Index, relation: Expression) -> None:  # noqa: ANN401
    """Attach one row; a relation without variables is either always true (no row) or never (a row that cannot hold)."""
    if index in component:
        raise ValueError(f"two rows of {component.local_name} are named {index}")
    if relation is True:
        return
    component[index] = impossible(program) if relation is False else relation


def _attach_objectives(program: Any, problem: Problem, views: Views) -> None:  # noqa: ANN401
    program.objective_rows = pyo.Constraint(pyo.Any)
    for name in dict.fromkeys(aim.metric for aim in aims(problem)):
        metric = METRICS[name]
        handles = {own.name: variables(program, own) for own in metric.declare(problem, views)}
        for index, relation in metric.rows(problem, views, handles):
            _add(program, program.objective_rows, (name, *index), relation)
        program.add_component(f"metric_{name}", _minimised(metric.expression(problem, views, handles)))
        for place, expression in enumerate(metric.refinements(problem, views, handles), start=1):
            program.add_component(f"metric_{name}+{place}", _minimised(expression))


def _minimised(expression: Expression) -> Any:  # noqa: ANN401
    return pyo.Objective(expr=expression, sense=pyo.minimize)
