"""The program of a problem as a file: what a worker process writes, since Pyomo is loaded there alone."""

from typing import Any, Literal

from models.reading import read_config, read_problem

Form = Literal["lp", "mps", "tex"]


def program(problem: dict[str, Any], config: dict[str, Any], form: Form) -> str:
    """The program of a stored problem under its stored config."""
    from optimizer.exporting import export

    return export(read_problem(problem), read_config(config), form)
