"""Who is willing, as a reading of the document: the members over which burdens compare and coordination is paid."""

from collections.abc import Iterable, Iterator, Sequence

from models.ids import ActivityId, ContributorId, FrameworkId, MemberId
from models.problem.activity import Activity
from models.problem.framework import Majority
from models.problem.member import Member
from models.problem.politics import Concessions
from models.problem.problem import Problem
from optimizer.check.hosts import consents
from optimizer.check.reading import Reading
from optimizer.check.votes import buys, carried

Case = tuple[Activity, FrameworkId, Sequence[int]]
"""An activity under a framework, and some periods."""


def sharing(reading: Reading) -> tuple[MemberId, ...]:
    """C20: the members that compare burdens, read before any relax and as if there were no concessions."""
    problem = reading.problem
    if problem.burden_sharing is not None and problem.burden_sharing.over == "members":
        return tuple(problem.member)
    opened = (case for case in _openings(problem) if not unbought(problem, case, None))
    return tuple(giving_somewhere(reading, opened))


def payers(reading: Reading) -> frozenset[MemberId]:
    """C6: the members that may pay for harnessing a partner, read after relax and with what concessions could buy."""
    problem = reading.problem
    opened = (
        case
        for case in _openings(problem, reading.relaxed)
        if "decision" in reading.relaxed or not unbought(problem, case, problem.concessions)
    )
    return frozenset(giving_somewhere(reading, opened, free="participation" in reading.relaxed))


def _openings(problem: Problem, relaxed: frozenset[str] = frozenset()) -> Iterator[Case]:
    """Whatever no single fact closes in every period, with the periods in which none does."""
    for activity in problem.activities:
        for flag in problem.frameworks_of(activity):
            if not _shut(problem, activity, flag, relaxed):
                every = range(len(problem.periods))
                yield activity, flag, [t for t in every if not _shut_then(problem, activity, flag, t, relaxed)]


def giving_somewhere(reading: Reading, cases: Iterable[Case], *, free: bool = False) -> Iterator[MemberId]:
    """The members that contribute in some of these cases, in their order."""
    left = dict(reading.problem.member)
    for case in cases:
        for one in giving(reading, case, left.values(), free=free):
            del left[one]
    return (member for member in reading.problem.member if member not in left)


def giving(reading: Reading, case: Case, among: Iterable[Member], *, free: bool = False) -> list[MemberId]:
    """Who contributes in a case: by its position (unless `free` of it), with access, and not withdrawn."""
    activity, flag, periods = case
    stands = reading.problem.stances(activity.id, flag)
    return [
        one.id
        for one in among
        if (free or stands[one.id] >= one.contributes_from)
        and reading.has_access(ContributorId(one.id), activity)
        and reading.is_around(ContributorId(one.id), activity, periods)
    ]


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


def unbought(problem: Problem, case: Case, offered: Concessions | None) -> bool:
    """Whether consensus or majority closes a framework, even if all political capital on offer went there."""
    activity, flag, _ = case
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
