"""Votes for what a majority decides: when they are enough, and whose a plan buys."""

from collections.abc import Collection, Iterator, Sequence

from models.ids import ActivityId, FrameworkId, MemberId
from models.problem.framework import Majority
from models.problem.member import Member
from models.problem.problem import Problem
from optimizer.check.plan_index import Decisions
from optimizer.check.row import slack

Vote = tuple[MemberId, ActivityId, FrameworkId]

ROUNDING = 1e-9
"""What numbers of a document may be off by, relatively, when they are subtracted or multiplied before they compare."""


def carried(problem: Problem, rule: Majority, favour: Collection[Member]) -> bool:
    """Whether these members are a majority, by votes and, where heads count too, by heads; exactly the quota is."""
    votes, every = sum(one.votes for one in favour), sum(one.votes for one in problem.members)
    heads = (rule.quota_members or 0.0) * len(problem.members)
    return votes >= rule.quota * every * (1 - ROUNDING) and len(favour) >= heads * (1 - ROUNDING)


def buys(points: float, gap: float) -> bool:
    """Whether so many points of political capital are worth a gap between positions."""
    return gap <= points * (1 + ROUNDING)


def won(decided: Sequence[Decisions]) -> frozenset[Vote]:
    """The votes that a plan buys: once for all futures (C25), so at the greatest gap of those in which it is needed."""
    conceded = decided[0].conceded
    return frozenset(
        (member, activity, flag)
        for (member, activity, flag), points in conceded.items()
        if points > 0 and all(points >= gap - slack(gap) for gap in _gaps(decided, (member, activity, flag)))
    )


def _gaps(decided: Sequence[Decisions], vote: Vote) -> Iterator[float]:
    member, activity, flag = vote
    for one in decided:
        rule = one.problem.framework[flag].rule
        if isinstance(rule, Majority):
            stands = one.problem.stances(activity, flag)
            if not carried(one.problem, rule, [who for who in one.problem.members if stands[who.id] >= 0]):
                yield -stands[member]
