"""Who is willing somewhere, and what would have to be relaxed to make a member willing."""

from collections.abc import Iterator

from models.config import Group
from models.ids import ActivityId, FrameworkId, MemberId, PeriodId
from models.problem.problem import Problem
from optimizer.politics import (
    beyond_horizon,
    forbidden,
    has_access,
    led_against_policy,
    pays,
    refused,
    voted_down,
    withdrawn,
)

LATE: frozenset[Group] = frozenset({"policy"})
"""What keeps an operation from running whose day after would lie past the last period (C19)."""


def openings(problem: Problem, i: MemberId, points: float = 0.0) -> Iterator[frozenset[Group]]:
    """For each run that i could pay for: the groups that keep it from doing so (the empty set: it is willing there).

    `points` of political capital are there to win over who votes a run down.
    Facts (access, withdrawal, a framework switched off, a lock) are never relaxed: such runs are left out.
    """
    seen: set[frozenset[Group]] = set()
    for a, activity in problem.activity.items():
        if not has_access(problem, i, a):
            continue
        for f in problem.frameworks_of(activity):
            kept = frozenset(_kept_by(problem, i, a, f, points))
            for t in problem.periods:
                groups = kept | LATE if beyond_horizon(problem, a, t) else kept
                if groups not in seen and not _is_fact(problem, i, a, f, t):
                    seen.add(groups)
                    yield groups


def willing(problem: Problem) -> tuple[MemberId, ...]:
    """The members that would pay in some activity, framework and period that can run (MODEL, Readings).

    Read before any relaxation and as if there were no concessions: burdens are shared by those who stand behind it.
    """
    return tuple(i for i in problem.member if any(not groups for groups in openings(problem, i)))


def _is_fact(problem: Problem, i: MemberId, a: ActivityId, f: FrameworkId, t: PeriodId) -> bool:
    return not problem.framework[f].enabled or forbidden(problem, a, f, t) or withdrawn(problem, i, a, t)


def _kept_by(problem: Problem, i: MemberId, a: ActivityId, f: FrameworkId, points: float) -> Iterator[Group]:
    if not pays(problem, i, a, f):
        yield "participation"
    if voted_down(problem, a, f, points):
        yield "decision"
    if refused(problem, a, f):
        yield "consent"
    if led_against_policy(problem, a, f):
        yield "policy"
