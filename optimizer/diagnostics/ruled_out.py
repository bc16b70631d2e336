"""Why a framework is ruled out for an activity, in words: the first fact or rule that applies."""

from collections.abc import Callable, Collection, Iterator

from models.config import Group
from models.ids import ActivityId, FrameworkId, MemberId, PeriodId
from models.problem.framework import Consensus
from models.problem.problem import Problem
from optimizer.data.politics import (
    beyond_horizon,
    host_refuses,
    is_affordable,
    is_forbidden,
    is_led_against_policy,
    is_voted_down,
    lock_applies,
    objectors,
    points_per_case,
    political_capital,
    refusing_spoilers,
)
from optimizer.data.titles import title, titles

Relaxed = Collection[Group]


def ruled_out_because(problem: Problem, a: ActivityId, f: FrameworkId, t: PeriodId, relax: Relaxed = ()) -> str | None:
    """The first fact or rule that rules out a under f in t, in words; None if none does.

    Agrees with `optimizer.data.politics.is_ruled_out`: rules of the groups in `relax` are ignored.
    """
    for cause in CAUSES:
        for words in cause(problem, a, f, t, relax):
            return words
    return None


def _disabled(problem: Problem, a: ActivityId, f: FrameworkId, _t: PeriodId, _relax: Relaxed) -> Iterator[str]:
    if not problem.framework[f].enabled:
        yield f"the problem disables {_framework(problem, a, f)}"


def _forbidden(problem: Problem, a: ActivityId, f: FrameworkId, t: PeriodId, _relax: Relaxed) -> Iterator[str]:
    if is_forbidden(problem, a, f, t):
        locks = [lock for lock in problem.policy.forbid if lock_applies(lock, a, f, t)]
        names_framework = all(lock.framework is not None for lock in locks)
        yield f"policy forbids it under {_framework(problem, a, f)}" if names_framework else "policy forbids it"


def _refused(problem: Problem, a: ActivityId, f: FrameworkId, _t: PeriodId, relax: Relaxed) -> Iterator[str]:
    if "consent" in relax:
        return
    theatre = title(problem.theatre, problem.activity[a].theatre)
    if host_refuses(problem, a, f):
        yield f"the host of {theatre} refuses {_framework(problem, a, f)}"
    spoilers = {spoiler.id: spoiler for spoiler in problem.spoilers}
    for spoiler in refusing_spoilers(problem, a, f):
        yield f"{title(spoilers, spoiler)}, active in {theatre}, refuses {_framework(problem, a, f)}"


def _against_policy(problem: Problem, a: ActivityId, f: FrameworkId, t: PeriodId, relax: Relaxed) -> Iterator[str]:
    if "policy" in relax:
        return
    if is_led_against_policy(problem, a, f):
        yield f"policy excludes a lead role, as under {_framework(problem, a, f)}"
    after = problem.activity[a].day_after
    if after is not None and beyond_horizon(problem, a, t):
        yield f"it would owe {title(problem.activity, after.follow_on)} past the last period"


def _voted_down(problem: Problem, a: ActivityId, f: FrameworkId, _t: PeriodId, relax: Relaxed) -> Iterator[str]:
    points = political_capital(problem)
    if "decision" in relax or not is_voted_down(problem, a, f, points):
        return
    framework = _framework(problem, a, f)
    if not isinstance(problem.framework[f].rule, Consensus):
        yield f"{'even with concessions ' if points > 0 else ''}it has no majority under {framework}"
        return
    objecting = dict(objectors(problem, a, f))
    if points <= 0:
        yield f"{_members(problem, objecting)} under {framework}"
        return
    each = points_per_case(problem, points)
    not_won = [i for i, gap in objecting.items() if not is_affordable(gap, each)]
    yield f"even with concessions {_members(problem, not_won or objecting)} under {framework}"


CAUSES: tuple[Callable[[Problem, ActivityId, FrameworkId, PeriodId, Relaxed], Iterator[str]], ...] = (
    _disabled,
    _forbidden,
    _refused,
    _against_policy,
    _voted_down,
)


def _members(problem: Problem, objecting: Collection[MemberId]) -> str:
    return f"{titles(problem.member, objecting)} {'object' if len(objecting) > 1 else 'objects'}"


def _framework(problem: Problem, a: ActivityId, f: FrameworkId) -> str:
    only = ", its only framework" if len(problem.frameworks_of(problem.activity[a])) == 1 else ""
    return f"{title(problem.framework, f)}{only}"
