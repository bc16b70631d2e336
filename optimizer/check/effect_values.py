"""Effective levels and effects, recomputed from the levels of a plan.

C15, C16 and C18 bound them from above, and a lower value gains nothing. So each takes its greatest consistent value.
"""

from itertools import pairwise
from math import inf

from models.problem.activity import Activity, LinearEffect, PiecewiseEffect, ThresholdEffect
from models.quantities import by_period
from optimizer.check.plan_index import Running
from optimizer.check.plan_view import PlanView
from optimizer.check.sparse import Amounts
from optimizer.tolerances import THRESHOLD_SHORTFALL


def effective_levels(view: PlanView) -> Amounts[Running]:
    """Return the effective level of every run, period by period: awareness comes from the period before."""
    effective: Amounts[Running] = Amounts()
    for t in view.periods:
        current = {
            (activity.id, t): _claimed(view, activity, t, greatest_effective_level(view, activity, t, effective))
            for activity in view.problem.activities
            if (activity.id, t) in view.framework
        }
        effective.update(current)
    return effective


def greatest_effective_level(view: PlanView, activity: Activity, t: int, earlier: Amounts[Running]) -> float:
    """Return effect multiplier of the framework · level (C15), at most the limit of awareness (C18).

    `earlier` contains the effective levels of the periods before t.
    """
    running = activity.id, t
    framework = view.problem.framework[view.framework[running]]
    multiplied = framework.effect_multiplier * view.level[running]
    return min(multiplied, awareness_limit(view, activity, t, earlier))


def awareness_limit(view: PlanView, activity: Activity, t: int, earlier: Amounts[Running]) -> float:
    """C18: return the effective level that awareness of the theatre allows; infinity without an awareness gate.

    Before the first period the source activities contribute no awareness.
    """
    gate = activity.awareness_gate
    if gate is None:
        return inf
    awareness = view.problem.theatre[activity.theatre].awareness
    return gate.factor * (awareness + sum(earlier[source, t - 1] for source in gate.from_))


def _claimed(view: PlanView, activity: Activity, t: int, limit: float) -> float:
    """Return the effective level that the plan claims, at most `limit`.

    Only an effect with a deviation under the budgeted criterion may be claimed below its limit (C24): a higher level
    there also raises the possible loss. All other runs take the limit.
    """
    effect = activity.effect
    if view.scenario.criterion.type != "budgeted" or not isinstance(effect, LinearEffect) or not effect.deviation:
        return limit
    claims = (
        run.effective_level
        for run in view.plan.activities
        if (run.id, view.period_index[run.period]) == (activity.id, t) and view.applies(run.scenario)
    )
    return min([limit, *(max(0.0, claim) for claim in claims)])


def effect_of(view: PlanView, activity: Activity, t: int, effective: float) -> float:
    """Return the effect of an effective level in period t, in risk points, before it reaches a driver (C15, C16)."""
    match activity.effect:
        case LinearEffect(per_level=per_level):
            return by_period(per_level, view.problem.periods)[t] * effective
        case ThresholdEffect(threshold=threshold, per_level=slope):
            return slope * effective if effective >= threshold * (1 - THRESHOLD_SHORTFALL) else 0.0
        case PiecewiseEffect(points=points):
            return interpolate(points, effective)


def interpolate(points: tuple[tuple[float, float], ...], level: float) -> float:
    """Return the value of a piecewise linear function at `level`; it is constant after the last point."""
    for (x0, y0), (x1, y1) in pairwise(points):
        if level <= x1:
            return y0 + (y1 - y0) * (level - x0) / (x1 - x0)
    return points[-1][1]
