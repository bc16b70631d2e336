"""Risk reduction lost if effects fall short, under the budgeted criterion (C24)."""

from models.ids import ActivityId
from models.problem.activity import LinearEffect
from models.problem.scenario import Budgeted
from optimizer.data.impact import impact
from optimizer.outcome.figures.effects import Levels
from optimizer.outcome.figures.scenario_decisions import ScenarioDecisions


def worst_case_loss(decisions: ScenarioDecisions, effective: Levels) -> float:
    """Risk points lost if the gamma greatest shortfalls occur; a fractional gamma adds a part of the next greatest."""
    criterion = decisions.problem.criterion
    if not isinstance(criterion, Budgeted):
        return 0.0
    per_level = _points_at_risk(decisions)
    losses = [
        per_level[a] * decisions.problem.discount**arrival * level
        for (a, t), level in effective.items()
        if a in per_level
        and (arrival := decisions.place[t] + decisions.problem.activity[a].lag) < len(decisions.problem.periods)
    ]
    shares = ((max(0.0, min(1.0, criterion.gamma - rank)), loss) for rank, loss in enumerate(sorted(losses)[::-1]))
    return sum(share * loss for share, loss in shares)


def _points_at_risk(decisions: ScenarioDecisions) -> dict[ActivityId, float]:
    """Weighted risk points by which one level of each activity may fall short; harmful impacts count as 0."""
    problem, points = decisions.problem, dict[ActivityId, float]()
    for (a, h, _), kappa in impact(problem).items():
        effect = problem.activity[a].effect
        if isinstance(effect, LinearEffect) and effect.deviation:
            reached = problem.theatre[h].weight * max(0.0, kappa) * decisions.effect_multiplier.get(a, 1.0)
            points[a] = points.get(a, 0.0) + effect.deviation * reached
    return points
