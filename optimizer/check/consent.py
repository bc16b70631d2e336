"""C12, with the consent of spoilers (C39): the host may refuse a flag."""

from collections.abc import Iterator

from optimizer.check.facts import Facts
from optimizer.check.hosts import consents
from optimizer.check.row import EXACT, FEASIBILITY, Row


def rows(facts: Facts) -> Iterator[Row]:
    """C12, one row per run: the host of the theatre, and every active spoiler there, lets it run under its flag  [0/1].

    Under recourse (C25) a refusal in one future forbids the level there, and leaves the choice of the flag alone.
    """
    recourse = facts.future.id is not None and facts.future.criterion.recourse
    for (activity, t), flag in facts.flag.items():
        theatre = facts.problem.activity[activity].theatre
        agreed = consents(facts.problem, theatre, flag)
        level = facts.level[activity, t]
        yield Row(
            key=f"{activity}/{flag}/{facts.period(t)}",
            left=level if recourse else 1.0,
            sense="<=",
            right=(max(level, 1.0) if agreed else 0.0),
            sentence=f"{theatre} does not consent to {activity} under {flag}",
            tolerance=FEASIBILITY if recourse else EXACT,
        )
