"""Activities that can never run, and why: every framework is ruled out, or too few resources or participants remain."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from models.config import Group
from models.ids import ActivityId, ContributorId, FrameworkId, MemberId, PeriodId, ResourceId, ScenarioId
from models.problem.activity import NeedLine
from models.problem.problem import Problem
from optimizer.data.endowments import Endowments, greatest_endowments
from optimizer.data.politics import beyond_horizon, has_access, has_withdrawn, is_ruled_out, opposition, supporters
from optimizer.data.titles import title, titles
from optimizer.diagnostics.ruled_out import ruled_out_because
from optimizer.tolerances import POSITION_ROUNDING

ALL_DECISIONS_SHARED = "all decisions are made once for all scenarios, unless criterion/recourse is true"
FRAMEWORKS_SHARED = "the framework of an activity is decided once for all scenarios"


@dataclass(frozen=True, kw_only=True)
class ScenarioRules:
    """The problem of one scenario, and the groups of constraints that are relaxed."""

    scenario: ScenarioId | None
    """None if the problem has no scenarios."""
    problem: Problem
    relax: frozenset[Group]
    is_framework_only: bool = False
    """Whether to check only what recourse leaves shared by all scenarios: frameworks and quorums (C25)."""

    @cached_property
    def name(self) -> str:
        """The title of the scenario; its id if it has no title."""
        scenarios = {scenario.id: scenario for scenario in self.problem.scenarios}
        return "" if self.scenario is None else title(scenarios, self.scenario)

    @cached_property
    def endowments(self) -> Endowments:
        """capmax[c,r,t], in units of the resource."""
        return greatest_endowments(self.problem)

    @cached_property
    def _owners(self) -> dict[tuple[ResourceId, PeriodId], list[tuple[ContributorId, float]]]:
        """(r, t) -> the contributors that could have r, each with its amount times its productivity."""
        found: dict[tuple[ResourceId, PeriodId], list[tuple[ContributorId, float]]] = {}
        for (c, r, t), amount in self.endowments.items():
            found.setdefault((r, t), []).append((c, self.problem.contributor[c].productivity * amount))
        return found

    @cached_property
    def _willing(self) -> dict[tuple[ActivityId, FrameworkId], frozenset[ContributorId]]:
        return {}

    @cached_property
    def opposition(self) -> dict[tuple[ActivityId, FrameworkId], float]:
        """O[a,f]: what each run adds to the opposition in its period (C38)."""
        return opposition(self.problem)

    def can_give(self, c: ContributorId, a: ActivityId, f: FrameworkId, t: PeriodId) -> bool:
        """Whether c is willing to give to a under f, has access to its theatre and has not withdrawn by t."""
        return c in self.willing(a, f) and not has_withdrawn(self.problem, c, a, t)

    def willing(self, a: ActivityId, f: FrameworkId) -> frozenset[ContributorId]:
        """The contributors willing to give to a under f that have access to its theatre; withdrawals are ignored."""
        found = self._willing.get((a, f))
        if found is None:
            found = self._willing[a, f] = frozenset(self._willing_contributors(a, f))
        return found

    def _willing_contributors(self, a: ActivityId, f: FrameworkId) -> Iterator[ContributorId]:
        are_all_willing = "participation" in self.relax
        for i in self.problem.member if are_all_willing else supporters(self.problem, a, f):
            if has_access(self.problem, i, a):
                yield ContributorId(i)
        for k in self.problem.partner:
            if has_access(self.problem, k, a):
                yield ContributorId(k)

    def _relaxed_for(self, a: ActivityId) -> frozenset[Group]:
        """The relaxed groups; under recourse also consent, unless a has a min_level above 0.

        With recourse, a refusal closes contributions in its scenario only. It rules out the framework, which all
        scenarios share, only if the activity needs contributions in every scenario.
        """
        is_refusal_shared = not self.is_framework_only or self.problem.activity[a].min_level > 0
        return self.relax if is_refusal_shared else self.relax | {"consent"}

    def is_ruled_out(self, a: ActivityId, f: FrameworkId, t: PeriodId) -> bool:
        """Whether a single fact or rule that is not relaxed rules out a under f in t."""
        return is_ruled_out(self.problem, a, f, t, self._relaxed_for(a))

    def ruled_out_because(self, a: ActivityId, f: FrameworkId, t: PeriodId) -> str | None:
        """The fact or rule that rules out a under f in t, in words; None if none does."""
        return ruled_out_because(self.problem, a, f, t, self._relaxed_for(a))

    def level(self, line: NeedLine, a: ActivityId, f: FrameworkId, t: PeriodId) -> float:
        """The level that one need line of a allows under f in t, if all willing contributors gave all they could."""
        willing, any_withdrawn = self.willing(a, f), bool(self.problem.withdrawn)
        given = sum(
            rate * amount
            for r, rate in line.from_.items()
            for c, amount in self._owners.get((r, t), ())
            if c in willing and not (any_withdrawn and has_withdrawn(self.problem, c, a, t))
        )
        return given / (line.amount * self.problem.framework[f].cost_multiplier)


@dataclass(frozen=True, kw_only=True)
class _Obstacles:
    """What keeps an activity from running: for each reason the scenarios it applies in."""

    scenarios_by_reason: Mapping[str, tuple[str, ...]]
    is_combined: bool
    """Whether some scenario alone would allow a run, so that only the scenarios together rule the activity out."""


def unrunnable_activities(scenarios: Sequence[ScenarioRules]) -> Iterator[tuple[ActivityId, str]]:
    """Each activity that cannot run if it has to run in all of `scenarios` at once, with the reasons in a sentence."""
    first = scenarios[0]
    shared = FRAMEWORKS_SHARED if first.is_framework_only else ALL_DECISIONS_SHARED
    for a in first.problem.activity:
        reasons = _owes_too_late(first, a)
        if not reasons and (obstacles := _obstacles(scenarios, a)) is not None:
            reasons = _in_words(obstacles, len(scenarios), shared)
        if reasons:
            yield a, f"{title(first.problem.activity, a)} cannot run: {reasons}"


def _owes_too_late(rules: ScenarioRules, a: ActivityId) -> str:
    """C19: in every period a run would owe its follow-on past the last period; empty if not."""
    problem, after = rules.problem, rules.problem.activity[a].day_after
    is_too_late = all(beyond_horizon(problem, a, t) for t in problem.periods)
    if after is None or "policy" in rules.relax or not is_too_late:
        return ""
    return (
        f"it would owe {title(problem.activity, after.follow_on)} for {_counted(after.periods, 'period')}, past the "
        "last period; add periods, or set beyond_horizon to ignore"
    )


def _obstacles(scenarios: Sequence[ScenarioRules], a: ActivityId) -> _Obstacles | None:
    """The obstacles under every framework and in every period; None if some framework and period has none."""
    problem = scenarios[0].problem
    blocked: dict[tuple[FrameworkId, PeriodId], list[ScenarioRules]] = {}
    for f in problem.frameworks_of(problem.activity[a]):
        for t in problem.periods:
            blocked[f, t] = [rules for rules in scenarios if _is_blocked(rules, a, f, t)]
            if not blocked[f, t]:
                return None
    found: dict[str, dict[ScenarioId | None, str]] = {}
    for (f, t), blocking in blocked.items():
        for rules in blocking:
            reason = rules.ruled_out_because(a, f, t) or _shortage(rules, a, f, t) or ""
            found.setdefault(reason, {})[rules.scenario] = rules.name
    is_combined = any(len(blocking) < len(scenarios) for blocking in blocked.values())
    return _Obstacles(
        scenarios_by_reason={reason: tuple(names.values()) for reason, names in found.items()}, is_combined=is_combined
    )


def _in_words(obstacles: _Obstacles, scenarios: int, shared: str) -> str:
    reasons = [
        reason if len(names) == scenarios else f"{reason} ({scenario_names(names)})"
        for reason, names in obstacles.scenarios_by_reason.items()
    ]
    return "; ".join([*reasons, *([shared] if obstacles.is_combined else [])])


def scenario_names(names: Sequence[str]) -> str:
    """The titles of scenarios in a sentence: "scenario a", "scenarios a, b"."""
    return f"scenario{'s' * (len(names) > 1)} {', '.join(names)}"


def _is_blocked(rules: ScenarioRules, a: ActivityId, f: FrameworkId, t: PeriodId) -> bool:
    """Whether it is visible without solving that a cannot run under f in t."""
    return rules.is_ruled_out(a, f, t) or _shortage(rules, a, f, t) is not None


def _shortage(rules: ScenarioRules, a: ActivityId, f: FrameworkId, t: PeriodId) -> str | None:
    """Too much opposition, too few resources or too few participants for a under f in t, in words; None if neither."""
    problem, framework = rules.problem, title(rules.problem.framework, f)
    most = problem.policy.max_opposition
    if most is not None and "divergence" not in rules.relax:
        against = rules.opposition.get((a, f), 0.0)
        if against > most * (1 + POSITION_ROUNDING):
            return f"opposition to it under {framework} is {against:g}; the policy allows {most:g} (max_opposition)"
    activity = problem.activity[a]
    for line in activity.need_lines:
        level = rules.level(line, a, f, t)
        if level <= 0 and (activity.min_level > 0 or not rules.is_framework_only):
            return f"no willing contributor has {_resources(problem, line, 'or')} under {framework}"
        if level < activity.min_level * (1 - POSITION_ROUNDING):
            return (
                f"under {framework} all {_resources(problem, line, 'and')} of the willing contributors allows level "
                f"{level:g}; its min_level is {activity.min_level:g}"
            )
    return None if "decision" in rules.relax else _no_quorum(rules, a, f, t)


def _resources(problem: Problem, line: NeedLine, conjunction: str) -> str:
    return f" {conjunction} ".join(title(problem.resource, r) for r in line.from_)


def _no_quorum(rules: ScenarioRules, a: ActivityId, f: FrameworkId, t: PeriodId) -> str | None:
    """C9: the part of the quorum that cannot be met, in words; None if all can."""
    problem, rule = rules.problem, rules.problem.framework[f].rule
    requires, framework = problem.activity[a].requires, title(rules.problem.framework, f)
    if not (rule.min_participants or rule.lead_nations or rule.min_partners or requires):
        return None
    able = [c for c in problem.contributor if rules.can_give(c, a, f, t) and _can_count(rules, c, a, t)]
    members = [c for c in able if MemberId(c) in problem.member]
    if len(members) < rule.min_participants:
        needed = _counted(rule.min_participants, "participant")
        return f"{framework} requires {needed}, but {len(members)} can take part with the min_contribution"
    if rule.lead_nations and not {*members} & {*rule.lead_nations}:
        leads = titles(problem.member, rule.lead_nations)
        who = f"{leads} cannot" if len(rule.lead_nations) == 1 else f"none of {leads} can"
        return f"{framework} requires a lead nation, but {who} take part with the min_contribution"
    if len(able) - len(members) < rule.min_partners:
        needed = _counted(rule.min_partners, "partner")
        return f"{framework} requires {needed}, but {len(able) - len(members)} can take part"
    unable = [k for k in requires if ContributorId(k) not in able]
    return f"it requires {titles(problem.partner, unable)}, which cannot take part" if unable else None


def _counted(number: int, noun: str) -> str:
    return f"{number} {noun}{'s' * (number != 1)}"


def _can_count(rules: ScenarioRules, c: ContributorId, a: ActivityId, t: PeriodId) -> bool:
    """Whether c has some needed resource, and needed resources worth at least its stake, valued at unit cost."""
    needed = [r for line in rules.problem.activity[a].need_lines for r in line.from_]
    has = {r: rules.endowments.get((c, r, t), 0.0) for r in needed}
    value = sum(rules.problem.resource[r].unit_cost * amount for r, amount in has.items())
    stake = rules.problem.contributor[c].stake(a)
    return any(amount > 0 for amount in has.values()) and value >= stake * (1 - POSITION_ROUNDING)
