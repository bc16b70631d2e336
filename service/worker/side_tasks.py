"""Short tasks that a worker process runs between jobs. Only worker processes load Pyomo and the solver."""

import json
from typing import Any, Literal

from models.outcome import OUTCOME, Solved, Stopped
from models.reading import read_config, read_problem

Form = Literal["lp", "mps", "tex"]
Document = dict[str, Any]


def program(problem: str, config: Document, form: Form) -> str:
    """Return the program of a stored problem (JSON text) and config as the text of a file."""
    from optimizer.export.lp_mps import export

    return export(read_problem(json.loads(problem)), read_config(config), form)


def diff(problem: str, config: Document, here: Document, there: Document, time_limit_s: float) -> Document:
    """Compare the plans of two stored outcomes.

    Args:
        problem: The problem that led to `here`, as JSON text.
        config: The config that led to `here`.
        here: An outcome with a plan.
        there: The outcome to compare with; it has a plan too.
        time_limit_s: Limit in seconds for the search for the closest plan.

    Returns:
        A `concord.diff/1` document.

    Raises:
        TypeError: An outcome has no plan.

    """
    from optimizer.compare.closest_plan import difference_between

    own, other = (OUTCOME.validate_python(document) for document in (here, there))
    if not isinstance(own, Solved | Stopped) or not isinstance(other, Solved | Stopped):
        raise TypeError("only outcomes with a plan can be compared")
    found = difference_between(
        read_problem(json.loads(problem)), read_config(config), own, other, time_limit_s=time_limit_s
    )
    return found.model_dump(mode="json", by_alias=True)
