"""Concord as a library: `from optimizer import solve, study, Problem, Config`.

`solve` and `study` are loaded when first called for, so that whoever only reads documents never loads Pyomo or the
solver.
"""

from typing import TYPE_CHECKING, Any

from models.config import Config
from models.outcome import Outcome
from models.problem.problem import Problem

if TYPE_CHECKING:
    from optimizer.solving.cold import solve
    from optimizer.studies.run import Study, study

__all__ = ["Config", "Outcome", "Problem", "Study", "solve", "study"]


def __getattr__(name: str) -> Any:  # noqa: ANN401
    if name == "solve":
        from optimizer.solving.cold import solve  # noqa: PLC0415  (the point: Pyomo and the solver are loaded here)

        return solve
    if name in ("Study", "study"):
        from optimizer.studies import run as studies  # noqa: PLC0415  (as above)

        return getattr(studies, name)
    message = f"module {__name__!r} has no attribute {name!r}"
    raise AttributeError(message)
