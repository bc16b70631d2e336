"""Effects that may fall short under the budgeted criterion (C24)."""

from models.ids import ActivityId
from models.problem.activity import LinearEffect
from models.problem.problem import Problem
from models.problem.scenario import Budgeted


def is_uncertain(problem: Problem, a: ActivityId) -> bool:
    """Whether the effect of a may fall short. A plan may then count on less of it than the effort achieves."""
    effect = problem.activity[a].effect
    return isinstance(problem.criterion, Budgeted) and isinstance(effect, LinearEffect) and bool(effect.deviation)


def has_uncertain_effects(problem: Problem) -> bool:
    """Whether the effect of any activity may fall short."""
    return any(is_uncertain(problem, a) for a in problem.activity)
