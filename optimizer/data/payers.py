"""Members willing to pay somewhere, and the constraint groups to relax so that a member becomes willing."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from models.config import Group
from models.ids import ActivityId, ContributorId, FrameworkId, MemberId, PeriodId
from models.problem.problem import Problem
from optimizer.data.politics import (
    beyond_horizon,
    has_access,
    has_withdrawn,
    is_forbidden,
    is_led_against_policy,
    is_refused,
    is_voted_down,
    supporters,
)

HORIZON: frozenset[Group] = frozenset({"policy"})
"""Rules out a run whose follow-on would be owed past the last period (C19)."""
NO_GROUPS: frozenset[Group] = frozenset()
"""No group rules out the run."""
PARTICIPATION: frozenset[Group] = frozenset({"participation"})
"""Keeps a member from paying for an activity it does not support (C10)."""


class _Choice(NamedTuple):
    """An activity under a framework, with its periods by the exact set of groups that rule out the run.

    Periods ruled out by a fact are left out.
    """

    activity: ActivityId
    framework: FrameworkId
    periods_by_groups: dict[frozenset[Group], list[PeriodId]]


def groups_to_relax(problem: Problem, points: float = 0.0) -> dict[MemberId, tuple[frozenset[Group], ...]]:
    """For each member: the sets of groups whose relaxation lets it pay for some run; an empty set if it is willing.

    `points` is the budget of concessions to win over members that would reject a run.
    Facts (access, withdrawal, a disabled framework, a lock) are never relaxed: runs they rule out are left out.
    """
    found: dict[MemberId, dict[frozenset[Group], None]] = {i: {} for i in problem.member}
    for a, f, periods_by_groups in _choices(problem, points):
        in_favour = frozenset(supporters(problem, a, f))
        access = problem.theatre[problem.activity[a].theatre].access
        with_access = [i for i in found if access is None or ContributorId(i) in access]
        for groups, periods in periods_by_groups.items():
            unwilling = groups | PARTICIPATION
            for i in _not_withdrawn(problem, with_access, a, periods):
                found[i][groups if i in in_favour else unwilling] = None
    return {i: tuple(sets) for i, sets in found.items()}


def willing_members(problem: Problem) -> tuple[MemberId, ...]:
    """The members that would pay in some activity, framework and period that can run (MODEL, Readings).

    Computed without relaxations and without concessions, because only supporters share the burden.
    """
    remaining = dict.fromkeys(problem.member)
    for a, f, periods_by_groups in _choices(problem, 0.0):
        if NO_GROUPS in periods_by_groups:
            with_access = [i for i in supporters(problem, a, f) if i in remaining and has_access(problem, i, a)]
            for i in _not_withdrawn(problem, with_access, a, periods_by_groups[NO_GROUPS]):
                del remaining[i]
    return tuple(i for i in problem.member if i not in remaining)


def _not_withdrawn(
    problem: Problem, members: list[MemberId], a: ActivityId, periods: Iterable[PeriodId]
) -> Iterable[MemberId]:
    """Those of `members` that have not withdrawn from the theatre of a in every one of `periods`."""
    withdrawn = {str(withdrawal.member) for withdrawal in problem.withdrawn}
    return [i for i in members if i not in withdrawn or not all(has_withdrawn(problem, i, a, t) for t in periods)]


def _choices(problem: Problem, points: float) -> Iterator[_Choice]:
    for a, activity in problem.activity.items():
        for f in problem.frameworks_of(activity):
            if problem.framework[f].enabled:
                always = frozenset(_groups_against(problem, a, f, points))
                periods_by_groups: dict[frozenset[Group], list[PeriodId]] = {}
                for t in problem.periods:
                    if not is_forbidden(problem, a, f, t):
                        groups = always | HORIZON if beyond_horizon(problem, a, t) else always
                        periods_by_groups.setdefault(groups, []).append(t)
                yield _Choice(a, f, periods_by_groups)


def _groups_against(problem: Problem, a: ActivityId, f: FrameworkId, points: float) -> Iterator[Group]:
    if is_voted_down(problem, a, f, points):
        yield "decision"
    if is_refused(problem, a, f):
        yield "consent"
    if is_led_against_policy(problem, a, f):
        yield "policy"
