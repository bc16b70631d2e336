"""From levels to effective levels to effects, in the order of the periods (C15, C16, C18)."""

from itertools import pairwise
from math import inf

from models.ids import ActivityId, PeriodId
from models.problem.activity import Effect, LinearEffect, PiecewiseEffect, ThresholdEffect
from models.problem.problem import Problem
from models.problem.scenario import Budgeted
from models.quantities import by_period
from optimizer.outcome.figures.decided import ActivityPeriod, Decided

THRESHOLD_SLACK = 1e-7
"""Levels: a threshold missed by the solver's own feasibility tolerance is met."""

Levels = dict[ActivityPeriod, float]


def effective_levels(decided: Decided) -> Levels:
    """E[a,t]: the level times the effect multiplier of its framework, at most what awareness of before allows."""
    framework, effective = decided.problem.framework, Levels()
    for a, t in sorted(decided.runs, key=lambda run: decided.place[run[1]]):
        f, level = decided.runs[a, t]
        most = min(framework[f].effect_multiplier * level, _allowed(decided, effective, a, decided.place[t]))
        effective[a, t] = min(most, decided.counted_on.get((a, t), 0.0)) if may_disappoint(decided.problem, a) else most
    return effective


def may_disappoint(problem: Problem, a: ActivityId) -> bool:
    """Whether the effect of a may fall short of what is counted on (C24)."""
    effect = problem.activity[a].effect
    return isinstance(problem.criterion, Budgeted) and isinstance(effect, LinearEffect) and bool(effect.deviation)


def _allowed(decided: Decided, effective: Levels, a: ActivityId, place: int) -> float:
    activity, periods = decided.problem.activity[a], decided.problem.periods
    if activity.awareness_gate is None:
        return inf
    before = periods[place - 1 : place]
    told = sum(effective.get((b, t), 0.0) for t in before for b in activity.awareness_gate.from_)
    return activity.awareness_gate.factor * (decided.problem.theatre[activity.theatre].awareness + told)


def effects(decided: Decided, effective: Levels) -> Levels:
    """w[a,t]: the risk points of the effective levels."""
    activity, periods = decided.problem.activity, decided.problem.periods
    return {(a, t): effect_of(activity[a].effect, level, periods, t) for (a, t), level in effective.items()}


def effect_of(effect: Effect, level: float, periods: tuple[PeriodId, ...], t: PeriodId) -> float:
    """The risk points of an effective level in a period."""
    if isinstance(effect, LinearEffect):
        return level * by_period(effect.per_level, periods)[periods.index(t)]
    if isinstance(effect, ThresholdEffect):
        return effect.per_level * level if level >= effect.threshold - THRESHOLD_SLACK else 0.0
    return _interpolated(effect, level)


def _interpolated(effect: PiecewiseEffect, level: float) -> float:
    for (x0, y0), (x1, y1) in pairwise(effect.points):
        if level <= x1:
            return y0 + (y1 - y0) * (level - x0) / (x1 - x0)
    return effect.points[-1][1]
