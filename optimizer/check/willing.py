"""Who is willing, as a reading of the document: the members over which burdens compare and coordination is paid."""

from collections.abc import Iterator

from models.ids import ActivityId, ContributorId, FrameworkId, MemberId
from models.problem.activity import Activity
from models.problem.framework import Majority
from models.problem.member import Member
from models.problem.politics import Concessions
from models.problem.problem import Problem
from optimizer.check.consent import consents
from optimizer.check.facts import Facts
from optimizer.check.votes import buys, carried

Case = tuple[Activity, FrameworkId, int]


def sharing(facts: Facts) -> tuple[MemberId, ...]:
    """C20: the members that compare burdens, read before any relax and as if there were no concessions."""
    problem = facts.problem
    if problem.burden_sharing is not None and problem.burden_sharing.over == "members":
        return tuple(member.id for member in problem.members)
    opened = [case for case in _cases(problem) if not closed(problem, case) and not unbought(problem, case, None)]
    return tuple(member.id for member in problem.members if any(would_give(facts, member, case) for case in opened))


def payers(facts: Facts) -> frozenset[MemberId]:
    """C6: the members that may pay for harnessing a partner, read after relax and with what concessions could buy."""
    problem = facts.problem
    opened = [
        case
        for case in _cases(problem)
        if not closed(problem, case, facts.relaxed)
        and ("decision" in facts.relaxed or not unbought(problem, case, problem.concessions))
    ]
    free = "participation" in facts.relaxed
    return frozenset(
        member.id for member in problem.members if any(would_give(facts, member, case, free=free) for case in opened)
    )


def _cases(problem: Problem) -> Iterator[Case]:
    for activity in problem.activities:
        for flag in problem.frameworks_of(activity):
            for t in range(len(problem.periods)):
                yield activity, flag, t


def would_give(facts: Facts, member: Member, case: Case, *, free: bool = False) -> bool:
    """Whether a member contributes in a case: its position (unless `free` of it), access, and not withdrawn."""
    activity, flag, t = case
    contributor = ContributorId(member.id)
    stands = free or facts.problem.position(member.id, activity.id, flag) >= member.contributes_from
    return stands and facts.has_access(contributor, activity) and not facts.is_gone(contributor, activity, t)


def closed(problem: Problem, case: Case, relaxed: frozenset[str] = frozenset()) -> bool:
    """Whether a single fact closes a framework: off, forbidden, no consent, no lead role, no room for the day after."""
    activity, flag, t = case
    if not problem.framework[flag].enabled or _forbidden(problem, activity.id, flag, t):
        return True
    if "consent" not in relaxed and not consents(problem, activity.theatre, flag):
        return True
    if "policy" in relaxed:
        return False
    led = problem.framework[flag].role == "lead" and activity.id in problem.policy.no_lead_role
    return led or beyond_horizon(problem, activity, t)


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
    position = {member.id: problem.position(member.id, activity.id, flag) for member in problem.members}
    if rule.type == "consensus":
        gaps = [max(0.0, member.objects_below - position[member.id]) for member in problem.members]
        return not (buys(each, max(gaps)) and buys(budget, sum(gaps)))
    if isinstance(rule, Majority):
        return not carried(problem, rule, [one for one in problem.members if buys(each, -position[one.id])])
    return False
