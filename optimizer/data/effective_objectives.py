"""The objectives as optimised: with their priorities, and changed by the criterion and the burden-sharing rule."""

from collections.abc import Iterable, Iterator

from models.problem.burden import LexicographicMinimax, Minimax
from models.problem.objective import Objective
from models.problem.problem import Problem


def effective_objectives(problem: Problem) -> tuple[Objective, ...]:
    """The objectives, each with its priority: 1 is optimised first; the default is its position in the list."""
    prioritized = tuple(_prioritized(problem))
    return _with_max_burden(prioritized) if _lacks_max_burden(problem) else prioritized


def first_objectives(objectives: Iterable[Objective]) -> tuple[Objective, ...]:
    """The objectives of the first priority; several of them are optimised as a weighted sum."""
    listed = tuple(objectives)
    first = min(objective.priority or 1 for objective in listed)
    return tuple(objective for objective in listed if (objective.priority or 1) == first)


def _prioritized(problem: Problem) -> Iterator[Objective]:
    for place, objective in enumerate(problem.objectives, start=1):
        priority = place if objective.priority is None else objective.priority
        if problem.criterion.type == "regret" and objective.metric == "risk_reduction":
            # Under regret, the objective risk_reduction minimises the greatest regret (C25).
            yield objective.model_copy(update={"metric": "max_regret", "sense": "minimize", "priority": priority})
        else:
            yield objective.model_copy(update={"priority": priority})


def _lacks_max_burden(problem: Problem) -> bool:
    """Whether the burden rule minimises the greatest burden (C20 minimax) but no objective does."""
    wanted = isinstance(problem.burden_sharing, Minimax | LexicographicMinimax)
    return wanted and all(objective.metric != "max_burden" for objective in problem.objectives)


def _with_max_burden(prioritized: tuple[Objective, ...]) -> tuple[Objective, ...]:
    """The objectives with max_burden inserted as the second priority."""
    first = min(objective.priority or 1 for objective in prioritized)
    second = Objective(metric="max_burden", priority=first + 1)
    before = [objective for objective in prioritized if objective.priority == first]
    after = [objective for objective in prioritized if objective.priority != first]
    return (*before, second, *(later.model_copy(update={"priority": (later.priority or 1) + 1}) for later in after))
