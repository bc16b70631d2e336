"""Who politics keeps away from an activity, in words, and how far apart those who take part stand (C14)."""

from collections.abc import Collection, Iterator, Mapping
from itertools import combinations
from statistics import median

from models.ids import ActivityId, FrameworkId, MemberId
from models.plan import DivergenceReport, StoodAside
from models.problem.framework import Consensus
from models.problem.member import Member
from optimizer.data.politics import gone, would_all_take_part
from optimizer.outcome.figures.decided import ActivityPeriod, Decided

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
    taking_part: frozenset[str] = frozenset(decided.participants.get(key, ()))
    left = gone(decided.problem, *key)
    for i in decided.problem.member if left else unwilling:
        if i in taking_part:
            continue
        if i in left:
            yield StoodAside(member=i, why="has withdrawn")
        elif i in unwilling:
            yield unwilling[i]


def _unwilling(decided: Decided, a: ActivityId, f: FrameworkId) -> Iterator[StoodAside]:
    """Those who would not pay for a under f, whenever that is."""
    problem, stands = decided.problem, decided.problem.stances(a, f)
    frameworks = problem.frameworks_of(problem.activity[a])
    by_consensus = [g for g in frameworks if isinstance(problem.framework[g].rule, Consensus)]
    for i, member in problem.member.items():
        if stands[i] < member.contributes_from:
            conceded = decided.conceded.get((i, a, f), 0.0)
            if conceded > 0:
                why = f"was won over by a concession ({conceded:g}): will not block, will not pay"
            else:
                why = _why(member, f, stands[i], {g: problem.stances(a, g)[i] for g in by_consensus})
            yield StoodAside(member=i, why=why)


def _why(member: Member, f: FrameworkId, position: float, by_consensus: Mapping[FrameworkId, float]) -> str:
    """Where it stands on the frameworks that decide by consensus may be the reason that another one is flown."""
    objected = next((g for g, stands in by_consensus.items() if stands < member.objects_below), None)
    if objected is not None and objected != f:
        gap = f"({by_consensus[objected]:g} < {member.objects_below:g})"
        return f"objects to the {objected} framework {gap}; the {f} framework does not need its consent"
    if position < member.objects_below:
        return f"objects ({position:g} < {member.objects_below:g})"
    stance = "acquiesces" if position >= 0 else "abstains"
    return f"{stance} ({position:g} < {member.contributes_from:g}): will not block, will not pay"


def divergence(decided: Decided, key: ActivityPeriod) -> DivergenceReport:
    """Range, total deviation about the median, and pairwise distance weighted by votes, over the members there."""
    problem, (a, t), f = decided.problem, key, decided.flags[key]
    present: Collection[str] = decided.present_in.get(key, ())
    there = [(stands, problem.member[i].votes) for i, stands in problem.stances(a, f).items() if i in present]
    positions = [position for position, _ in there]
    middle = median(positions) if there else 0.0
    return DivergenceReport(
        activity=a,
        period=t,
        range=max(positions) - min(positions) if there else 0.0,
        total_deviation=sum(abs(position - middle) for position in positions),
        pairwise=sum(v * w * abs(p - q) for (p, v), (q, w) in combinations(there, 2)),
        willing_share=len(would_all_take_part(problem, a, f, t)) / len(problem.member),
    )
