"""Who politics keeps away from an activity, in words, and how far apart those who take part stand (C14)."""

from collections.abc import Iterator, Mapping
from itertools import combinations
from statistics import median

from models.ids import ActivityId, ContributorId, FrameworkId, MemberId
from models.plan import DivergenceReport, StoodAside
from models.problem.framework import Consensus
from models.problem.problem import Problem
from optimizer.politics import has_access, supporters, withdrawn
from optimizer.results.decided import ActivityPeriod, Decided

Unwilling = Mapping[MemberId, StoodAside]


def stood_aside(decided: Decided) -> dict[ActivityPeriod, tuple[StoodAside, ...]]:
    """The members whom politics keeps away from each run; those merely not called upon are not listed."""
    unwilling: dict[tuple[ActivityId, FrameworkId], Unwilling] = {}
    found: dict[ActivityPeriod, tuple[StoodAside, ...]] = {}
    for a, t in decided.running:
        f, _ = decided.runs[a, t]
        if (a, f) not in unwilling:
            unwilling[a, f] = {one.member: one for one in _unwilling(decided, a, f)}
        found[a, t] = tuple(_kept_away(decided, (a, t), unwilling[a, f]))
    return found


def _kept_away(decided: Decided, key: ActivityPeriod, unwilling: Unwilling) -> Iterator[StoodAside]:
    taking_part = {*decided.participants.get(key, ())}
    for i in decided.problem.member:
        if ContributorId(i) in taking_part:
            continue
        if withdrawn(decided.problem, i, *key):
            yield StoodAside(member=i, why="has withdrawn")
        elif i in unwilling:
            yield unwilling[i]


def _unwilling(decided: Decided, a: ActivityId, f: FrameworkId) -> Iterator[StoodAside]:
    """Those who would not pay for a under f, whenever that is."""
    paying = {*supporters(decided.problem, a, f)}
    for i in decided.problem.member:
        if i not in paying:
            conceded = decided.conceded.get((i, a, f), 0.0)
            won_over = f"was won over by a concession ({conceded:g}): will not block, will not pay"
            yield StoodAside(member=i, why=won_over if conceded > 0 else _why(decided.problem, i, a, f))


def _why(problem: Problem, i: MemberId, a: ActivityId, f: FrameworkId) -> str:
    member = problem.member[i]
    stands = {g: problem.position(i, a, g) for g in problem.frameworks_of(problem.activity[a])}
    objected = next((g for g in stands if _by_consensus(problem, g) and stands[g] < member.objects_below), None)
    position = stands[f]
    if objected is not None and objected != f:
        gap = f"({stands[objected]:g} < {member.objects_below:g})"
        return f"objects to the {objected} framework {gap}; the {f} framework does not need its consent"
    if position < member.objects_below:
        return f"objects ({position:g} < {member.objects_below:g})"
    stance = "acquiesces" if position >= 0 else "abstains"
    return f"{stance} ({position:g} < {member.contributes_from:g}): will not block, will not pay"


def _by_consensus(problem: Problem, f: FrameworkId) -> bool:
    return isinstance(problem.framework[f].rule, Consensus)


def divergence(decided: Decided, key: ActivityPeriod) -> DivergenceReport:
    """Range, total deviation about the median, and pairwise distance weighted by votes, over the members there."""
    problem, (a, t), f = decided.problem, key, decided.flags[key]
    stands = problem.stances(a, f)
    there = [(stands[i], problem.member[i].votes) for i in stands if (ContributorId(i), a, t) in decided.present]
    positions = [position for position, _ in there]
    middle = median(positions) if there else 0.0
    willing = (i for i in supporters(problem, a, f) if has_access(problem, i, a) and not withdrawn(problem, i, a, t))
    return DivergenceReport(
        activity=a,
        period=t,
        range=max(positions) - min(positions) if there else 0.0,
        total_deviation=sum(abs(position - middle) for position in positions),
        pairwise=sum(v * w * abs(p - q) for (p, v), (q, w) in combinations(there, 2)),
        willing_share=len(tuple(willing)) / len(problem.member),
    )
