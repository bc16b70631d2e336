"""Futures that ask for different amounts of the same effort: what is given once for all of them cannot meet both (C2).

Needs are equalities, so that floors and stakes are not met by waste. Without recourse the same means must come to the
same level in every future.
"""

from collections.abc import Callable, Collection, Iterator, Sequence
from itertools import combinations

from models.address import apply_overrides
from models.errors import InvalidDocument
from models.ids import ActivityId, ContributorId, FrameworkId, PartnerId, ResourceId
from models.problem.problem import Problem
from optimizer.data.politics import ROUNDING
from optimizer.diagnostics.unrunnable import ScenarioRules

ONCE = "what is given is decided once for all of them; with criterion/recourse true each future has its own"
Worths = dict[tuple[int, ContributorId, ResourceId], float]
"""What a unit that somebody gives is worth in levels, by need line."""


def scenario_conflicts(problem: Problem, worlds: Sequence[ScenarioRules]) -> Iterator[str]:
    """A sentence for whatever futures close by asking for different amounts."""
    yield from _activities(problem, worlds)
    yield from _partners(problem, worlds)


def _partners(problem: Problem, worlds: Sequence[ScenarioRules]) -> Iterator[str]:
    """C6: what is paid for a partner is its price in every future."""
    for k in problem.partner:
        if len({price for world in worlds if (price := _price(world.problem, k))}) > 1:
            causes = _causes(problem, lambda changed, k=k: _price(changed, k))  # type: ignore[misc]
            yield f"nobody can pay for {k}: futures ask for different prices of it ({', '.join(causes)}), and {ONCE}"


def _price(problem: Problem, k: PartnerId) -> float:
    cost = problem.partner[k].coordination_cost
    return 0.0 if cost is None else cost.amount


def _activities(problem: Problem, worlds: Sequence[ScenarioRules]) -> Iterator[str]:
    """C2: what is given comes to the same level in every future."""
    for a, activity in problem.activity.items():
        if len({repr(_rates(world.problem, a)) for world in worlds}) == 1:
            continue
        flags = [f for f in problem.frameworks_of(activity) if _is_open(worlds, a, f)]
        stuck = {f: _at_odds(worlds, a, f) for f in flags}
        closed = [f for f in flags if stuck[f] is None]
        idle = {giver: None for found in stuck.values() for giver in found or ()}
        if not closed and not idle:
            continue
        if len(closed) == len(flags):
            what = f"{a} cannot run"
        elif closed:
            what = f"{a} cannot run under {', '.join(closed)}"
        else:
            what = f"nothing comes to {a} of {', '.join(f'{r} of {c}' for c, r in idle)}"
        causes = _causes(problem, lambda changed, a=a: _rates(changed, a))  # type: ignore[misc]
        yield f"{what}: futures ask for different amounts of the same effort ({', '.join(causes)}), and {ONCE}"


def _is_open(worlds: Collection[ScenarioRules], a: ActivityId, f: FrameworkId) -> bool:
    """Whether a could run under f in some period, as far as facts, rules and means go."""
    first = next(iter(worlds)).problem
    return any(
        all(
            not world.closed(a, f, t)
            and all(world.level(line, a, f, t) > 0 for line in world.problem.activity[a].need_lines)
            for world in worlds
        )
        for t in first.periods
    )


def _at_odds(
    worlds: Sequence[ScenarioRules], a: ActivityId, f: FrameworkId
) -> set[tuple[ContributorId, ResourceId]] | None:
    """Who can give nothing of what, as it is worth more in one future and nothing makes up for it; None: nobody can.

    Between two futures sum of (worth - worth') * x = 0 over a need line: where all differences have one sign, only
    what does not differ can be given.
    """
    idle: set[tuple[ContributorId, ResourceId]] = set()
    worths = [_worths(world, a, f) for world in worlds]
    common = [key for key in worths[0] if all(key in other for other in worths)]
    for line in {number for number, _, _ in common}:
        keys = [key for key in common if key[0] == line]
        for one, other in combinations(worths, 2):
            more = [key for key in keys if one[key] > other[key] * (1 + ROUNDING)]
            less = [key for key in keys if other[key] > one[key] * (1 + ROUNDING)]
            if bool(more) == bool(less):
                continue
            if len(more) + len(less) == len(keys):
                return None
            idle |= {(c, r) for _, c, r in (*more, *less)}
    return idle


def _worths(world: ScenarioRules, a: ActivityId, f: FrameworkId) -> Worths:
    """C2: rate * productivity / (amount * cost multiplier), for those who would give and have it in some period."""
    problem = world.problem
    multiplier = problem.framework[f].cost_multiplier
    return {
        (number, c, r): rate * contributor.productivity / (line.amount * multiplier)
        for number, line in enumerate(problem.activity[a].need_lines)
        for c, contributor in problem.contributor.items()
        for r, rate in line.from_.items()
        if any(world.endowments.get((c, r, t), 0.0) > 0 and world.gives(c, a, f, t) for t in problem.periods)
    }


def _causes(problem: Problem, read: Callable[[Problem], object]) -> Iterator[str]:
    """The overrides of scenarios that change, each alone, what is read."""
    before = read(problem)
    for scenario in problem.scenarios:
        for address, value in scenario.overrides.items():
            try:
                changed = apply_overrides(problem, {address: value})
            except InvalidDocument:  # it holds only together with others
                continue
            if read(changed) != before:
                yield f"scenarios/{scenario.id}/overrides: {address}"


def _rates(problem: Problem, a: ActivityId) -> tuple[object, ...]:
    activity = problem.activity[a]
    return (
        [(dict(line.from_), line.amount) for line in activity.need_lines],
        [problem.framework[f].cost_multiplier for f in problem.frameworks_of(activity)],
        [one.productivity for one in problem.contributor.values()],
    )
