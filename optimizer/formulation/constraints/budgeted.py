"""C24 budgeted: a plan is protected against up to gamma instruments that disappoint at once."""

from collections.abc import Iterator

from models.problem.activity import LinearEffect
from models.problem.scenario import Budgeted
from optimizer.data.impact import impact
from optimizer.data.index_sets import ActivityPeriod
from optimizer.data.scenarios import ScenarioData
from optimizer.formulation.family import Family, Rows, VariableSet
from optimizer.formulation.variables import DecisionVariables

ALL = ("all",)


def declare(scenario: ScenarioData) -> Iterator[VariableSet]:
    """common_loss >= 0 (theta) and further_loss[a,t] >= 0 (q), per activity with a deviation; risk points."""
    if isinstance(scenario.problem.criterion, Budgeted):
        yield VariableSet(name="common_loss", index=(ALL,), scope="scenario")
        yield VariableSet(name="further_loss", index=tuple(key for key, _ in _deviations(scenario)), scope="scenario")


def protect(scenario: ScenarioData, d: DecisionVariables) -> None:
    """Takes gamma * theta + sum of q[a,t] off the score: the loss if the gamma worst deviations occur."""
    criterion = scenario.problem.criterion
    if isinstance(criterion, Budgeted):
        # More instruments than there are cannot disappoint.
        gamma = min(criterion.gamma, float(len(d.own["further_loss"])))
        d.ledgers.score.append((-gamma, d.own["common_loss"][ALL]))
        d.ledgers.score.extend((-1.0, loss) for loss in d.own["further_loss"].values())


def rows(scenario: ScenarioData, d: DecisionVariables) -> Rows:
    """C24, one row per activity with a deviation and period whose effect arrives within the horizon.

    theta + q[a,t] >= dev[a] * discount^(t+lag-1) * sum of omega[h] * kappa+[a,h,d] * E[a,t]  [risk points].
    kappa+ is what an effect point takes off a driver, or 0 if it adds to the driver. The loss is charged even where an
    activity removes more risk than there is and the surplus would absorb it (T5). Method: Bertsimas and Sim 2004.
    """
    if not isinstance(scenario.problem.criterion, Budgeted):
        return
    common, further = d.own["common_loss"][ALL], d.own["further_loss"]
    for key, points in _deviations(scenario):
        yield key, common + further[key] - points * d.effective_level[key] >= 0


def _deviations(scenario: ScenarioData) -> Iterator[tuple[ActivityPeriod, float]]:
    """Per activity with a deviation and period: loss per level in weighted, discounted risk points, if above 0."""
    problem = scenario.problem
    weighted: dict[str, float] = {}
    for (a, h, _), kappa in impact(problem).items():
        points = problem.theatre[h].weight * max(0.0, kappa) * scenario.effect_multiplier.get(a, 1.0)
        weighted[a] = weighted.get(a, 0.0) + points
    for a, t in scenario.index.activity_periods:
        activity = problem.activity[a]
        arrives = scenario.index.place[t] + activity.lag
        deviation = activity.effect.deviation if isinstance(activity.effect, LinearEffect) else None
        if deviation and weighted.get(a, 0.0) > 0 and arrives < len(scenario.periods):
            yield (a, t), deviation * problem.discount**arrives * weighted[a]


FAMILY = Family(
    number="C24",
    name="budgeted",
    group=None,
    says="up to gamma instruments may disappoint at once",
    declare=declare,
    terms=protect,
    rows=rows,
    per_scenario=True,
)
