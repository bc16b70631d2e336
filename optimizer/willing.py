"""Who is willing somewhere, and what would have to be relaxed to make a member willing."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

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


class _Run(NamedTuple):
    """A run that no fact rules out, and the groups that keep it from running, whoever pays."""

    activity: ActivityId
    framework: FrameworkId
    period: PeriodId
    kept_by: frozenset[Group]


def openings(problem: Problem, points: float = 0.0) -> dict[MemberId, tuple[frozenset[Group], ...]]:
    """For each run that a member could pay for: the groups that keep it from doing so (none: it is willing there).

    `points` of political capital are there to win over who votes a run down.
    Facts (access, withdrawal, a framework switched off, a lock) are never relaxed: such runs are left out.
    """
    runs = tuple(_runs(problem, points))
    return {i: tuple(dict.fromkeys(_openings(problem, i, runs))) for i in problem.member}


def willing(problem: Problem) -> tuple[MemberId, ...]:
    """The members that would pay in some activity, framework and period that can run (MODEL, Readings).

    Read before any relaxation and as if there were no concessions: burdens are shared by those who stand behind it.
    """
    runs = tuple(run for run in _runs(problem, 0.0) if not run.kept_by)
    return tuple(i for i in problem.member if any(not groups for groups in _openings(problem, i, runs)))


def _runs(problem: Problem, points: float) -> Iterator[_Run]:
    for a, activity in problem.activity.items():
        for f in problem.frameworks_of(activity):
            if not problem.framework[f].enabled:
                continue
            kept_by = frozenset(_kept_by(problem, a, f, points))
            for t in problem.periods:
                if not forbidden(problem, a, f, t):
                    yield _Run(a, f, t, kept_by | LATE if beyond_horizon(problem, a, t) else kept_by)


def _openings(problem: Problem, i: MemberId, runs: Iterable[_Run]) -> Iterator[frozenset[Group]]:
    for a, f, t, kept_by in runs:
        if has_access(problem, i, a) and not withdrawn(problem, i, a, t):
            yield kept_by if pays(problem, i, a, f) else kept_by | {"participation"}


def _kept_by(problem: Problem, a: ActivityId, f: FrameworkId, points: float) -> Iterator[Group]:
    if voted_down(problem, a, f, points):
        yield "decision"
    if refused(problem, a, f):
        yield "consent"
    if led_against_policy(problem, a, f):
        yield "policy"
