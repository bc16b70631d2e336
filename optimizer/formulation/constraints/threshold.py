"""C16 threshold: below its threshold an activity achieves nothing; underfunded stability is not delivered."""

from collections.abc import Iterator

from models.problem.activity import ThresholdEffect
from optimizer.data.index_sets import ActivityPeriod
from optimizer.data.scenarios import ScenarioData
from optimizer.formulation.family import Family, Rows, VariableSet
from optimizer.formulation.variables import DecisionVariables


def declare(scenario: ScenarioData) -> Iterator[VariableSet]:
    """threshold_reached[a,t] >= 0: the effective level if the threshold is met, else 0; threshold_met[a,t], binary."""
    index = tuple(key for key, _ in _thresholds(scenario))
    yield VariableSet(name="threshold_reached", index=index, scope="effect")
    yield VariableSet(name="threshold_met", index=index, scope="effect", kind="binary")


def rows(scenario: ScenarioData, d: DecisionVariables) -> Rows:
    """C16, rows per activity with a threshold theta, and period.

    reached: threshold_reached[a,t] <= E[a,t]  [level].
    least: theta * threshold_met[a,t] <= threshold_reached[a,t]  [level].
    most: threshold_reached[a,t] <= U * threshold_met[a,t], U the greatest effective level that means and awareness
        allow, 0 if that is below theta  [level].
    effect: w[a,t] <= s * threshold_reached[a,t]  [risk points].
    """
    reached, met = d.own["threshold_reached"], d.own["threshold_met"]
    for (a, t), effect in _thresholds(scenario):
        yield ("reached", a, t), reached[a, t] <= d.effective_level[a, t]
        yield ("least", a, t), effect.threshold * met[a, t] <= reached[a, t]
        yield ("most", a, t), reached[a, t] <= scenario.bounds.threshold_level[a, t] * met[a, t]
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
    says="below its threshold an activity achieves nothing",
    declare=declare,
    rows=rows,
)
