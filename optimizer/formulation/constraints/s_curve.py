"""C16 s_curve: little at first, then a lot: stability underfunded is stability not delivered."""

from collections.abc import Iterator
from itertools import pairwise

from models.problem.activity import PiecewiseEffect
from optimizer.data.bounds import steeper_segments
from optimizer.data.index_sets import ActivityPeriod
from optimizer.data.scenarios import ScenarioData
from optimizer.formulation.family import Family, Index, Own, Rows
from optimizer.formulation.linear_expression import linear, total
from optimizer.formulation.variables import Decisions


def declare(scenario: ScenarioData) -> Iterator[Own]:
    """segment[a,n,t] >= 0, levels on segment n of the curve; passed[a,n,t], binary: all before segment n is full.

    passed exists only for segments that are steeper than the one before.
    """
    most: dict[Index, float] = {
        (a, str(n), t): levels
        for (a, t), _ in _curves(scenario)
        for n, levels in enumerate(scenario.bounds.segments[a, t])
    }
    passed = tuple((a, str(n), t) for (a, t), effect in _curves(scenario) for n in steeper_segments(effect))
    yield Own(name="segment", index=tuple(most), scope="effect", upper=most)
    yield Own(name="passed", index=passed, scope="effect", kind="binary")


def rows(scenario: ScenarioData, d: Decisions) -> Rows:
    """C16, per activity with a piecewise effect that is not concave, and period; slopes s[n], segments of L[n] levels.

    level: sum over n of segment[a,n,t] <= E[a,t]  [level].
    effect: w[a,t] <= sum over n of s[n] * segment[a,n,t]  [risk points].
    Where segment n is steeper than the one before, up to the next such segment:
    full, one row per segment m before it: L[m] * passed[a,n,t] <= segment[a,m,t].
    open, one row per segment m from it on: segment[a,m,t] <= U[m] * passed[a,n,t], U from `bounds.segments`.
    """
    for (a, t), effect in _curves(scenario):
        segments = [d.own["segment"][a, str(n), t] for n in range(len(effect.slopes))]
        yield ("level", a, t), total(segments) <= d.effective_level[a, t]
        achieved = [(slope, segments[n]) for n, slope in enumerate(effect.slopes) if slope > 0]
        yield ("effect", a, t), d.effect[a, t] - linear(achieved) <= 0
        yield from _in_order(scenario, d, (a, t), effect)


def _in_order(scenario: ScenarioData, d: Decisions, key: ActivityPeriod, effect: PiecewiseEffect) -> Rows:
    a, t = key
    lengths = [after[0] - before[0] for before, after in pairwise(effect.points)]
    start = 0
    for n, end in pairwise((*steeper_segments(effect), len(lengths))):
        passed = d.own["passed"][a, str(n), t]
        for m in range(start, n):
            yield ("full", a, str(m), t), lengths[m] * passed <= d.own["segment"][a, str(m), t]
        for m in range(n, end):
            most = scenario.bounds.segments[a, t][m]
            yield ("open", a, str(m), t), d.own["segment"][a, str(m), t] <= most * passed
        start = n


def _curves(scenario: ScenarioData) -> Iterator[tuple[ActivityPeriod, PiecewiseEffect]]:
    for a, t in scenario.index.activity_periods:
        effect = scenario.problem.activity[a].effect
        if isinstance(effect, PiecewiseEffect) and not effect.is_concave:
            yield (a, t), effect


FAMILY = Family(
    number="C16",
    name="s_curve",
    group=None,
    says="stability underfunded is stability not delivered",
    declare=declare,
    rows=rows,
)
