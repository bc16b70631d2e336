"""C27: failure costs later access."""

from collections.abc import Iterator, Mapping

from models.ids import ActivityId, TheatreId
from optimizer.check.day_after import Operation, operations, owed_by
from optimizer.check.facts import Facts
from optimizer.check.least_violation import Limit, minimise_violation
from optimizer.check.plan_index import Running
from optimizer.check.row import RuleRow, slack


def rows(facts: Facts) -> Iterator[RuleRow]:
    """C27, one row per theatre and period, one past the last: trust ≥ 0  [-]; one per footprint cap and period.

    Trust falls by trust_loss · shortfall after each period. Σ footprint · level ≤ footprint_cap · trust  [footprint].
    """
    short = shortfalls(facts)
    for theatre in facts.problem.theatres:
        title = facts.titles.theatre[theatre.id]
        for t in range(len(facts.periods) + 1):
            left = trust(facts, theatre.id, short, t)
            period = facts.period(t) if t in facts.periods else "after"
            if any(key in trust_losses(facts, theatre.id) for key, _ in short):
                when = f"at the start of {period}" if t in facts.periods else "after the last period"
                sentence = f"Trust in {title} is {left:g} {when}; it must not fall below 0."
                key = f"trust/{theatre.id}/{period}"
                yield RuleRow(key=key, left=left, sense=">=", right=0.0, sentence=sentence, scale=theatre.trust)
            if theatre.footprint_cap is not None and t in facts.periods:
                used, limit = footprint(facts, theatre.id, t), theatre.footprint_cap * left
                sentence = f"The footprint in {title} is {used:g} in {period}; trust allows {limit:g}."
                yield RuleRow(
                    key=f"footprint/{theatre.id}/{period}",
                    left=used,
                    sense="<=",
                    right=limit,
                    sentence=sentence,
                    scale=theatre.footprint_cap * theatre.trust,
                )


def trust_losses(facts: Facts, theatre: TheatreId) -> Mapping[ActivityId, float]:
    """Return the trust lost per missing level, by operation of a theatre that may fall short."""
    return {
        activity.id: activity.day_after.trust_loss
        for activity in facts.problem.activities
        if activity.theatre == theatre and activity.day_after is not None and activity.day_after.trust_loss is not None
    }


def footprint(facts: Facts, theatre: TheatreId, t: int) -> float:
    """Return the footprint of all activities in a theatre in period t."""
    return sum(
        activity.footprint * facts.level[activity.id, t]
        for activity in facts.problem.activities
        if activity.theatre == theatre
    )


def trust(facts: Facts, theatre: TheatreId, short: Mapping[Running, float], t: int) -> float:
    """Return a host's trust at the start of period t, given the shortfalls of the operations."""
    loss = trust_losses(facts, theatre)
    return facts.problem.theatre[theatre].trust - sum(
        loss[activity] * amount for (activity, period), amount in short.items() if period < t and activity in loss
    )


def shortfalls(facts: Facts) -> Mapping[Running, float]:
    """Return the missing levels of each operation's day after in each period; empty if C19 is relaxed.

    If several operations share a follow-on, the missing levels are charged such that trust holds if it can.
    """
    if "policy" in facts.relaxed:
        return {}
    limits: list[Limit[Running]] = []
    for follow_on, debtors in operations(facts).items():
        for t in facts.periods:
            limits.extend(_shortfall_limits(facts, follow_on, debtors, t))
    if not limits:
        return {}
    charged = {running for coefficients, _ in limits for running in coefficients}
    return minimise_violation([*limits, *_trust_limits(facts, charged)])


def _shortfall_limits(
    facts: Facts, follow_on: ActivityId, debtors: list[Operation], t: int
) -> Iterator[Limit[Running]]:
    """Yield the limits on the shortfalls in period t: they cover what is missing, each at most what is owed."""
    owed = {operation[0].id: owed_by(facts, operation, t) for operation in debtors}
    missing = sum(owed.values()) - facts.level[follow_on, t]
    may_fall_short = {activity.id: owed[activity.id] for activity, terms in debtors if terms.trust_loss is not None}
    if not may_fall_short or missing <= slack(sum(owed.values())):
        return
    yield {(activity, t): -1.0 for activity in may_fall_short}, -min(missing, sum(may_fall_short.values()))
    for activity, most in may_fall_short.items():
        yield {(activity, t): 1.0}, most


def _trust_limits(facts: Facts, charged: set[Running]) -> Iterator[Limit[Running]]:
    """Yield the trust that may be lost by the end of each period: all of it, less what the next footprint takes."""
    for theatre in facts.problem.theatres:
        loss = trust_losses(facts, theatre.id)
        for t in facts.periods:
            lost = {
                (activity, period): loss[activity]
                for activity, period in sorted(charged)
                if activity in loss and period <= t
            }
            if lost:
                yield lost, theatre.trust
            if lost and theatre.footprint_cap is not None:
                cap = theatre.footprint_cap
                room = cap * theatre.trust - footprint(facts, theatre.id, t + 1)
                yield {running: cap * amount for running, amount in lost.items()}, room
