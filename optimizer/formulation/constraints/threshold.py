"""C16 threshold: stability underfunded is stability not delivered."""

from collections.abc import Iterator

from models.problem.activity import ThresholdEffect
from optimizer.data.index_sets import ActivityPeriod
from optimizer.data.scenarios import ScenarioData
from optimizer.formulation.family import Family, Own, Rows
from optimizer.formulation.variables import Decisions


def declare(scenario: ScenarioData) -> Iterator[Own]:
    """reached[a,t] >= 0, the level from the threshold on [level]; met[a,t], binary."""
    index = tuple(key for key, _ in _thresholds(scenario))
    yield Own(name="threshold_reached", index=index, scope="effect")
    yield Own(name="threshold_met", index=index, scope="effect", kind="binary")


def rows(scenario: ScenarioData, d: Decisions) -> Rows:
    """C16, per activity with a threshold theta and period.

    reached: reached[a,t] <= E[a,t].
    least: theta * met[a,t] <= reached[a,t].
    most: reached[a,t] <= U * met[a,t], U the greatest effective level  [level].
    effect: w[a,t] <= s * reached[a,t]  [risk points].
    """
    reached, met = d.own["threshold_reached"], d.own["threshold_met"]
    for (a, t), effect in _thresholds(scenario):
        yield ("reached", a, t), reached[a, t] <= d.effective_level[a, t]
        yield ("least", a, t), effect.threshold * met[a, t] <= reached[a, t]
        yield ("most", a, t), reached[a, t] <= scenario.bounds.effective_level[a, t] * met[a, t]
        yield ("effect", a, t), d.effect[a, t] <= effect.per_level * reached[a, t]


def _thresholds(scenario: ScenarioData) -> Iterator[tuple[ActivityPeriod, ThresholdEffect]]:
    for a, t in scenario.index.activity_periods:
        effect = scenario.problem.activity[a].effect
        if isinstance(effect, ThresholdEffect):
            yield (a, t), effect


FAMILY = Family(
    number="C16",
    name="threshold",
    group=None,
    says="stability underfunded is stability not delivered",
    declare=declare,
    rows=rows,
)
