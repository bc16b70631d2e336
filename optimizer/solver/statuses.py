"""How a run of the solver ends: every status of HiGHS has one meaning here."""

from dataclasses import dataclass
from typing import Any, Literal

import numpy as np

from models.errors import SolverFailure
from models.outcome import FoundBy
from optimizer.arrays.array_types import Floats

Termination = Literal[
    "optimal",
    "target",
    "limit",
    "first_share",
    "share",
    "stalled",
    "stopped",
    "tolerance",
    "failed",
    "infeasible",
    "unbounded",
]
"""Why a run ended.

`target`: a plan reached the objective target. `limit`: the time limit. `first_share`: the first of several priorities
used up its share of the time. `share`: a later one did, while some time is left. `stalled`: no better plan came for
`stall_limit_s`. `stopped`: the caller asked for it. `tolerance`: the solver called its plan optimal, with a bound that
leaves the gap open. `failed`: the solver failed.
"""

TERMINATIONS: dict[str, Termination] = {
    "kOptimal": "optimal",
    "kModelEmpty": "optimal",
    "kInfeasible": "infeasible",
    "kUnbounded": "unbounded",
    "kObjectiveTarget": "target",
    "kTimeLimit": "limit",
    "kIterationLimit": "limit",
    "kSolutionLimit": "limit",
    "kMemoryLimit": "limit",
    "kInterrupt": "stopped",
    "kHighsInterrupt": "stopped",
}
"""The meaning of each model status of HiGHS; a status that is missing here is a failure."""


@dataclass(frozen=True, kw_only=True)
class RunResult:
    """The result of a run."""

    termination: Termination
    values: Floats | None
    """Values of the columns; None without a plan."""
    objective: float | None
    bound: float
    """Lower bound of the minimised objective, by the solver's search; -inf if none."""
    nodes: int
    proven: float = -np.inf
    """Lower bound proven from multipliers, round-off included; `bound` may rest on the solver's search."""
    has_cuts: bool = False
    """Whether an integer run reports cuts or conflicts: a reason for a bound without nodes."""
    found_by: FoundBy | None = None
    """Step of the search that found the plan; None if it is the plan that the run started from."""


def checked(status: Any, step: str) -> None:  # noqa: ANN401
    """Raise `SolverFailure` if HiGHS returned an error for a step."""
    if int(status) < 0:  # HighsStatus.kError
        raise SolverFailure(f"the solver refused {step}")
