"""Cascades followed to their end outside the program: who stays when nobody stays for another's sake (T2).

The program finds the largest set of contributors that hold each other: two that follow each other stay because the
other stays. The smallest is found here, round by round: from nobody there, whoever needs nobody comes first, then those
who follow them. The two differ only where pivots follow each other in a circle.
"""

from collections.abc import Iterator, Mapping

from models.ids import ContributorId, MemberId, PeriodId, ResourceId, TheatreId
from models.problem.politics import Cascade
from models.problem.problem import Problem
from optimizer.data.endowments import greatest_endowments
from optimizer.data.politics import ROUNDING, would_take_part

Presence = Mapping[MemberId, float]
"""How far each pivot is in a theatre, 0 to 1."""

SETTLED = 1e-9
"""Share of a pivot: a round that changes less is the last."""
MOST_ROUNDS = 1_000
"""Pivots that scale back with each other by ever smaller steps are followed no further."""


def smallest(problem: Problem, h: TheatreId, t: PeriodId) -> Presence:
    """How far each pivot of h is there in t on its own: the smallest presence that holds."""
    return _last(rounds(problem, h, t, start=0.0))


def largest(problem: Problem, h: TheatreId, t: PeriodId) -> Presence:
    """How far each pivot of h can be there in t while the others stay: the largest presence that holds."""
    return _last(rounds(problem, h, t, start=1.0))


def rounds(problem: Problem, h: TheatreId, t: PeriodId, start: float) -> Iterator[Presence]:
    """The presence of the pivots of h in t, round by round: from nobody there (0) up, or from all there (1) down."""
    cascades = tuple(one for one in problem.cascades if one.theatres is None or h in one.theatres)
    gives = {one.pivot: tuple(_gives(problem, one, h, t)) for one in cascades}
    presence: Presence = {one.pivot: start for one in cascades}
    for _ in range(MOST_ROUNDS):
        before = presence
        presence = {
            one.pivot: _presence(one, gives[one.pivot], _share(cascades, one.pivot, before)) for one in cascades
        }
        yield presence
        if all(abs(presence[p] - before[p]) < SETTLED for p in presence):
            return


def _last(steps: Iterator[Presence]) -> Presence:
    presence: Presence = {}
    for presence in steps:  # noqa: B007  (the last one is wanted)
        pass
    return presence


def _share(cascades: tuple[Cascade, ...], who: MemberId, presence: Presence) -> float:
    """The share of its means that a follower brings: for each pivot, what does not depend on it and what it brings."""
    return min(
        (
            1 - follower.strength + follower.strength * presence[cascade.pivot]
            for cascade in cascades
            for follower in cascade.followers
            if follower.member == ContributorId(who)
        ),
        default=1.0,
    )


def _presence(cascade: Cascade, gives: tuple[tuple[float, float], ...], share: float) -> float:
    """Whether what the pivot brings reaches its stake anywhere; with a reference, what it brings beside that."""
    if cascade.reference is not None:
        return min(1.0, share * sum(worth for worth, _ in gives) / cascade.reference)
    return float(any(share * worth >= stake * (1 - ROUNDING) for worth, stake in gives))


def _gives(problem: Problem, cascade: Cascade, h: TheatreId, t: PeriodId) -> Iterator[tuple[float, float]]:
    """All that the pivot could give to each activity of h that it would take part in, and its stake there, M EUR.

    What stands in several activities is given to the first of them where the sum matters.
    """
    means, seen, i = greatest_endowments(problem), set[ResourceId](), cascade.pivot
    for a, activity in problem.activity.items():
        frameworks = problem.frameworks_of(activity)
        if activity.theatre != h or not any(would_take_part(problem, i, a, f, t) for f in frameworks):
            continue
        wanted = {r for line in activity.need_lines for r in line.from_}
        if cascade.reference is not None:
            wanted -= seen
            seen |= wanted
        worth = sum(problem.resource[r].unit_cost * means.get((ContributorId(i), r, t), 0.0) for r in sorted(wanted))
        yield worth, problem.member[i].stake(a)
