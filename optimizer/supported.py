"""Fields whose family is not built yet: refused by address, never silently ignored."""

from collections.abc import Iterator

from models.errors import Finding
from models.problem.problem import Problem


def unsupported(problem: Problem) -> Iterator[Finding]:
    """One finding for each value of the problem that no built family reads."""
    del problem
    yield from ()
