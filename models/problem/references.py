"""Cross-references of a problem, checked in one place."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from models.errors import Finding

if TYPE_CHECKING:
    from models.problem.problem import Problem


def findings(problem: "Problem") -> Iterator[Finding]:
    """Everything about the problem that its records contradict among themselves."""
    del problem
    yield from ()
