"""Least and greatest presence of pivots under cascades, by fixed-point iteration outside the program (T2).

The program finds the greatest fixed point: two pivots that follow each other both stay. This module also finds the
least one. It starts with no pivot present and adds pivots that depend on no other, then their followers, round by
round. The two differ only if pivots follow each other in a circle.
"""

from collections.abc import Iterator, Mapping

from models.ids import ContributorId, MemberId, PeriodId, ResourceId, TheatreId
from models.problem.politics import Cascade
from models.problem.problem import Problem
from optimizer.data.endowments import greatest_endowments
from optimizer.data.politics import would_take_part
from optimizer.tolerances import POSITION_ROUNDING, SETTLED

Presence = Mapping[MemberId, float]
"""The share of each pivot that is present in a theatre, 0 to 1."""

MAX_ROUNDS = 1_000
"""Greatest number of rounds, for pivots that scale back with each other by ever smaller steps."""


def least_presence(problem: Problem, h: TheatreId, t: PeriodId) -> Presence:
    """The least fixed point: the presence of each pivot of h in t, starting with no pivot present."""
    return _last(presence_rounds(problem, h, t, start=0.0))


def greatest_presence(problem: Problem, h: TheatreId, t: PeriodId) -> Presence:
    """The greatest fixed point: the presence of each pivot of h in t, starting with all pivots present."""
    return _last(presence_rounds(problem, h, t, start=1.0))


def presence_rounds(problem: Problem, h: TheatreId, t: PeriodId, start: float) -> Iterator[Presence]:
    """The presence of the pivots of h in t, round by round, starting from `start` (0 or 1) for every pivot."""
    cascades = tuple(cascade for cascade in problem.cascades if cascade.theatres is None or h in cascade.theatres)
    offers = {cascade.pivot: tuple(_offers(problem, cascade, h, t)) for cascade in cascades}
    presence: Presence = {cascade.pivot: start for cascade in cascades}
    for _ in range(MAX_ROUNDS):
        before = presence
        presence = {
            cascade.pivot: _presence(cascade, offers[cascade.pivot], _share(cascades, cascade.pivot, before))
            for cascade in cascades
        }
        yield presence
        if all(abs(presence[p] - before[p]) < SETTLED for p in presence):
            return


def _last(steps: Iterator[Presence]) -> Presence:
    presence: Presence = {}
    for presence in steps:  # noqa: B007  (only the last is needed)
        pass
    return presence


def _share(cascades: tuple[Cascade, ...], member: MemberId, presence: Presence) -> float:
    """The share of its endowment that a member brings: the least over the pivots it follows; 1 if it follows none."""
    return min(
        (
            1 - follower.strength + follower.strength * presence[cascade.pivot]
            for cascade in cascades
            for follower in cascade.followers
            if follower.member == ContributorId(member)
        ),
        default=1.0,
    )


def _presence(cascade: Cascade, offers: tuple[tuple[float, float], ...], share: float) -> float:
    """1 if the pivot's offer reaches its stake in some activity, else 0; with a reference, its offer over that."""
    if cascade.reference is not None:
        return min(1.0, share * sum(value for value, _ in offers) / cascade.reference)
    return float(any(share * value >= stake * (1 - POSITION_ROUNDING) for value, stake in offers))


def _offers(problem: Problem, cascade: Cascade, h: TheatreId, t: PeriodId) -> Iterator[tuple[float, float]]:
    """(value, stake) in M EUR, for each activity of h the pivot would take part in: greatest offer, stake.

    With a reference, values are summed. A resource that several activities need then counts for the first only.
    """
    endowments, counted, i = greatest_endowments(problem), set[ResourceId](), cascade.pivot
    for a, activity in problem.activity.items():
        frameworks = problem.frameworks_of(activity)
        if activity.theatre != h or not any(would_take_part(problem, i, a, f, t) for f in frameworks):
            continue
        needed = {r for line in activity.need_lines for r in line.from_}
        if cascade.reference is not None:
            needed -= counted
            counted |= needed
        value = sum(
            problem.resource[r].unit_cost * endowments.get((ContributorId(i), r, t), 0.0) for r in sorted(needed)
        )
        yield value, problem.member[i].stake(a)
