"""Who is willing somewhere, and what would have to be relaxed to make a member willing."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from models.config import Group
from models.ids import ActivityId, ContributorId, FrameworkId, MemberId, PeriodId
from models.problem.problem import Problem
from optimizer.data.politics import (
    beyond_horizon,
    forbidden,
    has_access,
    led_against_policy,
    refused,
    supporters,
    voted_down,
    withdrawn,
)

LATE: frozenset[Group] = frozenset({"policy"})
"""What keeps an operation from running whose day after would lie past the last period (C19)."""
NOTHING: frozenset[Group] = frozenset()
"""Where nothing does."""
UNWILLING: frozenset[Group] = frozenset({"participation"})
"""What keeps a member from paying for what it does not support (C10)."""


class _Choice(NamedTuple):
    """An activity under a framework: the groups that keep it from running, and the periods in which just these do.

    Periods that a fact rules out are in none.
    """

    activity: ActivityId
    framework: FrameworkId
    kept_by: dict[frozenset[Group], list[PeriodId]]


def openings(problem: Problem, points: float = 0.0) -> dict[MemberId, tuple[frozenset[Group], ...]]:
    """For each run that a member could pay for: the groups that keep it from doing so (none: it is willing there).

    `points` of political capital are there to win over who votes a run down.
    Facts (access, withdrawal, a framework switched off, a lock) are never relaxed: such runs are left out.
    """
    found: dict[MemberId, dict[frozenset[Group], None]] = {i: {} for i in problem.member}
    for a, f, kept_by in _choices(problem, points):
        payers, access = frozenset(supporters(problem, a, f)), problem.theatre[problem.activity[a].theatre].access
        there = [i for i in found if access is None or ContributorId(i) in access]
        for groups, periods in kept_by.items():
            unwilling = groups | UNWILLING
            for i in _not_gone(problem, there, a, periods):
                found[i][groups if i in payers else unwilling] = None
    return {i: tuple(sets) for i, sets in found.items()}


def willing(problem: Problem) -> tuple[MemberId, ...]:
    """The members that would pay in some activity, framework and period that can run (MODEL, Readings).

    Read before any relaxation and as if there were no concessions: burdens are shared by those who stand behind it.
    """
    left = dict.fromkeys(problem.member)
    for a, f, kept_by in _choices(problem, 0.0):
        if NOTHING in kept_by:
            there = [i for i in supporters(problem, a, f) if i in left and has_access(problem, i, a)]
            for i in _not_gone(problem, there, a, kept_by[NOTHING]):
                del left[i]
    return tuple(i for i in problem.member if i not in left)


def _not_gone(
    problem: Problem, members: list[MemberId], a: ActivityId, periods: Iterable[PeriodId]
) -> Iterable[MemberId]:
    """Those that have not withdrawn from where a runs in all of some periods."""
    gone = {str(one.member) for one in problem.withdrawn}
    return [i for i in members if i not in gone or not all(withdrawn(problem, i, a, t) for t in periods)]


def _choices(problem: Problem, points: float) -> Iterator[_Choice]:
    for a, activity in problem.activity.items():
        for f in problem.frameworks_of(activity):
            if problem.framework[f].enabled:
                always = frozenset(_kept_by(problem, a, f, points))
                kept_by: dict[frozenset[Group], list[PeriodId]] = {}
                for t in problem.periods:
                    if not forbidden(problem, a, f, t):
                        groups = always | LATE if beyond_horizon(problem, a, t) else always
                        kept_by.setdefault(groups, []).append(t)
                yield _Choice(a, f, kept_by)


def _kept_by(problem: Problem, a: ActivityId, f: FrameworkId, points: float) -> Iterator[Group]:
    if voted_down(problem, a, f, points):
        yield "decision"
    if refused(problem, a, f):
        yield "consent"
    if led_against_policy(problem, a, f):
        yield "policy"
