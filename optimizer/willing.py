"""Who is willing somewhere, and what would have to be relaxed to make a member willing."""

from collections.abc import Iterator

from models.config import Group
from models.ids import ActivityId, FrameworkId, MemberId, PeriodId
from models.problem.problem import Problem
from optimizer.politics import (
    blocked_by_consensus,
    forbidden,
    has_access,
    led_against_policy,
    pays,
    refused_by_host,
    withdrawn,
)


def openings(problem: Problem, i: MemberId) -> Iterator[frozenset[Group]]:
    """For each run that i could pay for: the groups that keep it from doing so (the empty set: it is willing there).

    Facts (access, withdrawal, a framework switched off, a lock) are never relaxed: such runs are left out.
    """
    seen: set[frozenset[Group]] = set()
    for a, activity in problem.activity.items():
        if not has_access(problem, i, a):
            continue
        for f in problem.frameworks_of(activity):
            for t in problem.periods:
                if _is_fact(problem, i, a, f, t):
                    continue
                groups = frozenset(_kept_by(problem, i, a, f))
                if groups not in seen:
                    seen.add(groups)
                    yield groups


def willing(problem: Problem) -> tuple[MemberId, ...]:
    """The members that would pay in some activity, framework and period that can run (MODEL, Readings).

    Read before any relaxation and as if there were no concessions: burdens are shared by those who stand behind it.
    """
    return tuple(i for i in problem.member if any(not groups for groups in openings(problem, i)))


def _is_fact(problem: Problem, i: MemberId, a: ActivityId, f: FrameworkId, t: PeriodId) -> bool:
    return not problem.framework[f].enabled or forbidden(problem, a, f, t) or withdrawn(problem, i, a, t)


def _kept_by(problem: Problem, i: MemberId, a: ActivityId, f: FrameworkId) -> Iterator[Group]:
    if not pays(problem, i, a, f):
        yield "participation"
    if blocked_by_consensus(problem, a, f):
        yield "decision"
    if refused_by_host(problem, a, f):
        yield "consent"
    if led_against_policy(problem, a, f):
        yield "policy"
