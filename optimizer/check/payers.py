"""Who is willing, as a reading of the document: the members over which burdens compare and coordination is paid."""

from collections.abc import Callable, Iterable, Iterator, Sequence

from models.ids import ActivityId, ContributorId, FrameworkId, MemberId
from models.problem.activity import Activity
from models.problem.framework import Majority
from models.problem.member import Member
from models.problem.politics import Concessions
from models.problem.problem import Problem
from optimizer.check.hosts import consents
from optimizer.check.reading import Reading
from optimizer.check.votes import buys, carried

Open = Callable[[Activity, FrameworkId], Sequence[int]]
"""The periods in which nothing keeps an activity from running under a framework."""


def sharing(reading: Reading) -> tuple[MemberId, ...]:
    """C20: the members that compare burdens, read before any relax and as if there were no concessions."""
    problem = reading.problem
    if problem.burden_sharing is not None and problem.burden_sharing.over == "members":
        return tuple(problem.member)

    def is_open(activity: Activity, flag: FrameworkId) -> Sequence[int]:
        return () if unbought(problem, activity, flag, None) else _unclosed(problem, activity, flag)

    return tuple(_giving_somewhere(reading, is_open))


def payers(reading: Reading) -> frozenset[MemberId]:
    """C6: the members that may pay for harnessing a partner, read after relax and with what concessions could buy."""
    problem, relaxed = reading.problem, reading.relaxed

    def is_open(activity: Activity, flag: FrameworkId) -> Sequence[int]:
        voted_down = "decision" not in relaxed and unbought(problem, activity, flag, problem.concessions)
        return () if voted_down else _unclosed(problem, activity, flag, relaxed)

    return frozenset(_giving_somewhere(reading, is_open, free="participation" in relaxed))


def _giving_somewhere(reading: Reading, is_open: Open, *, free: bool = False) -> Iterator[MemberId]:
    """The members that contribute to something open, in their order; what nobody new stands behind is not asked of."""
    left = dict(reading.problem.member)
    for activity in reading.problem.activities:
        for flag in reading.problem.frameworks_of(activity):
            behind = _behind(reading, activity, flag, left.values(), free=free)
            periods = is_open(activity, flag) if behind else ()
            for one in behind:
                if any(not reading.is_gone(one, activity, t) for t in periods):
                    del left[MemberId(one)]
    return (member for member in reading.problem.member if member not in left)


def giving(reading: Reading, activity: Activity, flag: FrameworkId, t: int) -> list[ContributorId]:
    """The members that would contribute in a period: by their position, with access, and not withdrawn."""
    behind = _behind(reading, activity, flag, reading.problem.members)
    return [one for one in behind if not reading.is_gone(one, activity, t)]


def _behind(
    reading: Reading, activity: Activity, flag: FrameworkId, among: Iterable[Member], *, free: bool = False
) -> list[ContributorId]:
    """Who stands behind an activity under a framework, by its position (unless `free` of it), and has access."""
    stands = reading.problem.stances(activity.id, flag)
    willing = (ContributorId(one.id) for one in among if free or stands[one.id] >= one.contributes_from)
    return [one for one in willing if reading.has_access(one, activity)]


def _unclosed(
    problem: Problem, activity: Activity, flag: FrameworkId, relaxed: frozenset[str] = frozenset()
) -> Sequence[int]:
    """The periods in which no single fact closes a framework."""
    if _shut(problem, activity, flag, relaxed):
        return ()
    return [t for t in range(len(problem.periods)) if not _shut_then(problem, activity, flag, t, relaxed)]


def _shut(problem: Problem, activity: Activity, flag: FrameworkId, relaxed: frozenset[str]) -> bool:
    """Whether a single fact closes a framework in every period: it is off, no consent, no lead role."""
    led = problem.framework[flag].role == "lead" and activity.id in problem.policy.no_lead_role
    return (
        not problem.framework[flag].enabled
        or ("consent" not in relaxed and not consents(problem, activity.theatre, flag))
        or ("policy" not in relaxed and led)
    )


def _shut_then(problem: Problem, activity: Activity, flag: FrameworkId, t: int, relaxed: frozenset[str]) -> bool:
    """Whether a single fact closes a framework in one period: it is forbidden, no room for the day after."""
    late = "policy" not in relaxed and beyond_horizon(problem, activity, t)
    return late or _forbidden(problem, activity.id, flag, t)


def beyond_horizon(problem: Problem, activity: Activity, t: int) -> bool:
    """Whether an operation would owe a day after that the horizon has no room for."""
    owed = activity.day_after
    return owed is not None and owed.beyond_horizon == "forbid" and t + owed.periods >= len(problem.periods)


def _forbidden(problem: Problem, activity: ActivityId, flag: FrameworkId, t: int) -> bool:
    return any(
        lock.activity == activity and lock.framework in (None, flag) and lock.period in (None, problem.periods[t])
        for lock in problem.policy.forbid
    )


def unbought(problem: Problem, activity: Activity, flag: FrameworkId, offered: Concessions | None) -> bool:
    """Whether consensus or majority closes a framework, even if all political capital on offer went there."""
    rule = problem.framework[flag].rule
    budget = offered.budget if offered else 0.0
    each = min(budget, offered.max_per_case) if offered else budget
    stands = problem.stances(activity.id, flag)
    if rule.type == "consensus":
        gaps = [max(0.0, member.objects_below - stands[member.id]) for member in problem.members]
        return not (buys(each, max(gaps)) and buys(budget, sum(gaps)))
    if isinstance(rule, Majority):
        return not carried(problem, rule, [one for one in problem.members if buys(each, -stands[one.id])])
    return False
