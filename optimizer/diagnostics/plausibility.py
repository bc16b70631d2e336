"""Numbers that are possible but probably written in another unit than the field has."""

from collections.abc import Iterator, Mapping
from itertools import pairwise

from models.ids import ActivityId, DriverId, PeriodId
from models.problem.activity import Activity, Effect, LinearEffect, ThresholdEffect
from models.problem.address_tree import join
from models.problem.burden import Proportional
from models.problem.problem import Problem
from models.quantities import by_period
from optimizer.data.impact import impact
from optimizer.data.risk_growth import baseline_risk
from optimizer.data.titles import title
from optimizer.diagnostics.notice import Notice
from optimizer.diagnostics.unrunnable import ScenarioRules
from optimizer.tolerances import IMPLAUSIBLE_SHARE


def implausible_numbers(rules: ScenarioRules) -> Iterator[Notice]:
    """A sentence for each number of one scenario whose unit is probably wrong."""
    yield from _instant_effects(rules)
    yield from _tolerance(rules.problem)


def _tolerance(problem: Problem) -> Iterator[Notice]:
    """A tolerance is a share, but has no upper limit that would refuse a percentage."""
    rule = problem.burden_sharing
    if isinstance(rule, Proportional) and rule.tolerance > 1:
        text = (
            f"burden_sharing/tolerance {rule.tolerance:g} means {100 * rule.tolerance:g} %; "
            f"write {rule.tolerance / 100:g} for {rule.tolerance:g} %"
        )
        yield Notice("burden_sharing/tolerance", text)


def _instant_effects(rules: ScenarioRules) -> Iterator[Notice]:
    """Activities that remove all risk of a theatre at a thousandth of their greatest level."""
    problem = rules.problem
    kappa, risk = impact(problem), baseline_risk(problem)
    for a, activity in problem.activity.items():
        for h in activity.theatres_served:
            removed = {d: kappa.get((a, h, d), 0.0) for d in problem.risk[h]}
            at_risk = {t: {d: risk[h, d, t] for d in removed if risk[h, d, t] > 0} for t in problem.periods}
            if any(drivers and _removes_all(rules, activity, t, removed, drivers) for t, drivers in at_risk.items()):
                text = (
                    f"{title(problem.activity, a)} removes all risk of {title(problem.theatre, h)} at a thousandth of "
                    "the level that resources allow: check the units of its effect and needs, of the resources and of "
                    "the risk"
                )
                yield Notice(join(("activities", a)), text)


def _removes_all(
    rules: ScenarioRules,
    activity: Activity,
    t: PeriodId,
    removed: Mapping[DriverId, float],
    at_risk: Mapping[DriverId, float],
) -> bool:
    """Whether the least notable level removes the risk of every driver; `removed` is in points per point of effect."""
    if any(removed[d] <= 0 for d in at_risk):
        return False
    level = IMPLAUSIBLE_SHARE * _greatest_effective_level(rules, activity.id, t)
    effect = _effect(activity.effect, level, rules.problem.periods, t)
    return all(removed[d] * effect >= points for d, points in at_risk.items())


def _greatest_effective_level(rules: ScenarioRules, a: ActivityId, t: PeriodId) -> float:
    """The greatest effective level of a in t, over its frameworks, if all willing contributors gave all they could."""
    problem, activity = rules.problem, rules.problem.activity[a]
    return max(
        problem.framework[f].effect_multiplier
        * min(
            *(rules.level(line, a, f, t) for line in activity.need_lines),
            float("inf") if activity.max_level is None else activity.max_level,
        )
        for f in problem.frameworks_of(activity)
    )


def _effect(effect: Effect, level: float, periods: tuple[PeriodId, ...], t: PeriodId) -> float:
    """The effect of an effective level, in risk points."""
    if isinstance(effect, LinearEffect):
        return level * by_period(effect.per_level, periods)[periods.index(t)]
    if isinstance(effect, ThresholdEffect):
        return effect.per_level * level if level >= effect.threshold else 0.0
    for (x0, y0), (x1, y1) in pairwise(effect.points):
        if level <= x1:
            return y0 + (y1 - y0) * (level - x0) / (x1 - x0)
    return effect.points[-1][1]
