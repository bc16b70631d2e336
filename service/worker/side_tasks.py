"""Small things that a worker process does beside jobs, since Pyomo and the solver are loaded there alone."""

from typing import Any, Literal

from models.outcome import OUTCOME, Solved, Stopped
from models.reading import read_config, read_problem

Form = Literal["lp", "mps", "tex"]
Document = dict[str, Any]


def program(problem: Document, config: Document, form: Form) -> str:
    """The program of a stored problem under its stored config, as a file."""
    from optimizer.export.lp_mps import export

    return export(read_problem(problem), read_config(config), form)


def diff(problem: Document, config: Document, here: Document, there: Document, time_limit_s: float) -> Document:
    """The plan of one stored outcome, of this problem and config, held against that of another; both have one."""
    from optimizer.compare.closest_plan import difference_between

    mine, other = (OUTCOME.validate_python(one) for one in (here, there))
    if not isinstance(mine, Solved | Stopped) or not isinstance(other, Solved | Stopped):
        raise TypeError("an outcome without a plan is held against nothing")
    found = difference_between(read_problem(problem), read_config(config), mine, other, time_limit_s=time_limit_s)
    return found.model_dump(mode="json", by_alias=True)
