"""Votes under majority rules: when they suffice, and which of them a plan buys."""

from collections.abc import Collection, Iterator, Sequence

from models.ids import ActivityId, FrameworkId, MemberId
from models.problem.framework import Majority
from models.problem.member import Member
from models.problem.problem import Problem
from optimizer.check.plan_index import PlanIndex
from optimizer.check.row import slack
from optimizer.tolerances import POSITION_ROUNDING

Vote = tuple[MemberId, ActivityId, FrameworkId]


def is_majority(problem: Problem, rule: Majority, favour: Collection[Member]) -> bool:
    """Return whether members reach the quota of votes and, if the rule counts heads, that of heads.

    Exactly the quota suffices.
    """
    votes = sum(member.votes for member in favour)
    all_votes = sum(member.votes for member in problem.members)
    heads = (rule.quota_members or 0.0) * len(problem.members)
    return votes >= rule.quota * all_votes * (1 - POSITION_ROUNDING) and len(favour) >= heads * (1 - POSITION_ROUNDING)


def covers_gap(points: float, gap: float) -> bool:
    """Return whether points of political capital cover a gap between positions, up to rounding."""
    return gap <= points * (1 + POSITION_ROUNDING)


def bought_votes(indexes: Sequence[PlanIndex]) -> frozenset[Vote]:
    """Return the votes that a plan buys.

    A vote is bought once for all scenarios (C25), so it costs the largest gap of the scenarios that need it.
    """
    conceded = indexes[0].conceded
    return frozenset(
        (member, activity, framework)
        for (member, activity, framework), points in conceded.items()
        if points > 0
        and all(points >= gap - slack(max(gap, 1.0)) for gap in _gaps(indexes, (member, activity, framework)))
    )


def _gaps(indexes: Sequence[PlanIndex], vote: Vote) -> Iterator[float]:
    """Yield the gap of a vote in each scenario in which the majority fails without concessions."""
    member, activity, framework = vote
    for index in indexes:
        rule = index.problem.framework[framework].rule
        if isinstance(rule, Majority):
            stances = index.problem.stances(activity, framework)
            favour = [voter for voter in index.problem.members if stances[voter.id] >= 0]
            if not is_majority(index.problem, rule, favour):
                yield -stances[member]
