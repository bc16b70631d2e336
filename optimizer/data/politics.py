"""Political readings of the document: objectors, supporters, majorities, refusals, withdrawals, ruled-out runs."""

from collections.abc import Collection, Iterator

from models.config import Group
from models.ids import ActivityId, ContributorId, FrameworkId, MemberId, PeriodId, SpoilerId
from models.problem.framework import Consensus, Majority
from models.problem.policy import Lock
from models.problem.politics import Rivalry, Spoiler
from models.problem.problem import Problem
from models.problem.theatre import ANY_FRAMEWORK
from optimizer.tolerances import POSITION_ROUNDING


def objectors(problem: Problem, a: ActivityId, f: FrameworkId) -> Iterator[tuple[MemberId, float]]:
    """The members that object to a under f, each with its gap below `objects_below`, in points of position (> 0)."""
    positions = problem.stances(a, f)
    for i, member in problem.member.items():
        gap = member.objects_below - positions[i]
        if gap > 0:
            yield i, gap


def supporters(problem: Problem, a: ActivityId, f: FrameworkId) -> Iterator[MemberId]:
    """The members that support a under f: their position is at least `contributes_from`."""
    member = problem.member
    return (i for i, position in problem.stances(a, f).items() if position >= member[i].contributes_from)


def supports(problem: Problem, i: MemberId, a: ActivityId, f: FrameworkId) -> bool:
    """Whether member i supports a under f, and so would contribute."""
    return problem.position(i, a, f) >= problem.member[i].contributes_from


def dissenters(problem: Problem, a: ActivityId, f: FrameworkId) -> Iterator[tuple[MemberId, float]]:
    """The members that do not vote for a under f, each with its gap below 0, in points of position (> 0)."""
    for i, position in problem.stances(a, f).items():
        if position < 0:
            yield i, -position


def political_capital(problem: Problem) -> float:
    """Budget of concessions, in points of position; 0 if the document has none."""
    return 0.0 if problem.concessions is None else problem.concessions.budget


def points_per_case(problem: Problem, points: float) -> float:
    """The most points that one member can concede on one activity under one framework, given a budget of `points`."""
    return 0.0 if problem.concessions is None else min(points, problem.concessions.max_per_case)


def is_affordable(gap: float, points: float) -> bool:
    """Whether `points` cover a gap, up to rounding."""
    return gap <= points * (1 + POSITION_ROUNDING)


def blocked_by_consensus(problem: Problem, a: ActivityId, f: FrameworkId, points: float = 0.0) -> bool:
    """Whether f decides by consensus and a budget of `points` does not win over all objectors to a."""
    if not isinstance(problem.framework[f].rule, Consensus):
        return False
    each, spent = points_per_case(problem, points), 0.0
    for _, gap in objectors(problem, a, f):
        spent += gap
        if not (is_affordable(gap, each) and is_affordable(spent, points)):
            return True
    return False


def lacks_majority(problem: Problem, a: ActivityId, f: FrameworkId, points: float = 0.0) -> bool:
    """Whether f decides by majority and a lacks one, even if the full budget could be spent on every dissenter.

    The rows of C8 and the budget limit the sum over dissenters.
    """
    rule = problem.framework[f].rule
    return isinstance(rule, Majority) and max(shortfall_after_concessions(problem, rule, a, f, points)) > 0


def shortfall_after_concessions(
    problem: Problem, rule: Majority, a: ActivityId, f: FrameworkId, points: float
) -> tuple[float, float]:
    """Votes and members that a majority for a under f lacks, if `points` could be spent on every dissenter."""
    each = points_per_case(problem, points)
    not_won = {i for i, gap in dissenters(problem, a, f) if not is_affordable(gap, each)}
    return majority_shortfall(problem, rule, [i for i in problem.member if i not in not_won])


def majority_shortfall(problem: Problem, rule: Majority, favour: list[MemberId]) -> tuple[float, float]:
    """Votes and members that a majority lacks if only `favour` vote for it; 0 or less if it has enough."""
    every = sum(member.votes for member in problem.members)
    votes = rule.quota * every - sum(problem.member[i].votes for i in favour)
    heads = (rule.quota_members or 0.0) * len(problem.members)
    return (
        0.0 if votes <= POSITION_ROUNDING * every else votes,
        0.0 if heads - len(favour) <= POSITION_ROUNDING * heads else heads - len(favour),
    )


def is_voted_down(problem: Problem, a: ActivityId, f: FrameworkId, points: float = 0.0) -> bool:
    """Whether the rule of f, consensus or majority, rejects a even with a budget of `points` for concessions."""
    return blocked_by_consensus(problem, a, f, points) or lacks_majority(problem, a, f, points)


def opposition(problem: Problem) -> dict[tuple[ActivityId, FrameworkId], float]:
    """O[a,f]: the gaps of members below position 0, weighted by share of votes (C38); only values above zero."""
    every = sum(member.votes for member in problem.members)
    found: dict[tuple[ActivityId, FrameworkId], float] = {}
    for a, activity in problem.activity.items():
        for f in problem.frameworks_of(activity):
            against = sum(problem.member[i].votes * gap for i, gap in dissenters(problem, a, f))
            if against > 0:
                found[a, f] = against / every
    return found


def host_refuses(problem: Problem, a: ActivityId, f: FrameworkId) -> bool:
    """Whether the host of the theatre of a refuses f."""
    return not problem.theatre[problem.activity[a].theatre].consents_to(f)


def refusing_spoilers(problem: Problem, a: ActivityId, f: FrameworkId) -> Iterator[SpoilerId]:
    """The active spoilers that refuse f in the theatre of a (C39)."""
    for spoiler in problem.spoilers:
        if is_active_in(spoiler, problem.activity[a].theatre) and not _consents_to(spoiler, f):
            yield spoiler.id


def is_active_in(spoiler: Spoiler, theatre: str) -> bool:
    """Whether a spoiler is active in a theatre."""
    return spoiler.active and (spoiler.theatres is None or theatre in spoiler.theatres)


def _consents_to(spoiler: Spoiler, f: FrameworkId) -> bool:
    if isinstance(spoiler.consent, bool):
        return spoiler.consent
    return spoiler.consent.get(f, spoiler.consent.get(ANY_FRAMEWORK, True))


def is_refused(problem: Problem, a: ActivityId, f: FrameworkId) -> bool:
    """Whether the host of the theatre of a, or an active spoiler there, refuses f."""
    return host_refuses(problem, a, f) or any(True for _ in refusing_spoilers(problem, a, f))


def is_led_against_policy(problem: Problem, a: ActivityId, f: FrameworkId) -> bool:
    """Whether policy excludes a lead role in a and f is a lead role."""
    return a in problem.policy.no_lead_role and problem.framework[f].role == "lead"


def is_forbidden(problem: Problem, a: ActivityId, f: FrameworkId, t: PeriodId) -> bool:
    """Whether policy forbids a under f in t."""
    return any(lock_applies(lock, a, f, t) for lock in problem.policy.forbid)


def rivalry_applies(problem: Problem, rivalry: Rivalry, a: ActivityId) -> bool:
    """Whether a rivalry applies to a: in the activities or theatres it names, in all if it names none."""
    if rivalry.activities is not None:
        return a in rivalry.activities
    return rivalry.theatres is None or problem.activity[a].theatre in rivalry.theatres


def lock_applies(lock: Lock, a: ActivityId, f: FrameworkId, t: PeriodId) -> bool:
    """Whether a lock applies to a under f in t."""
    return lock.activity == a and lock.framework in (None, f) and lock.period in (None, t)


def has_withdrawn(problem: Problem, c: str, a: ActivityId, t: PeriodId) -> bool:
    """Whether contributor c has withdrawn from the theatre of a by t."""
    return any(
        withdrawal.theatre in (None, problem.activity[a].theatre) and _has_begun(problem, withdrawal.from_period, t)
        for withdrawal in problem.withdrawn
        if withdrawal.member == c
    )


def withdrawn_contributors(problem: Problem, a: ActivityId, t: PeriodId) -> frozenset[str]:
    """The contributors that have withdrawn from the theatre of a by t."""
    theatre = problem.activity[a].theatre
    return frozenset(
        withdrawal.member
        for withdrawal in problem.withdrawn
        if withdrawal.theatre in (None, theatre) and _has_begun(problem, withdrawal.from_period, t)
    )


def _has_begun(problem: Problem, first: PeriodId | None, t: PeriodId) -> bool:
    return first is None or problem.periods.index(t) >= problem.periods.index(first)


def beyond_horizon(problem: Problem, a: ActivityId, t: PeriodId) -> bool:
    """Whether a run of a in t would owe its follow-on past the last period, and this forbids the run (C19)."""
    after = problem.activity[a].day_after
    if after is None or after.beyond_horizon == "ignore":
        return False
    return problem.periods.index(t) + after.periods >= len(problem.periods)


def is_ruled_out(problem: Problem, a: ActivityId, f: FrameworkId, t: PeriodId, relax: Collection[Group] = ()) -> bool:
    """Whether a single fact or rule rules out a under f in t, with all possible concessions (MODEL, Readings: willing).

    Rules of the groups in `relax` are ignored.
    """
    return (
        not problem.framework[f].enabled
        or is_forbidden(problem, a, f, t)
        or ("consent" not in relax and is_refused(problem, a, f))
        or ("policy" not in relax and (is_led_against_policy(problem, a, f) or beyond_horizon(problem, a, t)))
        or ("decision" not in relax and is_voted_down(problem, a, f, political_capital(problem)))
    )


def has_access(problem: Problem, c: str, a: ActivityId) -> bool:
    """Whether contributor c has access to the theatre of a."""
    access = problem.theatre[problem.activity[a].theatre].access
    return access is None or c in access


def would_take_part(problem: Problem, i: MemberId, a: ActivityId, f: FrameworkId, t: PeriodId) -> bool:
    """Whether i supports a under f, has access to its theatre and has not withdrawn by t."""
    return supports(problem, i, a, f) and has_access(problem, i, a) and not has_withdrawn(problem, i, a, t)


def willing_participants(problem: Problem, a: ActivityId, f: FrameworkId, t: PeriodId) -> list[MemberId]:
    """The members that support a under f, have access to its theatre and have not withdrawn by t."""
    access, withdrawn = problem.theatre[problem.activity[a].theatre].access, withdrawn_contributors(problem, a, t)
    return [
        i for i in supporters(problem, a, f) if i not in withdrawn and (access is None or ContributorId(i) in access)
    ]
