"""C27: failure costs later access."""

from collections.abc import Iterator, Mapping

from models.ids import ActivityId, TheatreId
from optimizer.check.day_after import Operation, least_level, operations, owed_by
from optimizer.check.facts import Facts
from optimizer.check.least_violation import Limit, minimise_violation
from optimizer.check.plan_index import Running
from optimizer.check.row import RuleRow, slack

FACT_WEIGHT = 1000.0
"""Weight of what is missing against the trust that it costs: if no charge keeps trust, trust shows the violation."""


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
                size = max(theatre.footprint_cap * theatre.trust, _least_footprint(facts, theatre.id))
                sentence = f"The footprint in {title} is {used:g} in {period}; trust allows {limit:g}."
                yield RuleRow(
                    key=f"footprint/{theatre.id}/{period}",
                    left=used,
                    sense="<=",
                    right=limit,
                    sentence=sentence,
                    scale=size,
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


def _least_footprint(facts: Facts, theatre: TheatreId) -> float:
    """Return the least size of a row about the footprint in a theatre."""
    here = (activity for activity in facts.problem.activities if activity.theatre == theatre)
    return max((activity.footprint * facts.least_size.level[activity.id] for activity in here), default=0.0)


def trust(facts: Facts, theatre: TheatreId, short: Mapping[Running, float], t: int) -> float:
    """Return a host's trust at the start of period t, given the shortfalls of the operations."""
    loss = trust_losses(facts, theatre)
    return facts.problem.theatre[theatre].trust - sum(
        loss[activity] * amount for (activity, period), amount in short.items() if period < t and activity in loss
    )


def shortfalls(facts: Facts) -> Mapping[Running, float]:
    """Return the missing levels of each operation's day after in each period; empty if C19 is relaxed.

    If several operations share a follow-on, the missing levels are charged such that trust holds if it can. They are
    charged as shares of what each operation is owed, so that the unit of a level does not matter.
    """
    if "policy" in facts.relaxed:
        return {}
    owed: dict[Running, float] = {}
    limits: list[Limit[Running]] = []
    for follow_on, debtors in operations(facts).items():
        for t in facts.periods:
            missing, charged = _missing(facts, follow_on, debtors, t)
            owed |= charged
            limits.extend(_shortfall_limits(missing, charged))
    shares = minimise_violation([*limits, *_trust_limits(facts, owed)])
    return {running: share * owed[running] for running, share in shares.items()}


def _missing(
    facts: Facts, follow_on: ActivityId, debtors: list[Operation], t: int
) -> tuple[float, Mapping[Running, float]]:
    """Return the levels missing in period t, and what each operation that may fall short is owed; empty if none is."""
    owed = {operation[0].id: owed_by(facts, operation, t) for operation in debtors}
    missing = sum(owed.values()) - facts.level[follow_on, t]
    may_fall_short = {
        (activity.id, t): owed[activity.id]
        for activity, terms in debtors
        if terms.trust_loss is not None and owed[activity.id] > 0
    }
    is_short = missing > slack(max(sum(owed.values()), least_level(facts, follow_on, debtors)))
    return (missing, may_fall_short) if is_short else (0.0, {})


def _shortfall_limits(missing: float, owed: Mapping[Running, float]) -> Iterator[Limit[Running]]:
    """Yield the limits on the shares charged in a period: they cover what is missing, each at most what is owed."""
    total = sum(owed.values())
    if total > 0:
        covered = {running: -FACT_WEIGHT * amount / total for running, amount in owed.items()}
        yield covered, -FACT_WEIGHT * min(missing / total, 1.0)
    for running in owed:
        yield {running: FACT_WEIGHT}, FACT_WEIGHT


def _trust_limits(facts: Facts, owed: Mapping[Running, float]) -> Iterator[Limit[Running]]:
    """Yield the trust that may be lost by the end of each period: all of it, less what the next footprint takes."""
    for theatre in facts.problem.theatres:
        loss = trust_losses(facts, theatre.id)
        for t in facts.periods:
            lost = {
                running: loss[running[0]] * owed[running]
                for running in sorted(owed)
                if running[0] in loss and running[1] <= t
            }
            if lost:
                yield _relative(lost, theatre.trust)
            if lost and theatre.footprint_cap:  # a cap of 0 allows no footprint, whatever the trust
                taken = footprint(facts, theatre.id, t + 1) / theatre.footprint_cap
                yield _relative(lost, theatre.trust - taken)


def _relative(lost: Mapping[Running, float], most: float) -> Limit[Running]:
    """Return the limit on the trust lost, relative to the greatest amount in it."""
    size = max(*lost.values(), abs(most)) or 1.0
    return {running: amount / size for running, amount in lost.items()}, most / size
