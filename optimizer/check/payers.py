"""Willing members, read from the document: those whose burdens are compared (C20) and those that may pay (C6)."""

from collections.abc import Callable, Iterable, Iterator, Sequence

from models.ids import ActivityId, ContributorId, FrameworkId, MemberId
from models.problem.activity import Activity
from models.problem.framework import Majority
from models.problem.member import Member
from models.problem.politics import Concessions
from models.problem.problem import Problem
from optimizer.check.hosts import consents
from optimizer.check.plan_view import PlanView
from optimizer.check.votes import covers_gap, is_majority

OpenPeriods = Callable[[Activity, FrameworkId], Sequence[int]]
"""Returns the periods in which nothing closes an activity under a framework."""


def sharing(view: PlanView) -> tuple[MemberId, ...]:
    """C20: return the members whose burdens are compared, before any relaxation and without concessions."""
    problem = view.problem
    if problem.burden_sharing is not None and problem.burden_sharing.over == "members":
        return tuple(problem.member)

    def open_periods(activity: Activity, framework: FrameworkId) -> Sequence[int]:
        return () if is_voted_down(problem, activity, framework, None) else _open_periods(problem, activity, framework)

    return tuple(_willing_somewhere(view, open_periods))


def payers(view: PlanView) -> frozenset[MemberId]:
    """C6: return the members that may pay for harnessing a partner, after relaxation and possible concessions."""
    problem, relaxed = view.problem, view.relaxed

    def open_periods(activity: Activity, framework: FrameworkId) -> Sequence[int]:
        if "decision" not in relaxed and is_voted_down(problem, activity, framework, problem.concessions):
            return ()
        return _open_periods(problem, activity, framework, relaxed)

    return frozenset(_willing_somewhere(view, open_periods, any_position="participation" in relaxed))


def _willing_somewhere(view: PlanView, open_periods: OpenPeriods, *, any_position: bool = False) -> Iterator[MemberId]:
    """Yield the members that would contribute to some open activity, in document order.

    It skips activities and frameworks that no remaining member supports.
    """
    remaining = dict(view.problem.member)
    for activity in view.problem.activities:
        for framework in view.problem.frameworks_of(activity):
            supporters = _supporters(view, activity, framework, remaining.values(), any_position=any_position)
            periods = open_periods(activity, framework) if supporters else ()
            for supporter in supporters:
                if any(not view.has_withdrawn(supporter, activity, t) for t in periods):
                    del remaining[MemberId(supporter)]
    return (member for member in view.problem.member if member not in remaining)


def willing_members(view: PlanView, activity: Activity, framework: FrameworkId, t: int) -> list[ContributorId]:
    """Return the members that would contribute in period t: they support it, have access and have not withdrawn."""
    supporters = _supporters(view, activity, framework, view.problem.members)
    return [supporter for supporter in supporters if not view.has_withdrawn(supporter, activity, t)]


def _supporters(
    view: PlanView, activity: Activity, framework: FrameworkId, among: Iterable[Member], *, any_position: bool = False
) -> list[ContributorId]:
    """Return the members with access that support an activity under a framework; `any_position` skips positions."""
    stances = view.problem.stances(activity.id, framework)
    willing = (
        ContributorId(member.id) for member in among if any_position or stances[member.id] >= member.contributes_from
    )
    return [member for member in willing if view.has_access(member, activity)]


def _open_periods(
    problem: Problem, activity: Activity, framework: FrameworkId, relaxed: frozenset[str] = frozenset()
) -> Sequence[int]:
    """Return the periods in which no single fact closes an activity under a framework."""
    if _is_closed(problem, activity, framework, relaxed):
        return ()
    periods = range(len(problem.periods))
    return [t for t in periods if not _is_closed_in_period(problem, activity, framework, t, relaxed)]


def _is_closed(problem: Problem, activity: Activity, framework: FrameworkId, relaxed: frozenset[str]) -> bool:
    """Return whether a single fact closes a framework in every period: not enabled, no consent or no lead role."""
    leads = problem.framework[framework].role == "lead" and activity.id in problem.policy.no_lead_role
    return (
        not problem.framework[framework].enabled
        or ("consent" not in relaxed and not consents(problem, activity.theatre, framework))
        or ("policy" not in relaxed and leads)
    )


def _is_closed_in_period(
    problem: Problem, activity: Activity, framework: FrameworkId, t: int, relaxed: frozenset[str]
) -> bool:
    """Return whether a single fact closes a framework in period t: forbidden, or no room for the day after."""
    late = "policy" not in relaxed and beyond_horizon(problem, activity, t)
    return late or _is_forbidden(problem, activity.id, framework, t)


def beyond_horizon(problem: Problem, activity: Activity, t: int) -> bool:
    """Return whether an operation in period t would owe a day after past the horizon, which its record forbids."""
    owed = activity.day_after
    return owed is not None and owed.beyond_horizon == "forbid" and t + owed.periods >= len(problem.periods)


def _is_forbidden(problem: Problem, activity: ActivityId, framework: FrameworkId, t: int) -> bool:
    return any(
        lock.activity == activity and lock.framework in (None, framework) and lock.period in (None, problem.periods[t])
        for lock in problem.policy.forbid
    )


def is_voted_down(problem: Problem, activity: Activity, framework: FrameworkId, offered: Concessions | None) -> bool:
    """Return whether consensus or majority closes a framework, even with all offered political capital spent on it."""
    rule = problem.framework[framework].rule
    budget = offered.budget if offered else 0.0
    most = min(budget, offered.max_per_case) if offered else budget
    stances = problem.stances(activity.id, framework)
    if rule.type == "consensus":
        gaps = [max(0.0, member.objects_below - stances[member.id]) for member in problem.members]
        return not (covers_gap(most, max(gaps)) and covers_gap(budget, sum(gaps)))
    if isinstance(rule, Majority):
        favour = [member for member in problem.members if covers_gap(most, -stances[member.id])]
        return not is_majority(problem, rule, favour)
    return False
