"""From levels to effective levels to effects, in the order of the periods (C15, C16)."""

from itertools import pairwise

from models.ids import PeriodId
from models.problem.activity import Effect, LinearEffect, PiecewiseEffect, ThresholdEffect
from models.quantities import by_period
from optimizer.results.decided import ActivityPeriod, Decided

THRESHOLD_SLACK = 1e-7
"""Levels: a threshold missed by the solver's own feasibility tolerance is met."""

Levels = dict[ActivityPeriod, float]


def effective_levels(decided: Decided) -> Levels:
    """E[a,t]: the level times the effect multiplier of the framework it runs under."""
    framework = decided.problem.framework
    return {key: framework[f].effect_multiplier * level for key, (f, level) in decided.runs.items()}


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
