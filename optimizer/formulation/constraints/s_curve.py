"""C16 s_curve: effort achieves little at first and more per level later; underfunded stability is not delivered."""

from collections.abc import Iterator
from itertools import pairwise

from models.problem.activity import PiecewiseEffect
from optimizer.data.bounds import steeper_segments
from optimizer.data.index_sets import ActivityPeriod
from optimizer.data.scenarios import ScenarioData
from optimizer.formulation.family import Family, Index, Rows, VariableSet
from optimizer.formulation.linear_expression import linear, total
from optimizer.formulation.variables import DecisionVariables


def declare(scenario: ScenarioData) -> Iterator[VariableSet]:
    """segment[a,n,t] >= 0, levels on segment n of the curve; passed[a,n,t], binary: the segments before n are full.

    passed exists only for segments that are steeper than the segment before.
    """
    most: dict[Index, float] = {
        (a, str(n), t): levels
        for (a, t), _ in _curves(scenario)
        for n, levels in enumerate(scenario.bounds.segments[a, t])
    }
    passed = tuple((a, str(n), t) for (a, t), effect in _curves(scenario) for n in steeper_segments(effect))
    yield VariableSet(name="segment", index=tuple(most), scope="effect", upper=most)
    yield VariableSet(name="passed", index=passed, scope="effect", kind="binary")


def rows(scenario: ScenarioData, d: DecisionVariables) -> Rows:
    """C16, rows per activity with a piecewise effect that is not concave, and period.

    Segment n has slope s[n] and length L[n], in levels.
    level, one row: sum over n of segment[a,n,t] <= E[a,t]  [level].
    effect, one row: w[a,t] <= sum over n of s[n] * segment[a,n,t]  [risk points].
    If segment n is steeper than the segment before, two more kinds, until the next such segment:
    full, one row per earlier segment m: L[m] * passed[a,n,t] <= segment[a,m,t]  [level].
    open, one row per segment m from n on: segment[a,m,t] <= U[m] * passed[a,n,t], U from `bounds.segments`  [level].
    """
    for (a, t), effect in _curves(scenario):
        segments = [d.own["segment"][a, str(n), t] for n in range(len(effect.slopes))]
        yield ("level", a, t), total(segments) <= d.effective_level[a, t]
        achieved = [(slope, segments[n]) for n, slope in enumerate(effect.slopes) if slope > 0]
        yield ("effect", a, t), d.effect[a, t] - linear(achieved) <= 0
        yield from _in_order(scenario, d, (a, t), effect)


def _in_order(scenario: ScenarioData, d: DecisionVariables, key: ActivityPeriod, effect: PiecewiseEffect) -> Rows:
    a, t = key
    lengths = [end[0] - start[0] for start, end in pairwise(effect.points)]
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
    says="effort achieves little at first and more per level later",
    declare=declare,
    rows=rows,
)
