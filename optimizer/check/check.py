"""The second opinion: every row of a problem recomputed from a plan and the document alone.

Nothing here knows how the plan was found. It shares no code with the formulation.
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
from optimizer.check.row import Row

Named = tuple[str, Row]
Told = tuple[str, str, str | None]
"""The activity, the period and the future that a figure speaks of; no future where it speaks of all."""

FACTS: tuple[ModuleType, ...] = (
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
"""Families that nothing relaxes: what there is, and what is decided."""

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
"""Families that a config may relax, by the group it names."""

Reported = Mapping[str, Callable[[Facts], Iterator[Row]]]

OF_RUNS: Reported = {
    "effect": effect.rows,
    "threshold": threshold.rows,
    "awareness_gate": awareness_gate.rows,
    "participants": figures.participants,
}
"""What a plan reports of each run; the keys of these rows begin with its activity and period."""

REPORTED: Reported = {
    "risk": lambda facts: chain(risk.rows(facts), risk.baselines(facts, moving=False)),
    "risk_dynamics": lambda facts: risk.baselines(facts, moving=True),
    "divergence_report": figures.divergences,
}
"""What else a plan reports of itself. A figure of no future in particular holds if it holds in one."""


def check(
    problem: Problem, plan: Plan, *, relax: Collection[Group] = (), objectives: Sequence[ObjectiveResult] = ()
) -> CheckReport:
    """Recompute every row of `problem` from `plan`, but for the groups of `relax`; facts are never relaxed.

    Compares what the plan reports of itself, and the values claimed for `objectives`, with what its decisions say. A
    plan that names what the problem does not know is judged no further.
    """
    unknown = _unknown(problem, plan)
    if unknown:
        return report(unknown)
    facts = scenarios.read(problem, plan, relax)
    claimed = (("objectives", row) for row in figures.objectives(facts, objectives))
    return report(chain(_ruled(facts), _reported(facts), claimed))


def check_apart(problem: Problem, plan: Plan, *, relax: Collection[Group] = ()) -> tuple[CheckReport, CheckReport]:
    """The same in two: what the plan decides against the rows of `problem`, what it reports against what it decides.

    A plan made for another problem, or changed by hand, may decide well and report what is no longer so.
    """
    unknown = _unknown(problem, plan)
    if unknown:
        return report(unknown), report([])
    facts = scenarios.read(problem, plan, relax)
    return report(_ruled(facts)), report(_reported(facts))


def _unknown(problem: Problem, plan: Plan) -> list[Named]:
    return [("plan", row) for row in names.rows(problem, plan)]


def report(named: Iterable[Named]) -> CheckReport:
    """The verdict over rows: those that are off by more than their tolerance are violations.

    Of the thousands only those that are off at all are kept.
    """
    number, off = 0, list[Named]()
    for number, (family, row) in enumerate(named, start=1):  # noqa: B007  (the last one is their number)
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


def _ruled(facts: Sequence[Facts]) -> Iterator[Named]:
    """The rows of every family that is not relaxed, in every future; the key names the future if there are several."""
    for one in facts:
        for module in _families(one.relaxed):
            family = module.__name__.rpartition(".")[2]
            for row in module.rows(one):
                yield family, row if one.future.id is None else _in_future(row, one.future.id)
    yield from (("futures", row) for row in scenarios.rows(facts))


def _families(relaxed: Collection[Group]) -> Iterator[ModuleType]:
    yield from FACTS
    for group, modules in RELAXABLE.items():
        if group not in relaxed:
            yield from modules


def _in_future(row: Row, scenario: str) -> Row:
    row.key = f"{row.key}@{scenario}"
    return row


def _reported(facts: Sequence[Facts]) -> Iterator[Named]:
    """The rows of what the plan reports: of several futures of which one figure speaks, the one it fits best."""
    yield from _of_runs(facts)
    for family, rows in REPORTED.items():
        best: dict[str, Row] = {}
        for one in facts:
            for row in rows(one):
                if row.key not in best or row.excess < best[row.key].excess:
                    best[row.key] = row
        yield from ((family, row) for row in best.values())
    yield from (("futures", row) for row in figures.futures(facts))
    yield from (("burden_report", row) for row in figures.burdens(facts))


def _of_runs(facts: Sequence[Facts]) -> Iterator[Named]:
    """What is reported of each run: with recourse in its own future, else all of it as in the future it fits best."""
    best: dict[Told, list[Named]] = {}
    for one in facts:
        own = one.future.id if one.future.criterion.recourse else None
        found: dict[Told, list[Named]] = {}
        for family, rows in OF_RUNS.items():
            for row in rows(one):
                activity, period = row.key.split("/")[:2]
                told = activity, period, own
                found.setdefault(told, []).append((family, row if own is None else _in_future(row, own)))
        best |= {run: named for run, named in found.items() if run not in best or _misfit(named) < _misfit(best[run])}
    return chain.from_iterable(best.values())


def _misfit(named: Sequence[Named]) -> tuple[int, float]:
    return sum(not row.holds for _, row in named), max(row.excess for _, row in named)


def _finite(number: float) -> float:
    return number if isfinite(number) else UNBOUNDED


UNBOUNDED = 1e300
"""How much a row is broken by that compares with no number; a report is JSON, which has no infinity."""
