"""Conditions under which a plan can be read: known ids, known scenarios, finite amounts. Never relaxed."""

from collections import Counter
from collections.abc import Collection, Iterator
from math import isfinite

from models.plan import Plan
from models.problem.problem import Problem
from optimizer.check.row import EXACT, RuleRow
from optimizer.check.scenarios import entry_scenarios, run_scenarios

Named = tuple[str, object, Collection[object]]
"""The kind of a record, the id that the plan names and the known ids."""
Entry = tuple[str, tuple[Named, ...], tuple[float, ...]]
"""An entry of the plan: its key, the ids that it names and its amounts."""


def rows(problem: Problem, plan: Plan) -> Iterator[RuleRow]:
    """One row per unknown id, per entry with an amount that is not finite, and per figure reported more than once."""
    for key, names, amounts in _entries(problem, plan):
        for kind, name, known in names:
            if name not in known:
                sentence = _unknown_scenario(name) if kind == "scenario" else _unknown(kind, name)
                yield RuleRow(key=key, left=1.0, sense="=", right=0.0, sentence=sentence, tolerance=EXACT)
        if not all(isfinite(amount) for amount in amounts):
            sentence = f"The plan's {key} has an amount that is not a finite number."
            yield RuleRow(key=key, left=1.0, sense="=", right=0.0, sentence=sentence, tolerance=EXACT)
    for key, times in Counter(_keys(plan)).items():
        if times > 1:
            sentence = f"The plan reports {key} {times} times; it may report it once."
            yield RuleRow(key=key, left=float(times), sense="=", right=1.0, sentence=sentence, tolerance=EXACT)


def _unknown(kind: str, name: object) -> str:
    return f"The plan names the {kind} {name}, which the problem does not have."


def _unknown_scenario(name: object) -> str:
    if name is None:
        return "The plan has an entry without a scenario, but the problem decides this for each scenario separately."
    return f"The plan has an entry for the scenario {name}, but the problem decides nothing for that scenario alone."


def _keys(plan: Plan) -> Iterator[str]:
    """Yield the key of each figure. Allocations may repeat, because they add up; C4 checks repeated runs."""
    for entry in plan.coverage:
        yield f"coverage/{entry.theatre}/{entry.driver}/{entry.period}/{entry.scenario or 'all'}"
    yield from (f"burden/{burden.member}" for burden in plan.burden)
    for report in plan.divergence:
        yield f"divergence/{report.activity}/{report.period}/{report.scenario or 'all'}"
    yield from (f"scenario/{result.id}" for result in plan.scenarios)


def _entries(problem: Problem, plan: Plan) -> Iterator[Entry]:
    yield from _amounts(problem, plan)
    yield from _choices(problem, plan)
    yield from _figures(problem, plan)


def _amounts(problem: Problem, plan: Plan) -> Iterator[Entry]:
    scenarios = entry_scenarios(problem)
    for allocation in plan.allocations:
        names: tuple[Named, ...] = (
            ("contributor", allocation.contributor, problem.contributor),
            ("activity", allocation.activity, problem.activity),
            ("resource", allocation.resource, problem.resource),
            ("period", allocation.period, problem.periods),
            ("scenario", allocation.scenario, scenarios),
        )
        key = f"{allocation.contributor}/{allocation.activity}/{allocation.resource}/{allocation.period}"
        yield f"allocation/{key}", names, (allocation.amount,)
    for payment in plan.coordination:
        names = (
            ("member", payment.member, problem.member),
            ("partner", payment.partner, problem.partner),
            ("resource", payment.resource, problem.resource),
            ("period", payment.period, problem.periods),
            ("scenario", payment.scenario, scenarios),
        )
        key = f"{payment.member}/{payment.partner}/{payment.resource}/{payment.period}"
        yield f"coordination/{key}", names, (payment.amount,)


def _choices(problem: Problem, plan: Plan) -> Iterator[Entry]:
    scenarios = run_scenarios(problem)
    for run in plan.activities:
        names: tuple[Named, ...] = (
            ("activity", run.id, problem.activity),
            ("period", run.period, problem.periods),
            ("framework", run.framework, problem.framework),
            ("scenario", run.scenario, scenarios),
            *(("contributor", participant, problem.contributor) for participant in run.participants),
            *(("member", entry.member, problem.member) for entry in run.stood_aside),
        )
        yield f"run/{run.id}/{run.period}", names, (run.level, run.effective_level, run.effect)
    for concession in plan.concessions:
        names = (
            ("member", concession.member, problem.member),
            ("activity", concession.activity, problem.activity),
            ("framework", concession.framework, problem.framework),
        )
        key = f"concession/{concession.member}/{concession.activity}/{concession.framework}"
        yield key, names, (concession.amount,)
    investments = tuple(investment.id for investment in problem.investments)
    for purchase in plan.investments:
        names = (("investment", purchase.id, investments), ("period", purchase.period, problem.periods))
        yield f"investment/{purchase.id}/{purchase.period}", names, (purchase.units,)


def _figures(problem: Problem, plan: Plan) -> Iterator[Entry]:
    scenarios = (None, *(scenario.id for scenario in problem.scenarios))
    for entry in plan.coverage:
        names: tuple[Named, ...] = (
            ("theatre", entry.theatre, problem.theatre),
            ("driver", entry.driver, problem.risk.get(entry.theatre, (entry.driver,))),
            ("period", entry.period, problem.periods),
            ("scenario", entry.scenario, scenarios),
        )
        yield f"coverage/{entry.theatre}/{entry.driver}/{entry.period}", names, (entry.baseline, entry.reduction)
    for burden in plan.burden:
        yield f"burden/{burden.member}", (("member", burden.member, problem.member),), (burden.cost,)
    for report in plan.divergence:
        names = (
            ("activity", report.activity, problem.activity),
            ("period", report.period, problem.periods),
            ("scenario", report.scenario, scenarios),
        )
        yield f"divergence/{report.activity}/{report.period}", names, (report.range, report.pairwise)
    if problem.scenarios:
        for result in plan.scenarios:
            yield f"scenario/{result.id}", (("scenario", result.id, scenarios),), (result.risk_reduction,)
