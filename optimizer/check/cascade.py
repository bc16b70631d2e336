"""C11: when the pivot leaves or scales back, others follow."""

from collections.abc import Iterator

from models.ids import ActivityId, ContributorId, TheatreId
from models.problem.politics import Cascade, Follower
from optimizer.check.facts import Facts
from optimizer.check.row import Row


def rows(facts: Facts) -> Iterator[Row]:
    """C11, one row per follower, theatre, resource and period in which it gives  [unit of the resource].

    Σ x in the theatre ≤ (1−φ)·(endowment + bought) + φ·(endowment + all that could be bought)·presence of the pivot,
    which is 1 where it counts in some activity there, or what it gives there by its reference.
    """
    for cascade in facts.problem.cascades:
        for theatre in cascade.theatres or tuple(facts.problem.theatre):
            here = [one.id for one in facts.problem.activities if one.theatre == theatre]
            for t in facts.periods:
                present = presence(facts, cascade, here, t)
                for follower in cascade.followers:
                    yield from _following(facts, cascade, follower, (theatre, here, t, present))


def presence(facts: Facts, cascade: Cascade, here: list[ActivityId], t: int) -> float:
    """How much of the pivot is in a theatre, 0 to 1."""
    pivot = ContributorId(cascade.pivot)
    if cascade.reference is None:
        return float(any(facts.counts(pivot, (activity, t)) for activity in here))
    given = sum(facts.value(facts.given[pivot, activity, t]) for activity in here)
    return min(1.0, given / cascade.reference)


def _following(
    facts: Facts, cascade: Cascade, follower: Follower, where: tuple[TheatreId, list[ActivityId], int, float]
) -> Iterator[Row]:
    theatre, here, t, present = where
    who, strength = follower.member, follower.strength
    gifts = [facts.given[who, activity, t] for activity in here]
    for resource in sorted({resource for gift in gifts for resource in gift}):
        given = sum(gift[resource] for gift in gifts)
        most = facts.endowment(who, resource)[t] + facts.could_buy(who, resource, t)
        limit = (1 - strength) * facts.capacity(who, resource, t) + strength * most * present
        yield Row(
            key=f"{cascade.pivot}/{theatre}/{who}/{resource}/{facts.period(t)}",
            left=given,
            sense="<=",
            right=limit,
            sentence=f"{who} follows {cascade.pivot} in {theatre}: it gives {given:g} {resource}, at most {limit:g} "
            f"with {present:.0%} of {cascade.pivot} there",
            scale=most,
        )
