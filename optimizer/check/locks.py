"""C34: must, must not, is gone. Facts, never relaxed."""

from collections.abc import Iterator

from models.problem.policy import Lock
from optimizer.check.facts import Facts
from optimizer.check.row import EXACT, Row


def rows(facts: Facts) -> Iterator[Row]:
    """C34, one row per lock and period, y = 1 or y = 0  [0/1]; one per gift of who is gone, x = 0  [its unit]."""
    for lock in facts.problem.policy.run:
        yield from _locked(facts, lock, must=1.0)
    for lock in facts.problem.policy.forbid:
        yield from _locked(facts, lock, must=0.0)
    yield from _gone(facts)


def _locked(facts: Facts, lock: Lock, *, must: float) -> Iterator[Row]:
    for t in facts.periods:
        if lock.period not in (None, facts.period(t)):
            continue
        flag = facts.flag.get((lock.activity, t))
        runs = flag is not None and lock.framework in (None, flag)
        under = "" if lock.framework is None else f" under {lock.framework}"
        yield Row(
            key=f"{'run' if must else 'forbid'}/{lock.activity}/{lock.framework or 'any'}/{facts.period(t)}",
            left=float(runs),
            sense="=",
            right=must,
            sentence=f"{lock.activity} {'must' if must else 'must not'} run{under} in {facts.period(t)}",
            tolerance=EXACT,
        )


def _gone(facts: Facts) -> Iterator[Row]:
    for (contributor, activity, t), gift in facts.given.items():
        if not facts.is_gone(contributor, facts.problem.activity[activity], t):
            continue
        for resource, amount in gift.items():
            yield Row(
                key=f"withdrawn/{contributor}/{activity}/{resource}/{facts.period(t)}",
                left=amount,
                sense="<=",
                right=0.0,
                sentence=f"{contributor} gives {amount:g} {resource} to {activity}, from which it has withdrawn",
                scale=facts.endowment(contributor, resource)[t],
            )
