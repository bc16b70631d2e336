"""C15 effect: the framework changes what the same effort achieves, at constant or diminishing returns."""

from itertools import pairwise

from models.ids import ActivityId, PeriodId
from models.problem.activity import LinearEffect, PiecewiseEffect
from models.quantities import by_period
from optimizer.data.impact import activities_with_exact_level
from optimizer.data.scenarios import ScenarioData
from optimizer.formulation.family import Family, Rows
from optimizer.formulation.linear_expression import linear
from optimizer.formulation.variables import DecisionVariables


def rows(scenario: ScenarioData, d: DecisionVariables) -> Rows:
    """C15, rows per activity and period.

    level, one row: E[a,t] <= sum over f of mu[f] * e[a,f,t]  [level]. It is an equality for an activity that does harm,
    so that a plan cannot under-report harm (T6), unless C18 already sets the lower bound.
    linear, one row: w[a,t] = s[a,t] * E[a,t]  [risk points]; an equality for the same reason (T6).
    concave, one row per segment n: w[a,t] <= alpha[n] + beta[n] * E[a,t]  [risk points].
    flat, one row: w[a,t] <= the effect at the last point  [risk points].
    """
    exact = {
        a for a in activities_with_exact_level(scenario.problem) if scenario.problem.activity[a].awareness_gate is None
    }
    for a, t in scenario.index.activity_periods:
        effect = scenario.problem.activity[a].effect
        level, achieved = d.effective_level[a, t], d.effect[a, t]
        produced = [
            (scenario.problem.framework[f].effect_multiplier, d.level[a, f, t]) for f in scenario.index.frameworks[a]
        ]
        unused = linear([(-1.0, level), *produced])
        yield ("level", a, t), (unused == 0 if a in exact else unused >= 0)
        if isinstance(effect, LinearEffect):
            per_level = by_period(effect.per_level, scenario.periods)[scenario.index.place[t]]
            yield ("linear", a, t), achieved - per_level * level == 0
        elif isinstance(effect, PiecewiseEffect) and effect.is_concave:
            yield from _concave(effect, a, t, d)


def _concave(effect: PiecewiseEffect, a: ActivityId, t: PeriodId, d: DecisionVariables) -> Rows:
    level, achieved = d.effective_level[a, t], d.effect[a, t]
    for n, ((x0, y0), (x1, y1)) in enumerate(pairwise(effect.points)):
        slope = (y1 - y0) / (x1 - x0)
        yield ("concave", a, str(n), t), achieved - slope * level <= y0 - slope * x0
    yield ("flat", a, t), achieved <= effect.points[-1][1]


FAMILY = Family(
    number="C15",
    name="effect",
    group=None,
    says="the framework changes what the same effort achieves",
    rows=rows,
)
