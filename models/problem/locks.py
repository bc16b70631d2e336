"""Checks of locks: activities that must run, but that other locks forbid."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from models.errors import Finding, Location
from models.ids import ActivityId, FrameworkId, PeriodId
from models.problem.common_findings import contradiction
from models.problem.policy import Lock

if TYPE_CHECKING:
    from models.problem.problem import Problem

Open = dict[tuple[ActivityId, PeriodId], set[FrameworkId]]


def findings(problem: "Problem") -> Iterator[Finding]:
    """Yield the locks, and least levels, that contradict other locks."""
    frameworks = {activity.id: problem.frameworks_of(activity) for activity in problem.activities}
    locked = {lock.activity for lock in (*problem.policy.run, *problem.policy.forbid)}
    left: Open = {(a, t): set(frameworks[a]) for a in problem.activity if a in locked for t in problem.periods}
    for lock in problem.policy.forbid:
        for period in _periods(lock, problem):
            left[lock.activity, period] -= (
                set(frameworks[lock.activity]) if lock.framework is None else {lock.framework}
            )
    for number, lock in enumerate(problem.policy.run):
        loc: Location = ("policy", "run", number)
        if lock.framework is not None and lock.framework not in frameworks[lock.activity]:
            message = f"{lock.activity} can run only under {', '.join(frameworks[lock.activity])}"
            yield contradiction((*loc, "framework"), message, lock.framework)
        else:
            yield from _runs(loc, lock, problem, left)
    for number, floor in enumerate(problem.policy.min_level):
        closed = [t for t in problem.periods if not left.get((floor.activity, t), {""})]
        if floor.level > 0 and closed:
            message = f"{floor.activity} must not run in {closed[0]}, so its least level cannot be above 0"
            yield contradiction(("policy", "min_level", number, "level"), message, floor.level)


def _runs(loc: Location, lock: Lock, problem: "Problem", left: Open) -> Iterator[Finding]:
    """Restrict the open frameworks to those of the lock; yield a finding if none remains."""
    for period in _periods(lock, problem):
        remain = left[lock.activity, period] & (
            {lock.framework} if lock.framework is not None else left[lock.activity, period]
        )
        if not remain:
            under = f" under {lock.framework}" if lock.framework is not None else ""
            message = f"{lock.activity} must run{under} in {period}, but other locks forbid it: remove one of them"
            yield contradiction(loc, message)
            return
        left[lock.activity, period] = remain


def _periods(lock: Lock, problem: "Problem") -> tuple[PeriodId, ...]:
    return problem.periods if lock.period is None else (lock.period,)
