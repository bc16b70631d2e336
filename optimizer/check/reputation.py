"""C27: failure costs later access."""

from collections.abc import Iterator, Mapping

from models.ids import ActivityId, TheatreId
from optimizer.check.day_after import Operation, operations, owed_by
from optimizer.check.facts import Facts
from optimizer.check.least_violation import Limit, settle
from optimizer.check.plan_index import Running
from optimizer.check.row import Row, slack


def rows(facts: Facts) -> Iterator[Row]:
    """C27, one row per theatre and period, one past the last: trust ≥ 0  [-]; one per footprint cap and period.

    Trust falls by trust_loss · shortfall after each period. Σ footprint · level ≤ footprint_cap · trust  [footprint].
    """
    short = shortfalls(facts)
    for theatre in facts.problem.theatres:
        for t in range(len(facts.periods) + 1):
            left = trust(facts, theatre.id, short, t)
            period = facts.period(t) if t in facts.periods else "after"
            if any(key in lossy(facts, theatre.id) for key, _ in short):
                sentence = f"trust in {theatre.id} falls to {left:g}"
                key = f"trust/{theatre.id}/{period}"
                yield Row(key=key, left=left, sense=">=", right=0.0, sentence=sentence, scale=theatre.trust)
            if theatre.footprint_cap is not None and t in facts.periods:
                used, limit = footprint(facts, theatre.id, t), theatre.footprint_cap * left
                sentence = f"the footprint in {theatre.id} is {used:g}, at most {limit:g} is trusted"
                yield Row(
                    key=f"footprint/{theatre.id}/{period}",
                    left=used,
                    sense="<=",
                    right=limit,
                    sentence=sentence,
                    scale=theatre.footprint_cap * theatre.trust,
                )


def lossy(facts: Facts, theatre: TheatreId) -> Mapping[ActivityId, float]:
    """The operations of a theatre that may fall short, with the trust that a missing level costs."""
    return {
        one.id: one.day_after.trust_loss
        for one in facts.problem.activities
        if one.theatre == theatre and one.day_after is not None and one.day_after.trust_loss is not None
    }


def footprint(facts: Facts, theatre: TheatreId, t: int) -> float:
    """What all activities leave on a theatre in a period."""
    return sum(one.footprint * facts.level[one.id, t] for one in facts.problem.activities if one.theatre == theatre)


def trust(facts: Facts, theatre: TheatreId, short: Mapping[Running, float], t: int) -> float:
    """What is left of a host's trust at the start of a period."""
    loss = lossy(facts, theatre)
    return facts.problem.theatre[theatre].trust - sum(
        loss[activity] * amount for (activity, when), amount in short.items() if when < t and activity in loss
    )


def shortfalls(facts: Facts) -> Mapping[Running, float]:
    """By how many levels each operation's day after falls short in each period (none where C19 is relaxed).

    Where several operations share a follow-on, what is missing is charged so that trust holds if it can.
    """
    if "policy" in facts.relaxed:
        return {}
    limits: list[Limit[Running]] = []
    for follow_on, owing in operations(facts).items():
        for t in facts.periods:
            limits.extend(_missing(facts, follow_on, owing, t))
    if not limits:
        return {}
    charged = {running for coefficients, _ in limits for running in coefficients}
    return settle([*limits, *_trusted(facts, charged)])


def _missing(facts: Facts, follow_on: ActivityId, owing: list[Operation], t: int) -> Iterator[Limit[Running]]:
    owed = {one[0].id: owed_by(facts, one, t) for one in owing}
    missing = sum(owed.values()) - facts.level[follow_on, t]
    may = {one.id: owed[one.id] for one, terms in owing if terms.trust_loss is not None}
    if not may or missing <= slack(sum(owed.values())):
        return
    yield {(one, t): -1.0 for one in may}, -min(missing, sum(may.values()))
    for one, most in may.items():
        yield {(one, t): 1.0}, most


def _trusted(facts: Facts, charged: set[Running]) -> Iterator[Limit[Running]]:
    """What may be lost by the end of each period: all trust, less what the footprint of the next takes of it."""
    for theatre in facts.problem.theatres:
        loss = lossy(facts, theatre.id)
        for t in facts.periods:
            lost = {(one, when): loss[one] for one, when in sorted(charged) if one in loss and when <= t}
            if lost:
                yield lost, theatre.trust
            if lost and theatre.footprint_cap is not None:
                cap = theatre.footprint_cap
                room = cap * theatre.trust - footprint(facts, theatre.id, t + 1)
                yield {running: cap * amount for running, amount in lost.items()}, room
