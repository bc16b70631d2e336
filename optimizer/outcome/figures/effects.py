"""Effective levels and effects, computed from levels period by period (C15, C16, C18)."""

from itertools import pairwise
from math import inf

from models.ids import ActivityId, PeriodId
from models.problem.activity import Effect, LinearEffect, PiecewiseEffect, ThresholdEffect
from models.quantities import by_period
from optimizer.data.uncertainty import is_uncertain
from optimizer.outcome.figures.scenario_decisions import ActivityPeriod, ScenarioDecisions
from optimizer.tolerances import THRESHOLD_SHORTFALL

Levels = dict[ActivityPeriod, float]


def effective_levels(decisions: ScenarioDecisions) -> Levels:
    """E[a,t]: level times the effect multiplier of the framework, capped by the awareness of the period before."""
    framework, effective = decisions.problem.framework, Levels()
    for a, t in sorted(decisions.runs, key=lambda run: decisions.place[run[1]]):
        f, level = decisions.runs[a, t]
        most = min(
            framework[f].effect_multiplier * level, _awareness_limit(decisions, effective, a, decisions.place[t])
        )
        effective[a, t] = (
            min(most, decisions.committed_levels.get((a, t), 0.0)) if is_uncertain(decisions.problem, a) else most
        )
    return effective


def _awareness_limit(decisions: ScenarioDecisions, effective: Levels, a: ActivityId, place: int) -> float:
    activity, periods = decisions.problem.activity[a], decisions.problem.periods
    if activity.awareness_gate is None:
        return inf
    period_before = periods[place - 1 : place]
    gained = sum(effective.get((b, t), 0.0) for t in period_before for b in activity.awareness_gate.from_)
    return activity.awareness_gate.factor * (decisions.problem.theatre[activity.theatre].awareness + gained)


def effects(decisions: ScenarioDecisions, effective: Levels) -> Levels:
    """w[a,t]: the effects of the effective levels, in risk points."""
    activity, periods = decisions.problem.activity, decisions.problem.periods
    return {(a, t): effect_of(activity[a].effect, level, periods, t) for (a, t), level in effective.items()}


def effect_of(effect: Effect, level: float, periods: tuple[PeriodId, ...], t: PeriodId) -> float:
    """The effect of an effective level in a period, in risk points."""
    if isinstance(effect, LinearEffect):
        return level * by_period(effect.per_level, periods)[periods.index(t)]
    if isinstance(effect, ThresholdEffect):
        return effect.per_level * level if is_met(effect, level) else 0.0
    return _interpolated(effect, level)


def is_met(effect: ThresholdEffect, level: float) -> bool:
    """Whether an effective level meets the threshold of an effect, up to rounding relative to the threshold."""
    return level >= effect.threshold * (1 - THRESHOLD_SHORTFALL)


def _interpolated(effect: PiecewiseEffect, level: float) -> float:
    for (x0, y0), (x1, y1) in pairwise(effect.points):
        if level <= x1:
            return y0 + (y1 - y0) * (level - x0) / (x1 - x0)
    return effect.points[-1][1]
