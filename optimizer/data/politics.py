"""Readings of the politics that several families share: who objects, who would pay, what a fact or rule closes."""

from collections.abc import Collection, Iterator

from models.config import Group
from models.ids import ActivityId, ContributorId, FrameworkId, MemberId, PeriodId, SpoilerId
from models.problem.framework import Consensus, Majority
from models.problem.policy import Lock
from models.problem.politics import Rivalry, Spoiler
from models.problem.problem import Problem
from models.problem.theatre import ANY_FRAMEWORK

ROUNDING = 1e-9
"""Relative: what counts as equal where two numbers of a document are subtracted or multiplied before they compare."""


def objectors(problem: Problem, a: ActivityId, f: FrameworkId) -> Iterator[tuple[MemberId, float]]:
    """The members that object to a under f, and by how much (points of position): strictly below `objects_below`."""
    stands = problem.stances(a, f)
    for i, member in problem.member.items():
        gap = member.objects_below - stands[i]
        if gap > 0:
            yield i, gap


def supporters(problem: Problem, a: ActivityId, f: FrameworkId) -> Iterator[MemberId]:
    """The members that would pay for a under f: their position is at least `contributes_from`."""
    member = problem.member
    return (i for i, stands in problem.stances(a, f).items() if stands >= member[i].contributes_from)


def pays(problem: Problem, i: MemberId, a: ActivityId, f: FrameworkId) -> bool:
    """Whether i would pay for a under f."""
    return problem.position(i, a, f) >= problem.member[i].contributes_from


def dissenters(problem: Problem, a: ActivityId, f: FrameworkId) -> Iterator[tuple[MemberId, float]]:
    """The members that a majority for a under f does not count, and by how much (points of position): those below 0."""
    for i, stands in problem.stances(a, f).items():
        if stands < 0:
            yield i, -stands


def capital(problem: Problem) -> float:
    """Points of position that diplomacy can buy in all."""
    return 0.0 if problem.concessions is None else problem.concessions.budget


def in_one_case(problem: Problem, points: float) -> float:
    """Points that can be bought of one member in one case, out of so many in all."""
    return 0.0 if problem.concessions is None else min(points, problem.concessions.max_per_case)


def affordable(gap: float, points: float) -> bool:
    """Whether so many points buy a gap."""
    return gap <= points * (1 + ROUNDING)


def blocked_by_consensus(problem: Problem, a: ActivityId, f: FrameworkId, points: float = 0.0) -> bool:
    """Whether f decides by consensus and somebody objects whom so many points of political capital do not win over."""
    if not isinstance(problem.framework[f].rule, Consensus):
        return False
    each, spent = in_one_case(problem, points), 0.0
    for _, gap in objectors(problem, a, f):
        spent += gap
        if not (affordable(gap, each) and affordable(spent, points)):
            return True
    return False


def outvoted(problem: Problem, a: ActivityId, f: FrameworkId, points: float = 0.0) -> bool:
    """Whether f decides by majority and too few are for a, even if so many points could be spent on each of the others.

    What several cost together is left to the rows of C8 and to the budget.
    """
    rule = problem.framework[f].rule
    return isinstance(rule, Majority) and max(shortfall(problem, rule, a, f, points)) > 0


def shortfall(problem: Problem, rule: Majority, a: ActivityId, f: FrameworkId, points: float) -> tuple[float, float]:
    """The votes and members that a majority for a under f lacks, with so many points to spend on each of the others."""
    each = in_one_case(problem, points)
    lost = {i for i, gap in dissenters(problem, a, f) if not affordable(gap, each)}
    return missing(problem, rule, [i for i in problem.member if i not in lost])


def missing(problem: Problem, rule: Majority, favour: list[MemberId]) -> tuple[float, float]:
    """How many votes, and how many members, a majority lacks if these are for it; 0 or less where it has enough."""
    every = sum(member.votes for member in problem.members)
    votes = rule.quota * every - sum(problem.member[i].votes for i in favour)
    heads = (rule.quota_members or 0.0) * len(problem.members)
    return (
        0.0 if votes <= ROUNDING * every else votes,
        0.0 if heads - len(favour) <= ROUNDING * heads else heads - len(favour),
    )


def voted_down(problem: Problem, a: ActivityId, f: FrameworkId, points: float = 0.0) -> bool:
    """Whether the rule of f, consensus or majority, closes a, with so many points of political capital to spend."""
    return blocked_by_consensus(problem, a, f, points) or outvoted(problem, a, f, points)


def opposition(problem: Problem) -> dict[tuple[ActivityId, FrameworkId], float]:
    """O[a,f]: how far members stand below 0, by their share of the votes (C38); only what is opposed at all."""
    every = sum(member.votes for member in problem.members)
    found: dict[tuple[ActivityId, FrameworkId], float] = {}
    for a, activity in problem.activity.items():
        for f in problem.frameworks_of(activity):
            against = sum(problem.member[i].votes * gap for i, gap in dissenters(problem, a, f))
            if against > 0:
                found[a, f] = against / every
    return found


def refused_by_host(problem: Problem, a: ActivityId, f: FrameworkId) -> bool:
    """Whether the host of the theatre where a runs refuses f."""
    return not problem.theatre[problem.activity[a].theatre].consents_to(f)


def kept_out_by(problem: Problem, a: ActivityId, f: FrameworkId) -> Iterator[SpoilerId]:
    """The active spoilers that keep f out of the theatre where a runs (C39)."""
    for spoiler in problem.spoilers:
        if spoils_in(spoiler, problem.activity[a].theatre) and not _lets_in(spoiler, f):
            yield spoiler.id


def spoils_in(spoiler: Spoiler, theatre: str) -> bool:
    """Whether a spoiler is active in a theatre."""
    return spoiler.active and (spoiler.theatres is None or theatre in spoiler.theatres)


def _lets_in(spoiler: Spoiler, f: FrameworkId) -> bool:
    if isinstance(spoiler.consent, bool):
        return spoiler.consent
    return spoiler.consent.get(f, spoiler.consent.get(ANY_FRAMEWORK, True))


def refused(problem: Problem, a: ActivityId, f: FrameworkId) -> bool:
    """Whether the host of the theatre where a runs, or an active spoiler there, refuses f."""
    return refused_by_host(problem, a, f) or any(True for _ in kept_out_by(problem, a, f))


def led_against_policy(problem: Problem, a: ActivityId, f: FrameworkId) -> bool:
    """Whether policy wants no lead role in a, and f is one."""
    return a in problem.policy.no_lead_role and problem.framework[f].role == "lead"


def forbidden(problem: Problem, a: ActivityId, f: FrameworkId, t: PeriodId) -> bool:
    """Whether policy forbids a under f in t."""
    return any(matches(lock, a, f, t) for lock in problem.policy.forbid)


def disputes(problem: Problem, rivalry: Rivalry, a: ActivityId) -> bool:
    """Whether a rivalry holds in a: in the activities or theatres it names, else in all."""
    if rivalry.activities is not None:
        return a in rivalry.activities
    return rivalry.theatres is None or problem.activity[a].theatre in rivalry.theatres


def matches(lock: Lock, a: ActivityId, f: FrameworkId, t: PeriodId) -> bool:
    """Whether a lock speaks of a under f in t."""
    return lock.activity == a and lock.framework in (None, f) and lock.period in (None, t)


def withdrawn(problem: Problem, c: str, a: ActivityId, t: PeriodId) -> bool:
    """Whether contributor c is gone from where a runs in t."""
    return any(
        one.theatre in (None, problem.activity[a].theatre) and _is_since(problem, one.from_period, t)
        for one in problem.withdrawn
        if one.member == c
    )


def gone(problem: Problem, a: ActivityId, t: PeriodId) -> frozenset[str]:
    """Who has withdrawn from where a runs in t."""
    theatre = problem.activity[a].theatre
    return frozenset(
        one.member
        for one in problem.withdrawn
        if one.theatre in (None, theatre) and _is_since(problem, one.from_period, t)
    )


def _is_since(problem: Problem, first: PeriodId | None, t: PeriodId) -> bool:
    return first is None or problem.periods.index(t) >= problem.periods.index(first)


def beyond_horizon(problem: Problem, a: ActivityId, t: PeriodId) -> bool:
    """Whether a would in t owe a day after past the last period, and that forbids it (C19)."""
    after = problem.activity[a].day_after
    if after is None or after.beyond_horizon == "ignore":
        return False
    return problem.periods.index(t) + after.periods >= len(problem.periods)


def is_closed(problem: Problem, a: ActivityId, f: FrameworkId, t: PeriodId, relax: Collection[Group] = ()) -> bool:
    """Whether a single fact or rule closes a under f in t (MODEL, Readings: willing), whatever is conceded.

    Rules of the groups in `relax` close nothing.
    """
    return (
        not problem.framework[f].enabled
        or forbidden(problem, a, f, t)
        or ("consent" not in relax and refused(problem, a, f))
        or ("policy" not in relax and (led_against_policy(problem, a, f) or beyond_horizon(problem, a, t)))
        or ("decision" not in relax and voted_down(problem, a, f, capital(problem)))
    )


def has_access(problem: Problem, c: str, a: ActivityId) -> bool:
    """Whether contributor c can be where a runs."""
    access = problem.theatre[problem.activity[a].theatre].access
    return access is None or c in access


def would_take_part(problem: Problem, i: MemberId, a: ActivityId, f: FrameworkId, t: PeriodId) -> bool:
    """Whether i would pay for a under f, can be there and has not withdrawn."""
    return pays(problem, i, a, f) and has_access(problem, i, a) and not withdrawn(problem, i, a, t)


def would_all_take_part(problem: Problem, a: ActivityId, f: FrameworkId, t: PeriodId) -> list[MemberId]:
    """All members of which the same is true."""
    access, left = problem.theatre[problem.activity[a].theatre].access, gone(problem, a, t)
    return [i for i in supporters(problem, a, f) if i not in left and (access is None or ContributorId(i) in access)]
