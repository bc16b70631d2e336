"""Exit statuses of the commands that solve."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from service.cli.error_output import BAD_INPUT, EXIT_OTHER_ERROR, INFEASIBLE, NO_PLAN_IN_LIMIT

if TYPE_CHECKING:
    from models.outcome import Outcome

FROM_BEST_TO_WORST = (0, INFEASIBLE, NO_PLAN_IN_LIMIT, BAD_INPUT, EXIT_OTHER_ERROR)
"""Exit statuses: an answer, an answer that nothing is possible, no answer, no question, a failure."""


def exit_status(outcome: "Outcome") -> int:
    """The exit status of one outcome."""
    match outcome.status:
        case "optimal" | "feasible":
            return 0
        case "infeasible":
            return INFEASIBLE
        case "no_plan_in_limit":
            return NO_PLAN_IN_LIMIT
        case "unbounded" | "solver_error":
            return EXIT_OTHER_ERROR


def worst(statuses: Iterable[int]) -> int:
    """The worst of several exit statuses; 0 if there is none."""
    return max(statuses, key=FROM_BEST_TO_WORST.index, default=0)
