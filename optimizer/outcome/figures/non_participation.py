"""Members that politics keeps out of an activity, with the reason in words, and divergence of participants (C14)."""

from collections.abc import Collection, Iterator, Mapping
from itertools import combinations
from statistics import median

from models.ids import ActivityId, FrameworkId, MemberId
from models.plan import DivergenceReport, StoodAside
from models.problem.framework import Consensus, Majority
from models.problem.member import Member
from models.problem.problem import Problem
from optimizer.data.politics import willing_participants, withdrawn_contributors
from optimizer.data.titles import title
from optimizer.outcome.figures.scenario_decisions import ActivityPeriod, ScenarioDecisions

Unwilling = Mapping[MemberId, StoodAside]


def non_participants(decisions: ScenarioDecisions) -> dict[ActivityPeriod, tuple[StoodAside, ...]]:
    """(a, t) -> the members that politics keeps out of the run; willing members that are not needed are left out."""
    unwilling: dict[tuple[ActivityId, FrameworkId], Unwilling] = {}
    found: dict[ActivityPeriod, tuple[StoodAside, ...]] = {}
    for a, t in decisions.running:
        f, _ = decisions.runs[a, t]
        if (a, f) not in unwilling:
            unwilling[a, f] = {aside.member: aside for aside in _unwilling(decisions, a, f)}
        found[a, t] = tuple(_non_participants(decisions, (a, t), unwilling[a, f]))
    return found


def _non_participants(decisions: ScenarioDecisions, key: ActivityPeriod, unwilling: Unwilling) -> Iterator[StoodAside]:
    taking_part: frozenset[str] = frozenset(decisions.participants.get(key, ()))
    withdrawn = withdrawn_contributors(decisions.problem, *key)
    for i in decisions.problem.member if withdrawn else unwilling:
        if i in taking_part:
            continue
        if i in withdrawn:
            yield StoodAside(member=i, why="has withdrawn")
        elif i in unwilling:
            yield unwilling[i]


def _unwilling(decisions: ScenarioDecisions, a: ActivityId, f: FrameworkId) -> Iterator[StoodAside]:
    """The members that do not support a under f, each with the reason; the same in all periods.

    None if participation is relaxed: then no position keeps a member out.
    """
    problem, positions = decisions.problem, decisions.problem.stances(a, f)
    if "participation" in decisions.relax:
        return
    by_consensus = [g for g in problem.frameworks_of(problem.activity[a]) if _can_object(problem, g)]
    for i, member in problem.member.items():
        if positions[i] < member.contributes_from:
            points = decisions.concessions.get((i, a, f), 0.0)
            if points > 0 and positions[i] < _accepts_from(problem, member, f):
                why = f"won over by a concession of {points:g}: does not block, does not contribute"
            else:
                why = _why(problem, member, f, positions[i], {g: problem.stances(a, g)[i] for g in by_consensus})
            yield StoodAside(member=i, why=why)


def _can_object(problem: Problem, f: FrameworkId) -> bool:
    """Whether an objection under f could block an activity: f is enabled and decides by consensus."""
    return problem.framework[f].enabled and isinstance(problem.framework[f].rule, Consensus)


def _accepts_from(problem: Problem, member: Member, f: FrameworkId) -> float:
    """The position from which a member needs no concession under f: one of another scenario does not win it over."""
    return member.objects_below if isinstance(problem.framework[f].rule, Consensus) else 0.0


def _why(
    problem: Problem, member: Member, f: FrameworkId, position: float, consensus_positions: Mapping[FrameworkId, float]
) -> str:
    """Why a member does not take part under f.

    Its objection under another framework, which decides by consensus, may be the reason that the activity runs under f.

    Args:
        problem: The problem, for titles.
        member: The member.
        f: The framework that the activity runs under.
        position: The position of the member under f.
        consensus_positions: Its position under each framework of the activity that decides by consensus.
    """
    own = _own_reason(member, position)
    objected = next((g for g, stated in consensus_positions.items() if stated < member.objects_below and g != f), None)
    if objected is None or (position < member.objects_below and f in consensus_positions):
        return own
    limits = f"(position {consensus_positions[objected]:g}, objects below {member.objects_below:g})"
    objects = f"objects under {title(problem.framework, objected)} {limits}"
    framework = title(problem.framework, f)
    if _counts_consent(problem, f, position):
        return f"{objects}; under {framework} it {own}"
    return f"{objects}; {framework} does not need its consent"


def _counts_consent(problem: Problem, f: FrameworkId, position: float) -> bool:
    """Whether f may need the consent that the member gives: f decides by consensus, or counts its vote in favour."""
    rule = problem.framework[f].rule
    return isinstance(rule, Consensus) or (isinstance(rule, Majority) and position >= 0)


def _own_reason(member: Member, position: float) -> str:
    """Why a member does not take part, by its position under the framework of the run."""
    if position < member.objects_below:
        return f"objects (position {position:g}, objects below {member.objects_below:g})"
    stance = "acquiesces" if position >= 0 else "abstains"
    limits = f"(position {position:g}, contributes from {member.contributes_from:g})"
    return f"{stance} {limits}: does not block, does not contribute"


def divergence(decisions: ScenarioDecisions, key: ActivityPeriod) -> DivergenceReport:
    """Range, total deviation about the median, and vote-weighted pairwise distance, over the members present."""
    problem, (a, t), f = decisions.problem, key, decisions.frameworks[key]
    present: Collection[str] = decisions.present_contributors.get(key, ())
    voters = [(position, problem.member[i].votes) for i, position in problem.stances(a, f).items() if i in present]
    positions = [position for position, _ in voters]
    middle = median(positions) if voters else 0.0
    return DivergenceReport(
        activity=a,
        period=t,
        range=max(positions) - min(positions) if voters else 0.0,
        total_deviation=sum(abs(position - middle) for position in positions),
        pairwise=sum(v * w * abs(p - q) for (p, v), (q, w) in combinations(voters, 2)),
        willing_share=len(willing_participants(problem, a, f, t)) / len(problem.member),
    )
