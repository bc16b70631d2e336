"""Concord as a library: `from optimizer import solve, study, evaluate, program, plan_of, Problem, Config`.

The functions are loaded when first used, so that reading documents loads no solver, and solving loads no Pyomo.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from models.config import Config
from models.outcome import Outcome
from models.problem.problem import Problem

if TYPE_CHECKING:
    from optimizer.pyomo_model.model import program
    from optimizer.pyomo_model.plan import CheckedPlan, plan_of
    from optimizer.solving.evaluate import evaluate
    from optimizer.solving.solve import solve
    from optimizer.studies.run import Study, study

__all__ = ["CheckedPlan", "Config", "Outcome", "Problem", "Study", "evaluate", "plan_of", "program", "solve", "study"]

_MODULES = {
    "CheckedPlan": "optimizer.pyomo_model.plan",
    "Study": "optimizer.studies.run",
    "evaluate": "optimizer.solving.evaluate",
    "plan_of": "optimizer.pyomo_model.plan",
    "program": "optimizer.pyomo_model.model",
    "solve": "optimizer.solving.solve",
    "study": "optimizer.studies.run",
}


def __getattr__(name: str) -> Any:  # noqa: ANN401
    if name not in _MODULES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_MODULES[name]), name)
