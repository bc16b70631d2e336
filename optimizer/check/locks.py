"""C34: activities that must or must not run, and members that have withdrawn. Never relaxed."""

from collections.abc import Iterator

from models.problem.policy import Lock
from optimizer.check.facts import Facts
from optimizer.check.row import EXACT, RuleRow


def rows(facts: Facts) -> Iterator[RuleRow]:
    """C34, one row per lock and period, y = 1 or y = 0  [0/1]; one per withdrawn contribution, x = 0  [its unit]."""
    for lock in facts.problem.policy.run:
        yield from _locked(facts, lock, must=1.0)
    for lock in facts.problem.policy.forbid:
        yield from _locked(facts, lock, must=0.0)
    yield from _withdrawn(facts)


def _locked(facts: Facts, lock: Lock, *, must: float) -> Iterator[RuleRow]:
    for t in facts.periods:
        if lock.period not in (None, facts.period(t)):
            continue
        framework = facts.framework.get((lock.activity, t))
        runs = framework is not None and lock.framework in (None, framework)
        under = "" if lock.framework is None else f" under {facts.titles.framework[lock.framework]}"
        verb = "must" if must else "must not"
        yield RuleRow(
            key=f"{'run' if must else 'forbid'}/{lock.activity}/{lock.framework or 'any'}/{facts.period(t)}",
            left=float(runs),
            sense="=",
            right=must,
            sentence=f"{facts.titles.activity[lock.activity]} {verb} run{under} in {facts.period(t)}.",
            tolerance=EXACT,
        )


def _withdrawn(facts: Facts) -> Iterator[RuleRow]:
    titles = facts.titles
    for (contributor, activity, t), bundle in facts.contributions.items():
        if not facts.has_withdrawn(contributor, facts.problem.activity[activity], t):
            continue
        for resource, amount in bundle.items():
            yield RuleRow(
                key=f"withdrawn/{contributor}/{activity}/{resource}/{facts.period(t)}",
                left=amount,
                sense="<=",
                right=0.0,
                sentence=f"{titles.contributor[contributor]} gives {titles.amount(resource, amount)} "
                f"to {titles.activity[activity]} in {facts.period(t)}, but it has withdrawn.",
                scale=facts.least_size.own(contributor, resource),
            )
