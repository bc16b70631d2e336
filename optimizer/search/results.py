"""Records of a search: an incumbent, the result of a priority, the result of the whole search."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from models.config import SolverConfig
from models.outcome import FoundBy, Scope
from optimizer.arrays.array_types import Floats
from optimizer.arrays.priorities import Priority
from optimizer.arrays.program_diff import NamedProgram, program_diff
from optimizer.solver.statuses import RunResult, Termination

PLAN_BEFORE: FoundBy = "plan_before"


@dataclass(frozen=True, kw_only=True)
class Incumbent:
    """A plan, and a bound of the first priority."""

    values: Floats
    bound: float = -np.inf
    proven: float = -np.inf
    """The part of it that is proven from multipliers."""
    found_by: FoundBy = PLAN_BEFORE


@dataclass(frozen=True, kw_only=True)
class PriorityResult:
    """The proof of a priority: bounds of its minimised sum, its scope, and whether the solver closed the gap."""

    priority: Priority
    bound: float
    """Claimed by the solver's search, or proven."""
    proven: float
    """Proven from multipliers, round-off included; -inf if nothing is."""
    scope: Scope
    is_closed: bool
    unit: float
    """The unit of the sum in which the solver's absolute tolerances count."""


@dataclass(frozen=True, kw_only=True)
class FirstPriority:
    """How the first priority ended, and the seconds that it took."""

    answer: RunResult
    took_s: float
    has_exact_amounts: bool = False
    """Whether a linear program computed the amounts of its plan."""


@dataclass(frozen=True, kw_only=True)
class SearchResult:
    """How the search ended, the plan (None without one), and the result of every priority."""

    termination: Termination
    """Why the first priority ended."""
    values: Floats | None
    priorities: tuple[PriorityResult, ...]
    later: Termination = "optimal"
    """Why the first of the later priorities ended that was cut short."""
    found_by: FoundBy = PLAN_BEFORE
    """The step that found the plan of the first priority."""
    is_refuted: bool = False
    """Whether multipliers prove that there is no plan."""


@dataclass(frozen=True, kw_only=True)
class Answered:
    """The last answer with a plan: its program, its result, and whether its search ended."""

    named: NamedProgram
    solver: SolverConfig
    result: SearchResult
    is_last: bool
    """Whether it was the last one of its search."""

    @property
    def is_conclusive(self) -> bool:
        """Whether asking the same again can find nothing better: every gap was closed."""
        return self.is_last and (self.result.termination, self.result.later) == ("optimal", "optimal")

    def answers(self, named: NamedProgram, priorities: Sequence[Priority]) -> bool:
        """Whether it answers this program with these priorities: nothing that counts differs."""
        aims = [one.objective for priority in priorities for one in priority.objectives]
        answered = [one.objective for result in self.result.priorities for one in result.priority.objectives]
        return aims == answered and program_diff(self.named, named).is_empty


UNTRIED = RunResult(termination="limit", values=None, objective=None, bound=-np.inf, nodes=0)
"""The answer of a priority for which no time was left."""
FAILED = RunResult(termination="failed", values=None, objective=None, bound=-np.inf, nodes=0)
"""The answer of a step in which the solver broke."""


def without_plan(termination: Termination, *, is_refuted: bool = False) -> SearchResult:
    """A search that ended without a plan."""
    return SearchResult(termination=termination, values=None, priorities=(), is_refuted=is_refuted)
