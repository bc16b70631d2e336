"""Who is willing, as a reading of the document: the members over which burdens compare and coordination is paid."""

from collections.abc import Iterator, Sequence

from models.ids import ActivityId, ContributorId, FrameworkId, MemberId
from models.problem.activity import Activity
from models.problem.framework import Majority
from models.problem.member import Member
from models.problem.politics import Concessions
from models.problem.problem import Problem
from optimizer.check.consent import consents
from optimizer.check.facts import Facts
from optimizer.check.votes import buys, carried

Case = tuple[Activity, FrameworkId, Sequence[int]]
"""An activity under a framework, and some periods."""


def sharing(facts: Facts) -> tuple[MemberId, ...]:
    """C20: the members that compare burdens, read before any relax and as if there were no concessions."""
    problem = facts.problem
    if problem.burden_sharing is not None and problem.burden_sharing.over == "members":
        return tuple(member.id for member in problem.members)
    opened = [case for case in _openings(problem) if not unbought(problem, case, None)]
    return tuple(member.id for member in problem.members if any(would_give(facts, member, case) for case in opened))


def payers(facts: Facts) -> frozenset[MemberId]:
    """C6: the members that may pay for harnessing a partner, read after relax and with what concessions could buy."""
    problem = facts.problem
    opened = [
        case
        for case in _openings(problem, facts.relaxed)
        if "decision" in facts.relaxed or not unbought(problem, case, problem.concessions)
    ]
    free = "participation" in facts.relaxed
    return frozenset(
        member.id for member in problem.members if any(would_give(facts, member, case, free=free) for case in opened)
    )


def _openings(problem: Problem, relaxed: frozenset[str] = frozenset()) -> Iterator[Case]:
    """Whatever no single fact closes in every period, with the periods in which none does."""
    for activity in problem.activities:
        for flag in problem.frameworks_of(activity):
            if not _shut(problem, activity, flag, relaxed):
                every = range(len(problem.periods))
                yield activity, flag, [t for t in every if not _shut_then(problem, activity, flag, t, relaxed)]


def would_give(facts: Facts, member: Member, case: Case, *, free: bool = False) -> bool:
    """Whether a member contributes in a case: its position (unless `free` of it), access, and not withdrawn."""
    activity, flag, periods = case
    contributor = ContributorId(member.id)
    stands = free or facts.problem.stances(activity.id, flag)[member.id] >= member.contributes_from
    return (
        stands
        and facts.has_access(contributor, activity)
        and any(not facts.is_gone(contributor, activity, t) for t in periods)
    )


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
