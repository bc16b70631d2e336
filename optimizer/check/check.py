"""The independent check: every row of a problem, recomputed from a plan and the document alone.

It does not know how the plan was found, and it shares no code with the formulation.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from itertools import chain
from math import isfinite
from types import ModuleType

from models.config import Group
from models.outcome import CheckReport, ObjectiveResult, Violation
from models.plan import Plan
from models.problem.problem import Problem
from optimizer.check import (
    alternatives,
    amounts,
    availability,
    awareness_gate,
    baseline,
    benefit,
    burden,
    cascade,
    caveat,
    consensus,
    consent,
    day_after,
    divergence,
    dominance,
    effect,
    figures,
    floors,
    investment,
    level,
    locks,
    majority,
    names,
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
    rivalry,
    roles,
    scenarios,
    threshold,
    willingness,
)
from optimizer.check.facts import Facts
from optimizer.check.row import RuleRow
from optimizer.check.score import Best

FamilyRow = tuple[str, RuleRow]
"""The name of a family and one of its rows."""

ALWAYS_CHECKED: tuple[ModuleType, ...] = (
    amounts,
    availability,
    needs,
    level,
    one_framework,
    participation,
    partner_coordination,
    locks,
    alternatives,
    baseline,
    investment,
    reputation,
)
"""Families that no config relaxes."""

RELAXABLE: Mapping[Group, tuple[ModuleType, ...]] = {
    "decision": (consensus, majority, quorum),
    "participation": (willingness,),
    "cascade": (cascade,),
    "consent": (consent,),
    "rivalry": (rivalry,),
    "divergence": (divergence, opposition),
    "caveat": (caveat,),
    "burden": (burden, benefit),
    "policy": (day_after, prevention, roles, floors, reserve, dominance),
}
"""Families that a config may relax, by group."""

FigureRows = Mapping[str, Callable[[Facts], Iterator[RuleRow]]]

FIGURES: FigureRows = {
    "effect": effect.rows,
    "threshold": threshold.rows,
    "awareness_gate": awareness_gate.rows,
    "participants": figures.participants,
    "risk": lambda facts: chain(risk.rows(facts), risk.baselines(facts, dynamic=False)),
    "risk_dynamics": lambda facts: risk.baselines(facts, dynamic=True),
    "divergence_report": figures.divergences,
}
"""Figures that a plan reports besides those of its scenarios and members."""


def check(
    problem: Problem, plan: Plan, *, relax: Collection[Group] = (), objectives: Sequence[ObjectiveResult] = ()
) -> CheckReport:
    """Recompute every row of `problem` from `plan`, except those of the groups in `relax`.

    It also compares the figures that the plan reports, and the values claimed for `objectives`, with the plan's
    decisions. If the plan names an id that the problem does not have, the report contains only these violations.
    """
    unknown = _unknown_names(problem, plan)
    if unknown:
        return report(unknown)
    facts = scenarios.read(problem, plan, relax)
    claimed = (("objectives", row) for row in figures.objectives(facts, objectives))
    return report(chain(_decision_rows(facts), _figure_rows(facts), claimed))


def check_apart(
    problem: Problem, plan: Plan, *, relax: Collection[Group] = (), best: Best | None = None, best_gap: float = 0.0
) -> tuple[CheckReport, CheckReport]:
    """Return two reports: decisions of the plan against the problem, and its figures against its decisions.

    A plan for another problem, or a plan edited by hand, may have valid decisions and outdated figures. `best` is the
    greatest risk reduction of each scenario alone, known up to the relative `best_gap`: the reference of regrets. With
    several scenarios, a regret without a reference is not compared.
    """
    unknown = _unknown_names(problem, plan)
    if unknown:
        return report(unknown), report([])
    facts = scenarios.read(problem, plan, relax)
    regrets = (("futures", row) for row in figures.regrets(facts, best or {}, best_gap))
    return report(_decision_rows(facts)), report(chain(_figure_rows(facts), regrets))


def is_readable(problem: Problem, plan: Plan) -> bool:
    """Return whether the problem has every id that the plan names, so that the plan can be checked at all."""
    return not _unknown_names(problem, plan)


def _unknown_names(problem: Problem, plan: Plan) -> list[FamilyRow]:
    return [("plan", row) for row in names.rows(problem, plan)]


def report(rows: Iterable[FamilyRow]) -> CheckReport:
    """Return the verdict over rows: a row off by more than its tolerance is a violation.

    Only rows with an excess are kept in memory, because there are thousands of rows.
    """
    number, off = 0, list[FamilyRow]()
    for number, (family, row) in enumerate(rows, start=1):  # noqa: B007  (the last number is the count of rows)
        if row.excess > 0:
            off.append((family, row))
    violations = tuple(
        Violation(constraint=family, row=row.key, amount=_finite(row.excess), sentence=row.sentence)
        for family, row in off
        if not row.holds
    )
    return CheckReport(
        passed=not violations,
        largest_violation=max((_finite(row.excess) for _, row in off), default=0.0),
        checked_rows=number,
        violations=violations,
    )


def _decision_rows(facts: Sequence[Facts]) -> Iterator[FamilyRow]:
    """Yield the rows of every family that is not relaxed, in every scenario; the key names the scenario, if any."""
    for view in facts:
        for module in _families(view.relaxed):
            family = module.__name__.rpartition(".")[2]
            for row in module.rows(view):
                yield family, row if view.scenario.id is None else _in_scenario(row, view.scenario.id)
    yield from (("futures", row) for row in scenarios.rows(facts))


def _families(relaxed: Collection[Group]) -> Iterator[ModuleType]:
    yield from ALWAYS_CHECKED
    for group, modules in RELAXABLE.items():
        if group not in relaxed:
            yield from modules


def _in_scenario(row: RuleRow, scenario: str) -> RuleRow:
    row.key = f"{row.key}@{scenario}"
    return row


def _figure_rows(facts: Sequence[Facts]) -> Iterator[FamilyRow]:
    """Yield the rows of the plan's figures in every scenario: a figure without a scenario holds in all of them."""
    for view in facts:
        for family, rows in FIGURES.items():
            for row in rows(view):
                yield family, row if view.scenario.id is None else _in_scenario(row, view.scenario.id)
    yield from (("futures", row) for row in figures.scenario_results(facts))
    yield from (("burden_report", row) for row in figures.burdens(facts))


def _finite(number: float) -> float:
    return number if isfinite(number) else UNBOUNDED


UNBOUNDED = 1e300
"""Violation reported if a row compares with a number that is not finite; JSON has no infinity."""
