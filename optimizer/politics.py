"""Readings of the politics that several families share: who objects, who would pay, what a single fact or rule closes."""

from collections.abc import Iterator

from models.ids import ActivityId, FrameworkId, MemberId, PeriodId
from models.problem.framework import Consensus
from models.problem.policy import Lock
from models.problem.problem import Problem


def objectors(problem: Problem, a: ActivityId, f: FrameworkId) -> Iterator[tuple[MemberId, float]]:
    """The members that object to a under f, and by how much (points of position): strictly below `objects_below`."""
    for i, member in problem.member.items():
        gap = member.objects_below - problem.position(i, a, f)
        if gap > 0:
            yield i, gap


def supporters(problem: Problem, a: ActivityId, f: FrameworkId) -> Iterator[MemberId]:
    """The members that would pay for a under f: their position is at least `contributes_from`."""
    return (i for i in problem.member if pays(problem, i, a, f))


def pays(problem: Problem, i: MemberId, a: ActivityId, f: FrameworkId) -> bool:
    """Whether i would pay for a under f."""
    return problem.position(i, a, f) >= problem.member[i].contributes_from


def blocked_by_consensus(problem: Problem, a: ActivityId, f: FrameworkId) -> bool:
    """Whether f decides by consensus and somebody objects (as if there were no concessions)."""
    return isinstance(problem.framework[f].rule, Consensus) and any(True for _ in objectors(problem, a, f))


def refused_by_host(problem: Problem, a: ActivityId, f: FrameworkId) -> bool:
    """Whether the host of the theatre where a runs refuses f."""
    return not problem.theatre[problem.activity[a].theatre].consents_to(f)


def led_against_policy(problem: Problem, a: ActivityId, f: FrameworkId) -> bool:
    """Whether policy wants no lead role in a, and f is one."""
    return a in problem.policy.no_lead_role and problem.framework[f].role == "lead"


def forbidden(problem: Problem, a: ActivityId, f: FrameworkId, t: PeriodId) -> bool:
    """Whether policy forbids a under f in t."""
    return any(matches(lock, a, f, t) for lock in problem.policy.forbid)


def matches(lock: Lock, a: ActivityId, f: FrameworkId, t: PeriodId) -> bool:
    """Whether a lock speaks of a under f in t."""
    return lock.activity == a and lock.framework in (None, f) and lock.period in (None, t)


def withdrawn(problem: Problem, c: str, a: ActivityId, t: PeriodId) -> bool:
    """Whether contributor c is gone from where a runs in t."""
    place = {period: number for number, period in enumerate(problem.periods)}
    return any(
        one.member == c
        and one.theatre in (None, problem.activity[a].theatre)
        and (one.from_period is None or place[t] >= place[one.from_period])
        for one in problem.withdrawn
    )


def is_closed(problem: Problem, a: ActivityId, f: FrameworkId, t: PeriodId) -> bool:
    """Whether a single fact or rule closes a under f in t (MODEL, Readings: willing)."""
    return (
        not problem.framework[f].enabled
        or forbidden(problem, a, f, t)
        or refused_by_host(problem, a, f)
        or led_against_policy(problem, a, f)
        or blocked_by_consensus(problem, a, f)
    )


def has_access(problem: Problem, c: str, a: ActivityId) -> bool:
    """Whether contributor c can be where a runs."""
    access = problem.theatre[problem.activity[a].theatre].access
    return access is None or c in access


def would_take_part(problem: Problem, i: MemberId, a: ActivityId, f: FrameworkId, t: PeriodId) -> bool:
    """Whether i would pay for a under f, can be there and has not withdrawn."""
    return pays(problem, i, a, f) and has_access(problem, i, a) and not withdrawn(problem, i, a, t)
