"""Who politics keeps away from an activity, in words, and how far apart those who take part stand (C14)."""

from collections.abc import Iterator
from itertools import combinations
from statistics import median

from models.ids import ActivityId, ContributorId, FrameworkId, MemberId
from models.plan import DivergenceReport, StoodAside
from models.problem.framework import Consensus
from models.problem.problem import Problem
from optimizer.politics import pays, withdrawn, would_take_part
from optimizer.results.decided import ActivityPeriod, Decided


def stood_aside(decided: Decided, key: ActivityPeriod) -> Iterator[StoodAside]:
    """The members whom politics keeps away; those merely not called upon are not listed."""
    problem, (a, t) = decided.problem, key
    f, _ = decided.runs[key]
    taking_part = decided.participants.get(key, ())
    for i in problem.member:
        if ContributorId(i) in taking_part:
            continue
        if withdrawn(problem, i, a, t):
            yield StoodAside(member=i, why="has withdrawn")
        elif not pays(problem, i, a, f):
            conceded = decided.conceded.get((i, a, f), 0.0)
            won_over = f"was won over by a concession ({conceded:g}): will not block, will not pay"
            yield StoodAside(member=i, why=won_over if conceded > 0 else _why(problem, i, a, f))


def _why(problem: Problem, i: MemberId, a: ActivityId, f: FrameworkId) -> str:
    member = problem.member[i]
    frameworks = problem.frameworks_of(problem.activity[a])
    by_consensus = [g for g in frameworks if isinstance(problem.framework[g].rule, Consensus)]
    objected = next((g for g in by_consensus if problem.position(i, a, g) < member.objects_below), None)
    position = problem.position(i, a, f)
    if objected is not None and objected != f:
        gap = f"({problem.position(i, a, objected):g} < {member.objects_below:g})"
        return f"objects to the {objected} framework {gap}; the {f} framework does not need its consent"
    if position < member.objects_below:
        return f"objects ({position:g} < {member.objects_below:g})"
    stance = "acquiesces" if position >= 0 else "abstains"
    return f"{stance} ({position:g} < {member.contributes_from:g}): will not block, will not pay"


def divergence(decided: Decided, key: ActivityPeriod) -> DivergenceReport:
    """Range, total deviation about the median, and pairwise distance weighted by votes, over the members there."""
    problem, (a, t), f = decided.problem, key, decided.flags[key]
    members = [i for i in problem.member if (ContributorId(i), a, t) in decided.present]
    position = {i: problem.position(i, a, f) for i in members}
    middle = median(position.values()) if members else 0.0
    votes = {i: problem.member[i].votes for i in members}
    return DivergenceReport(
        activity=a,
        period=t,
        range=max(position.values()) - min(position.values()) if members else 0.0,
        total_deviation=sum(abs(value - middle) for value in position.values()),
        pairwise=sum(votes[i] * votes[j] * abs(position[i] - position[j]) for i, j in combinations(members, 2)),
        willing_share=sum(would_take_part(problem, i, a, f, t) for i in problem.member) / len(problem.member),
    )
