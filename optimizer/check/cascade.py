"""C11: when the pivot leaves or scales back, others follow."""

from collections.abc import Iterator

from models.ids import ActivityId, ContributorId, TheatreId
from models.problem.politics import Cascade, Follower
from optimizer.check.facts import Facts
from optimizer.check.row import RuleRow


def rows(facts: Facts) -> Iterator[RuleRow]:
    """C11, one row per follower, theatre, resource and period in which it gives  [unit of the resource].

    Σ x in the theatre ≤ (1−φ)·(endowment + bought) + φ·(endowment + all that could be bought)·presence of the pivot.
    The presence is 1 if the pivot counts in some activity there; with a reference, it is the pivot's spending there
    divided by the reference.
    """
    for cascade in facts.problem.cascades:
        for theatre in tuple(facts.problem.theatre) if cascade.theatres is None else cascade.theatres:
            activities = [activity.id for activity in facts.problem.activities if activity.theatre == theatre]
            for t in facts.periods:
                present = presence(facts, cascade, activities, t)
                for follower in cascade.followers:
                    yield from _following(facts, cascade, follower, (theatre, activities, t, present))


def presence(facts: Facts, cascade: Cascade, activities: list[ActivityId], t: int) -> float:
    """Return the presence of the pivot in the activities of a theatre, 0 to 1."""
    pivot = ContributorId(cascade.pivot)
    if cascade.reference is None:
        return float(any(facts.counts(pivot, (activity, t)) for activity in activities))
    given = sum(facts.value(facts.contributions[pivot, activity, t]) for activity in activities)
    return min(1.0, given / cascade.reference)


def _following(
    facts: Facts, cascade: Cascade, follower: Follower, where: tuple[TheatreId, list[ActivityId], int, float]
) -> Iterator[RuleRow]:
    theatre, activities, t, present = where
    who, strength = follower.member, follower.strength
    bundles = [facts.contributions[who, activity, t] for activity in activities]
    titles = facts.titles
    pivot_title = titles.contributor[cascade.pivot]
    for resource in sorted({resource for bundle in bundles for resource in bundle}):
        given = sum(bundle[resource] for bundle in bundles)
        most = facts.endowment(who, resource)[t] + facts.most_added(who, resource, t)
        limit = (1 - strength) * facts.capacity(who, resource, t) + strength * most * present
        yield RuleRow(
            key=f"{cascade.pivot}/{theatre}/{who}/{resource}/{facts.period(t)}",
            left=given,
            sense="<=",
            right=limit,
            sentence=f"{titles.contributor[who]} gives {titles.amount(resource, given)} in {titles.theatre[theatre]} "
            f"in {facts.period(t)}; it follows {pivot_title}, whose presence of {present:.0%} allows {limit:g}.",
            scale=max(most, facts.least_size.amount[resource]),
        )
