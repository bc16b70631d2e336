"""What the levels of a plan achieve: effective levels and effects, recomputed.

C15, C16 and C18 bound them from above and nothing is won by less, so the greatest consistent value is the value.
"""

from itertools import pairwise
from math import inf

from models.problem.activity import Activity, LinearEffect, PiecewiseEffect, ThresholdEffect
from models.quantities import by_period
from optimizer.check.plan_index import Running
from optimizer.check.reading import Reading
from optimizer.check.row import slack
from optimizer.check.sparse import Amounts


def effective_levels(reading: Reading) -> Amounts[Running]:
    """Effective level of every activity that runs, period by period, since awareness comes from the period before."""
    effective: Amounts[Running] = Amounts()
    for t in reading.periods:
        now = {
            (activity.id, t): _stated(reading, activity, t, most(reading, activity, t, effective))
            for activity in reading.problem.activities
            if (activity.id, t) in reading.flag
        }
        effective.update(now)
    return effective


def most(reading: Reading, activity: Activity, t: int, before: Amounts[Running]) -> float:
    """The greatest effective level: what the flag makes of the level (C15), at most what awareness allows (C18)."""
    running = activity.id, t
    flag = reading.problem.framework[reading.flag[running]]
    flown = flag.effect_multiplier * reading.level[running]
    return min(flown, allowed(reading, activity, t, before))


def allowed(reading: Reading, activity: Activity, t: int, before: Amounts[Running]) -> float:
    """C18: the effective level that awareness of the theatre allows; others have told nothing before the start."""
    gate = activity.awareness_gate
    if gate is None:
        return inf
    known = reading.problem.theatre[activity.theatre].awareness
    return gate.factor * (known + sum(before[source, t - 1] for source in gate.from_))


def _stated(reading: Reading, activity: Activity, t: int, limit: float) -> float:
    """Where the effect may disappoint (C24), more is not always better: there the plan says how much it counts on."""
    effect = activity.effect
    if reading.future.criterion.type != "budgeted" or not isinstance(effect, LinearEffect) or not effect.deviation:
        return limit
    stated = (
        run.effective_level
        for run in reading.plan.activities
        if (run.id, reading.number_of[run.period]) == (activity.id, t) and reading.here(run.scenario)
    )
    return min([limit, *(max(0.0, counted_on) for counted_on in stated)])


def effect_of(reading: Reading, activity: Activity, t: int, effective: float) -> float:
    """Risk points that an effective level is worth in a period, before it reaches any driver (C15, C16)."""
    match activity.effect:
        case LinearEffect(per_level=per_level):
            return by_period(per_level, reading.problem.periods)[t] * effective
        case ThresholdEffect(threshold=threshold, per_level=slope):
            return slope * effective if effective >= threshold - slack(threshold) else 0.0
        case PiecewiseEffect(points=points):
            return interpolate(points, effective)


def interpolate(points: tuple[tuple[float, float], ...], level: float) -> float:
    """The height of a broken line over a level: straight between its points, flat after the last."""
    for (x0, y0), (x1, y1) in pairwise(points):
        if level <= x1:
            return y0 + (y1 - y0) * (level - x0) / (x1 - x0)
    return points[-1][1]
