"""Every discrete choice of a tiny problem: frameworks, participants, who counts, partners, pieces and investments.

All scenarios share the choices. A choice that any scenario closes is left out.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations, product
from statistics import median

from models.problem.activity import PiecewiseEffect, ThresholdEffect
from models.problem.politics import Rivalry
from tests.laws.world import EXACT, Running, ScenarioRules, subsets

Present = tuple[str, str, int]
"""A contributor, an activity, a period."""
Worlds = Sequence[ScenarioRules]
"""The problem in each scenario."""


@dataclass(frozen=True)
class Choice:
    """The discrete choices; the remaining decisions are linear."""

    framework: dict[Running, str]
    counting: frozenset[Present]
    there: frozenset[Present]
    """Contributors subject to a rule of exclusion that may take part."""
    away: frozenset[Present]
    """Contributors subject to a rule of exclusion that may not take part."""
    used: frozenset[tuple[str, int]]
    piece: dict[Running, int]
    bought: dict[tuple[str, int], int]
    conceded: float


def choices(worlds: Worlds, *, recourse: bool) -> Iterator[Choice]:
    """Yield every choice; under recourse a host's refusal restricts the contributions of its scenario instead."""
    first = worlds[0]
    for framework, conceded in _framework_choices(worlds, recourse=recourse):
        together = product(
            product(*(list(_counting(worlds, framework, running)) for running in framework)),
            product(*(list(_presence(worlds, framework, running)) for running in framework)),
            _used(first),
            product(*(list(_pieces(first, running)) for running in framework)),
            _bought(first),
        )
        for counting, presence, used, piece, bought in together:
            yield Choice(
                framework=framework,
                counting=frozenset().union(*counting),
                there=frozenset().union(*(there for there, _ in presence)),
                away=frozenset().union(*(away for _, away in presence)),
                used=used,
                piece=dict(zip(framework, piece, strict=True)),
                bought=bought,
                conceded=conceded,
            )


def _framework_choices(worlds: Worlds, *, recourse: bool) -> Iterator[tuple[dict[Running, str], float]]:
    first = worlds[0]
    runs = [(a, t) for a in first.frameworks_by_activity for t in first.periods]
    options = [
        [
            None,
            *(
                f
                for f in first.frameworks_by_activity[a]
                if all(_is_open(world, a, f, t, recourse=recourse) for world in worlds)
            ),
        ]
        for a, t in runs
    ]
    for chosen in product(*options):
        framework = {running: f for running, f in zip(runs, chosen, strict=True) if f is not None}
        prices = [_conceded(world, framework) for world in worlds]
        if all(_holds(world, framework) for world in worlds) and None not in prices:
            yield framework, max(price for price in prices if price is not None)


def _is_open(world: ScenarioRules, a: str, f: str, t: int, *, recourse: bool) -> bool:
    relaxed = world.relaxed | {"consent"} if recourse else world.relaxed
    return world.is_open(a, f, t, relaxed, world.capital)


def _conceded(world: ScenarioRules, framework: dict[Running, str]) -> float | None:
    """C7, C8: return the concessions for all periods together, or None if they exceed the budget."""
    if "decision" in world.relaxed:
        return 0.0
    cases = {(a, f) for (a, _), f in framework.items()}
    prices = [world.price_of(a, f, world.capital) or 0.0 for a, f in cases]
    return sum(prices) if sum(prices) <= world.capital + EXACT else None


def _holds(world: ScenarioRules, framework: dict[Running, str]) -> bool:
    """C32, C34 and C38, which concern frameworks alone."""
    problem = world.problem
    for lock in problem.policy.run:
        for t in world.periods:
            if lock.period in (None, problem.periods[t]):
                f = framework.get((lock.activity, t))
                if f is None or lock.framework not in (None, f):
                    return False
    for one in problem.alternatives:
        if len({a for a, _ in framework if a in one.activities}) > one.at_most:
            return False
    most = problem.policy.max_opposition
    if most is None or "divergence" in world.relaxed:
        return True
    now = [{key: f for key, f in framework.items() if key[1] == t} for t in world.periods]
    return all(opposition(world, one) <= most + EXACT for one in now)


def opposition(world: ScenarioRules, framework: dict[Running, str]) -> float:
    votes = {one.id: one.votes for one in world.problem.members}
    every = sum(votes.values())
    against = sum(
        vote * max(0.0, -world.position(i, a, f)) for i, vote in votes.items() for (a, _), f in framework.items()
    )
    return against / every if every > 0 else 0.0


def _counting(worlds: Worlds, framework: dict[Running, str], running: Running) -> Iterator[frozenset[Present]]:
    """C9: yield the sets of contributors that count; without a pivot, only the minimal sets."""
    (a, t), f = running, framework[running]
    counted = set().union(*(_counted(world, a, f) for world in worlds))
    able = [c for c in worlds[0].contributors if c in counted and all(world.could_give(c, a, f, t) for world in worlds)]
    enough = [chosen for chosen in subsets(able) if all(_is_quorum(world, a, f, chosen) for world in worlds)]
    pivots = _pivots(worlds[0], worlds[0].activity(a).theatre)
    for chosen in enough:
        if pivots or not any(set(fewer) < set(chosen) for fewer in enough):
            yield frozenset((c, a, t) for c in chosen)


def _counted(world: ScenarioRules, a: str, f: str) -> set[str]:
    """Return the contributors that a decision rule or a cascade counts."""
    rule, activity = world.framework(f).rule, world.activity(a)
    counted = set(_pivots(world, activity.theatre))
    if "decision" not in world.relaxed:
        counted |= {one.id for one in world.problem.members} if rule.min_participants else set(rule.lead_nations)
        counted |= {one.id for one in world.problem.partners} if rule.min_partners else set(activity.requires)
    return counted


def _pivots(world: ScenarioRules, theatre: str) -> list[str]:
    if "cascade" in world.relaxed:
        return []
    return [
        one.pivot
        for one in world.problem.cascades
        if one.reference is None and (one.theatres is None or theatre in one.theatres)
    ]


def _is_quorum(world: ScenarioRules, a: str, f: str, chosen: tuple[str, ...]) -> bool:
    if "decision" in world.relaxed:
        return True
    rule = world.framework(f).rule
    members = [c for c in chosen if world.is_member(c)]
    return (
        len(members) >= rule.min_participants
        and len(chosen) - len(members) >= rule.min_partners
        and (not rule.lead_nations or bool(set(members) & set(rule.lead_nations)))
        and set(world.activity(a).requires) <= set(chosen)
    )


def _presence(
    worlds: Worlds, framework: dict[Running, str], running: Running
) -> Iterator[tuple[frozenset[Present], frozenset[Present]]]:
    """C13, C14, C37: yield who may and who may not take part, among those subject to a rule of exclusion."""
    (a, t), f = running, framework[running]
    concerned = [
        c
        for c in worlds[0].contributors
        if any(c in _concerned(world, a) and world.could_give(c, a, f, t) for world in worlds)
    ]
    for there in subsets(concerned):
        if all(not _rivals(world, a, there, hard=True) and _is_close(world, a, f, there) for world in worlds):
            away = frozenset((c, a, t) for c in concerned if c not in there)
            yield frozenset((c, a, t) for c in there), away


def _concerned(world: ScenarioRules, a: str) -> set[str]:
    problem = world.problem
    found: set[str] = set()
    if "rivalry" not in world.relaxed:
        found |= {c for one in problem.rivalries if _applies_to(world, one, a) for c in one.between}
    rule = problem.divergence
    if rule is not None and "divergence" not in world.relaxed and (rule.activities is None or a in rule.activities):
        found |= {one.id for one in problem.members}
    if "caveat" not in world.relaxed:
        found |= {one.id for one in problem.members if any(caveat.scope == "activity" for caveat in one.caveats)}
    return found


def _applies_to(world: ScenarioRules, rivalry: Rivalry, a: str) -> bool:
    if rivalry.activities is not None:
        return a in rivalry.activities
    return rivalry.theatres is None or world.activity(a).theatre in rivalry.theatres


def _rivals(world: ScenarioRules, a: str, there: tuple[str, ...], *, hard: bool) -> list[float]:
    """Return the friction of each hard or soft rivalry between participants."""
    if "rivalry" in world.relaxed:
        return []
    return [
        one.friction
        for one in world.problem.rivalries
        if one.hard is hard and _applies_to(world, one, a) and set(one.between) <= set(there)
    ]


def friction(world: ScenarioRules, choice: Choice) -> float:
    """C13 soft: return the friction over all activities and periods in which both rivals may serve."""
    return sum(
        points
        for a, t in choice.framework
        for points in _rivals(world, a, tuple(c for c, b, s in choice.there if (b, s) == (a, t)), hard=False)
    )


def _is_close(world: ScenarioRules, a: str, f: str, there: tuple[str, ...]) -> bool:
    rule = world.problem.divergence
    if rule is None or "divergence" in world.relaxed or (rule.activities is not None and a not in rule.activities):
        return True
    stand = [(world.position(i, a, f), world.member(i).votes) for i in there if world.is_member(i)]
    if not stand:
        return True
    positions = [position for position, _ in stand]
    if rule.metric == "range":
        apart = max(positions) - min(positions)
    elif rule.metric == "total_deviation":
        apart = sum(abs(position - median(positions)) for position in positions)
    else:
        apart = sum(v * w * abs(p - q) for (p, v), (q, w) in combinations(stand, 2))
    return apart <= rule.max + EXACT


def caveats(world: ScenarioRules, i: str, a: str, f: str, scope: str) -> list[float]:
    """C37: return the greatest levels that the caveats of a member allow an activity under a framework."""
    return [
        one.max_level
        for one in world.member(i).caveats
        if one.scope == scope
        and one.place in (a, world.activity(a).theatre)
        and (one.frameworks is None or f in one.frameworks)
    ]


def _used(world: ScenarioRules) -> list[frozenset[tuple[str, int]]]:
    """C6: return the sets of partners with a price and periods in which they are harnessed."""
    priced = [
        f"{one.id}/{t}"
        for one in world.problem.partners
        if one.coordination_cost is not None and one.coordination_cost.amount > 0
        for t in world.periods
    ]
    return [frozenset((name.split("/")[0], int(name.split("/")[1])) for name in chosen) for chosen in subsets(priced)]


def _pieces(world: ScenarioRules, running: Running) -> range:
    """C16: return the pieces of an effect: below or above the threshold, or the pieces of an S-curve."""
    effect = world.activity(running[0]).effect
    if isinstance(effect, ThresholdEffect):
        return range(2)
    if isinstance(effect, PiecewiseEffect) and not effect.is_concave:
        return range(len(effect.points))
    return range(1)


def _bought(world: ScenarioRules) -> list[dict[tuple[str, int], int]]:
    """C26: return the possible units bought of each investment in each period."""
    plans: list[dict[tuple[str, int], int]] = [{}]
    for one in world.problem.investments:
        units: list[dict[tuple[str, int], int]] = [
            dict(zip([(one.id, t) for t in world.periods], bought, strict=True))
            for bought in product(range(one.max + 1), repeat=len(world.periods))
            if sum(bought) <= one.max
        ]
        plans = [plan | bought for plan in plans for bought in units]
    return plans
