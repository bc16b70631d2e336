"""What follows from decisions: effects, coverage, burdens, who takes part and who stands aside, how far apart they are."""

from collections.abc import Iterator, Mapping
from itertools import combinations
from statistics import median

from models.ids import ActivityId, ContributorId, DriverId, FrameworkId, MemberId, PeriodId, ResourceId, TheatreId
from models.plan import (
    ActivityRun,
    Allocation,
    Burden,
    Coverage,
    DivergenceReport,
    Plan,
    ScenarioResult,
    StoodAside,
    ThresholdReport,
)
from models.problem.activity import Effect, LinearEffect, PiecewiseEffect, ThresholdEffect
from models.problem.framework import Consensus
from models.problem.problem import Problem
from models.quantities import by_period
from optimizer.politics import pays, willing, withdrawn
from optimizer.reach import reach

Given = Mapping[tuple[ContributorId, ActivityId, ResourceId, PeriodId], float]
Runs = Mapping[tuple[ActivityId, PeriodId], tuple[FrameworkId, float]]
Levels = dict[tuple[ActivityId, PeriodId], float]
Cuts = dict[tuple[TheatreId, DriverId, PeriodId], float]

THRESHOLD_SLACK = 1e-7
"""Levels: a threshold missed by the solver's own feasibility tolerance is met."""


def results(problem: Problem, allocations: tuple[Allocation, ...], given: Given, runs: Runs) -> Plan:
    """The plan of these decisions, every figure in it recomputed from them."""
    effective = {key: problem.framework[f].effect_multiplier * level for key, (f, level) in runs.items()}
    effects = {
        (a, t): effect_of(problem.activity[a].effect, level, problem.periods, t) for (a, t), level in effective.items()
    }
    cuts = risk_removed(problem, effects)
    reduction = sum(
        problem.theatre[h].weight * problem.discount ** problem.periods.index(t) * cut for (h, _, t), cut in cuts.items()
    )
    taking_part = _taking_part(given)
    return Plan(
        allocations=allocations,
        activities=tuple(
            _run(problem, key, runs[key], effective[key], effects[key], taking_part.get(key, ()))
            for key in _in_order(problem)
            if key in runs
        ),
        coverage=tuple(_coverage(problem, cuts)),
        burden=tuple(_burdens(problem, given)),
        divergence=tuple(
            _divergence(problem, key, runs[key][0], taking_part.get(key, ())) for key in _in_order(problem) if key in runs
        ),
        scenarios=(ScenarioResult(id="base", risk_reduction=reduction, regret=0.0),),  # type: ignore[arg-type]
        coordination=(),
        concessions=(),
        investments=(),
    )


def effect_of(effect: Effect, level: float, periods: tuple[PeriodId, ...], t: PeriodId) -> float:
    """w: the risk points of an effective level in a period (C15, C16)."""
    if isinstance(effect, LinearEffect):
        return level * by_period(effect.per_level, periods)[periods.index(t)]
    if isinstance(effect, ThresholdEffect):
        return effect.per_level * level if level >= effect.threshold - THRESHOLD_SLACK else 0.0
    return _interpolated(effect, level)


def _interpolated(effect: PiecewiseEffect, level: float) -> float:
    for (x0, y0), (x1, y1) in zip(effect.points, effect.points[1:], strict=False):
        if level <= x1:
            return y0 + (y1 - y0) * (level - x0) / (x1 - x0)
    return effect.points[-1][1]


def risk_removed(problem: Problem, effects: Levels) -> Cuts:
    """cut[h,d,t]: what efforts and persistence take off each driver, never more than there is (C17)."""
    reached: dict[tuple[TheatreId, DriverId], list[tuple[ActivityId, float]]] = {}
    for (a, h, d), kappa in reach(problem).items():
        reached.setdefault((h, d), []).append((a, kappa))
    cuts: Cuts = {}
    for h, drivers in problem.risk.items():
        for d, baseline in drivers.items():
            before = 0.0
            for place, t in enumerate(problem.periods):
                removed = problem.theatre[h].persistence * before + sum(
                    kappa * _effect_at(problem, effects, a, place) for a, kappa in reached.get((h, d), ())
                )
                before = min(baseline[place], removed)
                cuts[h, d, t] = before
    return cuts


def _effect_at(problem: Problem, effects: Levels, a: ActivityId, place: int) -> float:
    acted = place - problem.activity[a].lag
    return effects.get((a, problem.periods[acted]), 0.0) if acted >= 0 else 0.0


def _in_order(problem: Problem) -> Iterator[tuple[ActivityId, PeriodId]]:
    return ((activity.id, t) for activity in problem.activities for t in problem.periods)


def _taking_part(given: Given) -> dict[tuple[ActivityId, PeriodId], tuple[ContributorId, ...]]:
    found: dict[tuple[ActivityId, PeriodId], dict[ContributorId, None]] = {}
    for c, a, _, t in given:
        found.setdefault((a, t), {})[c] = None
    return {key: tuple(contributors) for key, contributors in found.items()}


def _run(  # noqa: PLR0913
    problem: Problem,
    key: tuple[ActivityId, PeriodId],
    run: tuple[FrameworkId, float],
    effective: float,
    effect: float,
    participants: tuple[ContributorId, ...],
) -> ActivityRun:
    (a, t), (f, level) = key, run
    return ActivityRun(
        id=a,
        period=t,
        framework=f,
        role=problem.framework[f].role,
        level=level,
        effective_level=effective,
        effect=effect,
        threshold=_threshold(problem.activity[a].effect, effective),
        participants=tuple(c for c in problem.contributor if c in participants),
        stood_aside=tuple(_aside(problem, a, f, t, participants)),
    )


def _threshold(effect: Effect, effective: float) -> ThresholdReport | None:
    if not isinstance(effect, ThresholdEffect):
        return None
    met = effective >= effect.threshold - THRESHOLD_SLACK
    return ThresholdReport(needed=effect.threshold, met=met, short_by=0.0 if met else effect.threshold - effective)


def _aside(
    problem: Problem, a: ActivityId, f: FrameworkId, t: PeriodId, participants: tuple[ContributorId, ...]
) -> Iterator[StoodAside]:
    """The members whom politics keeps away; those merely not called upon are not listed."""
    for i in problem.member:
        if i in participants:
            continue
        if withdrawn(problem, i, a, t):
            yield StoodAside(member=i, why="has withdrawn")
        elif not pays(problem, i, a, f):
            yield StoodAside(member=i, why=_why_aside(problem, i, a, f))


def _why_aside(problem: Problem, i: MemberId, a: ActivityId, f: FrameworkId) -> str:
    member, position = problem.member[i], problem.position(i, a, f)
    if position >= member.objects_below:
        stance = "acquiesces" if position >= 0 else "abstains"
        return f"{stance} ({position:g}): will not block, will not pay"
    others = [g for g in problem.frameworks_of(problem.activity[a]) if isinstance(problem.framework[g].rule, Consensus)]
    objection = f"({position:g} < {member.objects_below:g})"
    if f in others or not others:
        return f"objects {objection}"
    return f"objects to the {others[0]} framework {objection}; the {f} framework does not need its consent"


def _coverage(problem: Problem, cuts: Cuts) -> Iterator[Coverage]:
    for (h, d, t), cut in cuts.items():
        baseline = problem.risk[h][d][problem.periods.index(t)]
        yield Coverage(
            theatre=h,
            driver=d,
            period=t,
            baseline=baseline,
            reduction=cut,
            residual=baseline - cut,
            share=cut / baseline if baseline > 0 else 0.0,
        )


def _burdens(problem: Problem, given: Given) -> Iterator[Burden]:
    cost = dict.fromkeys(problem.member, 0.0)
    for (c, _, r, _), amount in given.items():
        if c in cost:
            cost[MemberId(c)] += problem.resource[r].unit_cost * amount
    rule = problem.burden_sharing
    sharing = set(problem.member if rule is not None and rule.over == "members" else willing(problem))
    together, ability = sum(cost.values()), sum(problem.member[i].ability_to_pay for i in sharing)
    for i, member in problem.member.items():
        yield Burden(
            member=i,
            cost=cost[i],
            share=cost[i] / together if together > 0 else 0.0,
            fair_share=member.ability_to_pay / ability if i in sharing else 0.0,
            relative_burden=cost[i] / member.ability_to_pay,
        )


def _divergence(
    problem: Problem, key: tuple[ActivityId, PeriodId], f: FrameworkId, participants: tuple[ContributorId, ...]
) -> DivergenceReport:
    a, t = key
    members = [i for i in problem.member if i in participants]
    position = {i: problem.position(i, a, f) for i in members}
    middle = median(position.values()) if members else 0.0
    votes = {i: problem.member[i].votes for i in members}
    return DivergenceReport(
        activity=a,
        period=t,
        range=max(position.values()) - min(position.values()) if members else 0.0,
        total_deviation=sum(abs(value - middle) for value in position.values()),
        pairwise=sum(votes[i] * votes[j] * abs(position[i] - position[j]) for i, j in combinations(members, 2)),
        willing_share=sum(pays(problem, i, a, f) for i in problem.member) / len(problem.member),
    )
