"""What is really optimised, and in which order: the objectives of the problem as its criterion reads them."""

from collections.abc import Iterator

from models.problem.objective import Objective
from models.problem.problem import Problem


def aims(problem: Problem) -> tuple[Objective, ...]:
    """The objectives in their order, each with its priority: 1 first, by default its place in the list."""
    return tuple(_aims(problem))


def _aims(problem: Problem) -> Iterator[Objective]:
    for place, objective in enumerate(problem.objectives, start=1):
        priority = place if objective.priority is None else objective.priority
        if problem.criterion.type == "regret" and objective.metric == "risk_reduction":
            # Under regret, risk reduction means the greatest regret, and that is minimised (C25).
            yield objective.model_copy(update={"metric": "max_regret", "sense": "minimize", "priority": priority})
        else:
            yield objective.model_copy(update={"priority": priority})
