"""What is really optimised, and in which order: the objectives as the criterion and the burden rule read them."""

from collections.abc import Iterator

from models.problem.burden import LexicographicMinimax, Minimax
from models.problem.objective import Objective
from models.problem.problem import Problem


def effective_objectives(problem: Problem) -> tuple[Objective, ...]:
    """The objectives, each with its priority: 1 first, by default its place in the list."""
    stated = tuple(_stated(problem))
    return _with_burdens(stated) if _burdens_are_left_out(problem) else stated


def _stated(problem: Problem) -> Iterator[Objective]:
    for place, objective in enumerate(problem.objectives, start=1):
        priority = place if objective.priority is None else objective.priority
        if problem.criterion.type == "regret" and objective.metric == "risk_reduction":
            # Under regret, risk reduction means the greatest regret, and that is minimised (C25).
            yield objective.model_copy(update={"metric": "max_regret", "sense": "minimize", "priority": priority})
        else:
            yield objective.model_copy(update={"priority": priority})


def _burdens_are_left_out(problem: Problem) -> bool:
    """Whether the greatest burden is to be small (C20 minimax, lexicographic_minimax) and no objective says so."""
    wanted = isinstance(problem.burden_sharing, Minimax | LexicographicMinimax)
    return wanted and all(objective.metric != "max_burden" for objective in problem.objectives)


def _with_burdens(stated: tuple[Objective, ...]) -> tuple[Objective, ...]:
    """The greatest burden as a priority of its own, right after the first."""
    first = min(objective.priority or 1 for objective in stated)
    second = Objective(metric="max_burden", priority=first + 1)
    before = [objective for objective in stated if objective.priority == first]
    after = [objective for objective in stated if objective.priority != first]
    return (*before, second, *(one.model_copy(update={"priority": (one.priority or 1) + 1}) for one in after))
