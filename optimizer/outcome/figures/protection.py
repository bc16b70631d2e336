"""What may be lost when effects disappoint (C24)."""

from models.ids import ActivityId
from models.problem.activity import LinearEffect
from models.problem.scenario import Budgeted
from optimizer.data.impact import reach
from optimizer.outcome.figures.decided import Decided
from optimizer.outcome.figures.effects import Levels


def protection(decided: Decided, effective: Levels) -> float:
    """Risk points lost when the gamma greatest disappointments come true: whole ones, then a part of the next."""
    criterion = decided.problem.criterion
    if not isinstance(criterion, Budgeted):
        return 0.0
    per_level = _points(decided)
    losses = [
        per_level[a] * decided.problem.discount**arrives * level
        for (a, t), level in effective.items()
        if a in per_level
        and (arrives := decided.place[t] + decided.problem.activity[a].lag) < len(decided.problem.periods)
    ]
    shares = ((max(0.0, min(1.0, criterion.gamma - rank)), loss) for rank, loss in enumerate(sorted(losses)[::-1]))
    return sum(share * loss for share, loss in shares)


def _points(decided: Decided) -> dict[ActivityId, float]:
    """Weighted risk points by which a level of each activity may disappoint, where it takes anything off a driver."""
    problem, points = decided.problem, dict[ActivityId, float]()
    for (a, h, _), kappa in reach(problem).items():
        effect = problem.activity[a].effect
        if isinstance(effect, LinearEffect) and effect.deviation:
            reached = problem.theatre[h].weight * max(0.0, kappa) * decided.effect_multiplier.get(a, 1.0)
            points[a] = points.get(a, 0.0) + effect.deviation * reached
    return points
