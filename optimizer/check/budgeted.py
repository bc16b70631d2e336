"""C24: up to Γ instruments disappoint at once."""

from models.problem.activity import LinearEffect
from models.problem.scenario import Budgeted
from optimizer.check.facts import Facts
from optimizer.check.plan_index import Running
from optimizer.check.risk_cuts import reach


def protection(facts: Facts) -> float:
    """Return the risk points lost if the Γ runs with the largest deviations disappoint.

    A fractional Γ counts the next run in part.
    """
    criterion = facts.scenario.criterion
    if not isinstance(criterion, Budgeted):
        return 0.0
    worst = sorted((deviation(facts, running) for running in facts.effective), reverse=True)
    return sum(max(0.0, min(1.0, criterion.gamma - earlier)) * points for earlier, points in enumerate(worst))


def deviation(facts: Facts, running: Running) -> float:
    """Return the risk points, weighted and discounted, that a disappointing run loses.

    dev · δ^(period of arrival − 1) · Σ_h ω Σ_d κ⁺ · E; 0 if the effect arrives after the horizon. The loss counts in
    full even if the risk saturates.
    """
    activity, t = facts.problem.activity[running[0]], running[1]
    effect, arrival = activity.effect, running[1] + activity.lag
    if not isinstance(effect, LinearEffect) or not effect.deviation or arrival >= len(facts.periods):
        return 0.0
    reached = 0.0
    for theatre_id in activity.theatres_served:
        theatre = facts.problem.theatre[theatre_id]
        drivers = facts.problem.risk[theatre_id]
        reached += theatre.weight * sum(max(0.0, reach(facts, activity, theatre, driver)) for driver in drivers)
    return effect.deviation * facts.problem.discount**arrival * reached * facts.effective[activity.id, t]
