"""What can never run, and why: every framework is closed, or too little comes together under those that are open."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from models.config import Group
from models.ids import ActivityId, ContributorId, FrameworkId, MemberId, PeriodId, ResourceId, ScenarioId
from models.problem.activity import NeedLine
from models.problem.problem import Problem
from optimizer.data.endowments import Endowments, greatest_endowments
from optimizer.data.politics import ROUNDING, beyond_horizon, has_access, is_closed, opposition, supporters, withdrawn

IS_CLOSED = "is closed to it"
ALL = "what is done is decided once for all futures, unless criterion/recourse is true"
FLAGS = "under which framework something runs is decided once for all futures"
CLOSED = f"every framework it names {IS_CLOSED}"


@dataclass(frozen=True, kw_only=True)
class ScenarioRules:
    """A problem as one future knows it, and the groups that do not apply; without a name where there is one future."""

    name: ScenarioId | None
    problem: Problem
    relax: frozenset[Group]
    flags_only: bool = False
    """Whether only flags and who counts are decided for all futures (C25, recourse): of efforts each has its own."""

    @cached_property
    def endowments(self) -> Endowments:
        """What everybody could have."""
        return greatest_endowments(self.problem)

    @cached_property
    def _holders(self) -> dict[tuple[ResourceId, PeriodId], list[tuple[ContributorId, float]]]:
        """Who could have anything of a resource, and what all of it does for a need, productivity included."""
        found: dict[tuple[ResourceId, PeriodId], list[tuple[ContributorId, float]]] = {}
        for (c, r, t), amount in self.endowments.items():
            found.setdefault((r, t), []).append((c, self.problem.contributor[c].productivity * amount))
        return found

    @cached_property
    def _stand_behind(self) -> dict[tuple[ActivityId, FrameworkId], frozenset[ContributorId]]:
        return {}

    @cached_property
    def opposition(self) -> dict[tuple[ActivityId, FrameworkId], float]:
        """What each run adds to the opposition in its period (C38)."""
        return opposition(self.problem)

    def gives(self, c: ContributorId, a: ActivityId, f: FrameworkId, t: PeriodId) -> bool:
        """Whether a contributor would give to a under f in t, and can be there."""
        return c in self.stand_behind(a, f) and not withdrawn(self.problem, c, a, t)

    def stand_behind(self, a: ActivityId, f: FrameworkId) -> frozenset[ContributorId]:
        """Who would give to a under f, unless it has withdrawn, and has access to where a runs."""
        found = self._stand_behind.get((a, f))
        if found is None:
            found = self._stand_behind[a, f] = frozenset(self._would_give(a, f))
        return found

    def _would_give(self, a: ActivityId, f: FrameworkId) -> Iterator[ContributorId]:
        everybody = "participation" in self.relax
        for i in self.problem.member if everybody else supporters(self.problem, a, f):
            if has_access(self.problem, i, a):
                yield ContributorId(i)
        for k in self.problem.partner:
            if has_access(self.problem, k, a):
                yield ContributorId(k)

    def closed(self, a: ActivityId, f: FrameworkId, t: PeriodId) -> bool:
        """Whether a single fact or rule closes a under f in t, but for the groups that do not apply.

        A refusal forbids efforts alone where each future has its own, and so a flag only where it needs some.
        """
        refusable = not self.flags_only or self.problem.activity[a].min_level > 0
        return is_closed(self.problem, a, f, t, self.relax if refusable else self.relax | {"consent"})

    def level(self, line: NeedLine, a: ActivityId, f: FrameworkId, t: PeriodId) -> float:
        """The level that one need of a allows under f in t, if all who would give to it gave everything."""
        standing, gone = self.stand_behind(a, f), bool(self.problem.withdrawn)
        given = sum(
            rate * worth
            for r, rate in line.from_.items()
            for c, worth in self._holders.get((r, t), ())
            if c in standing and not (gone and withdrawn(self.problem, c, a, t))
        )
        return given / (line.amount * self.problem.framework[f].cost_multiplier)


def unrunnable_activities(worlds: Collection[ScenarioRules]) -> Iterator[tuple[ActivityId, str]]:
    """Each activity that can run in none of these futures, which must all allow what runs, and a sentence for it."""
    first = next(iter(worlds))
    for a in first.problem.activity:
        reasons = _owes_too_late(first, a) or _told(
            _reasons(worlds, a), len(worlds), FLAGS if first.flags_only else ALL
        )
        if reasons:
            yield a, f"{a} cannot run: {reasons}"


def _owes_too_late(world: ScenarioRules, a: ActivityId) -> str:
    """C19: its day after would lie past the last period, whenever it ran."""
    after = world.problem.activity[a].day_after
    too_late = all(beyond_horizon(world.problem, a, t) for t in world.problem.periods)
    if after is None or "policy" in world.relax or not too_late:
        return ""
    periods = f"{after.periods} period{'s' * (after.periods > 1)}"
    return f"it would owe {after.follow_on} for {periods}, past the last; add periods, or set beyond_horizon: ignore"


def _reasons(worlds: Collection[ScenarioRules], a: ActivityId) -> dict[str, dict[ScenarioId | None, None]]:
    """What keeps an activity from running, under each framework and in each period, and in which futures."""
    problem = next(iter(worlds)).problem
    found: dict[str, dict[ScenarioId | None, None]] = {}
    for f in problem.frameworks_of(problem.activity[a]):
        for t in problem.periods:
            kept_by = [(reason, world.name) for world in worlds if (reason := _reason(world, a, f, t)) is not None]
            if not kept_by:
                return {}
            for reason, name in kept_by:
                found.setdefault(reason, {})[name] = None
    if all(reason.endswith(IS_CLOSED) for reason in found) and len({tuple(names) for names in found.values()}) == 1:
        return {CLOSED: next(iter(found.values()))}
    return found


def _told(reasons: Mapping[str, Collection[ScenarioId | None]], futures: int, tail: str) -> str:
    told = [
        reason if len(names) == futures else f"{reason} in {', '.join(str(name) for name in names)}"
        for reason, names in reasons.items()
    ]
    apart = any(len(names) < futures for names in reasons.values())
    return "; ".join([*told, *([tail] if apart else [])])


def _reason(world: ScenarioRules, a: ActivityId, f: FrameworkId, t: PeriodId) -> str | None:
    """What keeps a from running under f in t; None if nothing does that can be seen without solving."""
    if world.closed(a, f, t):
        return f"{f} {IS_CLOSED}"
    most = world.problem.policy.max_opposition
    if most is not None and "divergence" not in world.relax:
        against = world.opposition.get((a, f), 0.0)
        if against > most * (1 + ROUNDING):
            return f"objections to it under {f} come to {against:g}, above max_opposition, {most:g}"
    activity = world.problem.activity[a]
    for line in activity.need_lines:
        level = world.level(line, a, f, t)
        if level <= 0 and (activity.min_level > 0 or not world.flags_only):
            return f"nobody who would give to it under {f} has {' or '.join(line.from_)}"
        if level < activity.min_level * (1 - ROUNDING):
            return (
                f"all {' and '.join(line.from_)} of those who would give to it under {f} is enough for level "
                f"{level:g}, below its min_level of {activity.min_level:g}"
            )
    return None if "decision" in world.relax else _no_quorum(world, a, f, t)


def _no_quorum(world: ScenarioRules, a: ActivityId, f: FrameworkId, t: PeriodId) -> str | None:
    """C9: whether those who could give their stake are too few."""
    problem, rule = world.problem, world.problem.framework[f].rule
    requires = problem.activity[a].requires
    if not (rule.min_participants or rule.lead_nations or rule.min_partners or requires):
        return None
    able = [c for c in problem.contributor if world.gives(c, a, f, t) and _can_count(world, c, a, t)]
    members = [c for c in able if MemberId(c) in problem.member]
    if len(members) < rule.min_participants:
        return f"{f} asks for {rule.min_participants} participants, and {len(members)} could give their stake"
    if rule.lead_nations and not {*members} & {*rule.lead_nations}:
        return f"{f} asks for a lead nation, and none of {', '.join(rule.lead_nations)} could give its stake"
    if len(able) - len(members) < rule.min_partners:
        return f"{f} asks for {rule.min_partners} partners, and {len(able) - len(members)} could take part"
    missing = [k for k in requires if ContributorId(k) not in able]
    return f"it requires {', '.join(missing)}, who cannot take part" if missing else None


def _can_count(world: ScenarioRules, c: ContributorId, a: ActivityId, t: PeriodId) -> bool:
    """Whether a contributor has what its stake is worth, and anything at all of what is needed."""
    needed = [r for line in world.problem.activity[a].need_lines for r in line.from_]
    has = {r: world.endowments.get((c, r, t), 0.0) for r in needed}
    worth = sum(world.problem.resource[r].unit_cost * amount for r, amount in has.items())
    stake = world.problem.contributor[c].stake(a)
    return any(amount > 0 for amount in has.values()) and worth >= stake * (1 - ROUNDING)
