"""What a plan must be before it can be read: known ids, known futures, finite amounts. A fact, never relaxed."""

from collections import Counter
from collections.abc import Collection, Iterator
from math import isfinite

from models.plan import Plan
from models.problem.problem import Problem
from optimizer.check.row import EXACT, Row
from optimizer.check.scenarios import spoken_of

Named = tuple[str, object, Collection[object]]
"""What kind of thing is named, by which id, and which there are."""
Entry = tuple[str, tuple[Named, ...], tuple[float, ...]]
"""An entry of the plan: its key, what it names and its amounts."""


def rows(problem: Problem, plan: Plan) -> Iterator[Row]:
    """One row per name that the document does not know, amount that is no number, and figure that is given twice."""
    for where, names, amounts in _entries(problem, plan):
        for kind, name, known in names:
            if name not in known:
                sentence = f"the plan names the {kind} {name}, which the problem does not have"
                if kind == "scenario":
                    sentence = f"the plan speaks of the future {name}, of which the problem decides nothing"
                yield Row(key=where, left=1.0, sense="=", right=0.0, sentence=sentence, tolerance=EXACT)
        if not all(isfinite(amount) for amount in amounts):
            sentence = "an amount of the plan is no finite number"
            yield Row(key=where, left=1.0, sense="=", right=0.0, sentence=sentence, tolerance=EXACT)
    for where, times in Counter(_keys(plan)).items():
        if times > 1:
            sentence = f"the plan reports {where} {times} times"
            yield Row(key=where, left=float(times), sense="=", right=1.0, sentence=sentence, tolerance=EXACT)


def _keys(plan: Plan) -> Iterator[str]:
    """What each figure of the plan speaks of; of amounts given twice the sum counts, and runs are C4."""
    for one in plan.coverage:
        yield f"coverage/{one.theatre}/{one.driver}/{one.period}/{one.scenario or 'all'}"
    yield from (f"burden/{one.member}" for one in plan.burden)
    yield from (f"divergence/{one.activity}/{one.period}" for one in plan.divergence)
    yield from (f"scenario/{one.id}" for one in plan.scenarios)


def _entries(problem: Problem, plan: Plan) -> Iterator[Entry]:
    yield from _amounts(problem, plan)
    yield from _choices(problem, plan)
    yield from _figures(problem, plan)


def _amounts(problem: Problem, plan: Plan) -> Iterator[Entry]:
    futures = spoken_of(problem)
    for one in plan.allocations:
        names: tuple[Named, ...] = (
            ("contributor", one.contributor, problem.contributor),
            ("activity", one.activity, problem.activity),
            ("resource", one.resource, problem.resource),
            ("period", one.period, problem.periods),
            ("scenario", one.scenario, futures),
        )
        yield f"allocation/{one.contributor}/{one.activity}/{one.resource}/{one.period}", names, (one.amount,)
    for paid in plan.coordination:
        names = (
            ("member", paid.member, problem.member),
            ("partner", paid.partner, problem.partner),
            ("resource", paid.resource, problem.resource),
            ("period", paid.period, problem.periods),
            ("scenario", paid.scenario, futures),
        )
        yield f"coordination/{paid.member}/{paid.partner}/{paid.resource}/{paid.period}", names, (paid.amount,)


def _choices(problem: Problem, plan: Plan) -> Iterator[Entry]:
    futures = spoken_of(problem)
    for run in plan.activities:
        names: tuple[Named, ...] = (
            ("activity", run.id, problem.activity),
            ("period", run.period, problem.periods),
            ("framework", run.framework, problem.framework),
            ("scenario", run.scenario, futures),
            *(("contributor", one, problem.contributor) for one in run.participants),
            *(("member", one.member, problem.member) for one in run.stood_aside),
        )
        yield f"run/{run.id}/{run.period}", names, (run.level, run.effective_level, run.effect)
    for conceded in plan.concessions:
        names = (
            ("member", conceded.member, problem.member),
            ("activity", conceded.activity, problem.activity),
            ("framework", conceded.framework, problem.framework),
        )
        yield f"concession/{conceded.member}/{conceded.activity}/{conceded.framework}", names, (conceded.amount,)
    investments = tuple(one.id for one in problem.investments)
    for made in plan.investments:
        names = (("investment", made.id, investments), ("period", made.period, problem.periods))
        yield f"investment/{made.id}/{made.period}", names, (made.units,)


def _figures(problem: Problem, plan: Plan) -> Iterator[Entry]:
    scenarios = (None, *(one.id for one in problem.scenarios))
    for one in plan.coverage:
        names: tuple[Named, ...] = (
            ("theatre", one.theatre, problem.theatre),
            ("driver", one.driver, problem.risk.get(one.theatre, (one.driver,))),
            ("period", one.period, problem.periods),
            ("scenario", one.scenario, scenarios),
        )
        yield f"coverage/{one.theatre}/{one.driver}/{one.period}", names, (one.baseline, one.reduction)
    for burden in plan.burden:
        yield f"burden/{burden.member}", (("member", burden.member, problem.member),), (burden.cost,)
    for apart in plan.divergence:
        names = (("activity", apart.activity, problem.activity), ("period", apart.period, problem.periods))
        yield f"divergence/{apart.activity}/{apart.period}", names, (apart.range, apart.pairwise)
    if problem.scenarios:
        for one_future in plan.scenarios:
            yield f"scenario/{one_future.id}", (("scenario", one_future.id, scenarios),), (one_future.risk_reduction,)
