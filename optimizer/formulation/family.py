"""The family: one kind of constraint of the program, in one file, with one political meaning.

A family is a record of pure functions of a scenario and its decisions. It says what it needs and yields what it builds;
`assemble` declares, attaches and closes. See docs/decisions/0006.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from models.config import Group
from models.ids import ActivityId, ContributorId
from optimizer.data.scenarios import ScenarioData
from optimizer.formulation.linear_expression import Relation, Variable
from optimizer.formulation.variables import Decisions

EVERY = "ALL"
"""Stands in the index of a row for what a rule leaves open: ids are lower case."""

Index = tuple[str, ...]
Rows = Iterable[tuple[Index, Relation]]
"""(index, relation) for each row that exists."""

Scope = Literal["politics", "effort", "effect", "scenario"]
"""Who shares a variable: politics are decided once for all scenarios; effort too, but for each scenario under recourse;
effects, and all else that only follows from what is decided (a cost, a sum), as efforts, and for each scenario as soon as
overrides can change them; a scenario's own are always its own."""


@dataclass(frozen=True, kw_only=True)
class Own:
    """Variables that a family brings: name, index set, kind and natural bounds (a number, or one for each index)."""

    name: str
    index: Sequence[Index]
    scope: Scope
    kind: Literal["continuous", "binary", "integer"] = "continuous"
    lower: float | dict[Index, float] = 0.0
    upper: float | dict[Index, float] | None = None


@dataclass(kw_only=True, slots=True)  # not frozen: there are tens of thousands, and freezing them takes its time
class Limit:
    """A political fact that closes a variable: at most `upper`, for a reason that `says` in words.

    `freed_by` lists sets of groups: relaxing all groups of any one of them lifts the limit; None stands for the group
    of the family alone.
    """

    index: Index
    variable: Variable
    upper: float
    says: str
    freed_by: tuple[frozenset[Group], ...] | None = None


def _nothing(_: ScenarioData, __: Decisions) -> Iterable[tuple[Index, Relation]]:
    return ()


def _no_limits(_: ScenarioData, __: Decisions) -> Iterable[Limit]:
    return ()


def _no_terms(_: ScenarioData, __: Decisions) -> None:
    return None


def _declares_nothing(_: ScenarioData) -> Iterable[Own]:
    return ()


def _counts_nobody(_: ScenarioData) -> Iterable[tuple[ContributorId, ActivityId]]:
    return ()


def _forbids_nobody(_: ScenarioData) -> Iterable[tuple[ContributorId, ActivityId]]:
    return ()


@dataclass(frozen=True, kw_only=True)
class Family:
    """One family of MODEL section 2."""

    number: str
    """Its number there: `C10`."""
    name: str
    """Its file: `willingness`."""
    group: Group | None
    """The group of `config.relax` that frees its rows and limits; None for facts."""
    says: str
    """What it means, in a planner's words."""
    declare: Callable[[ScenarioData], Iterable[Own]] = _declares_nothing
    """The variables it brings."""
    counts: Callable[[ScenarioData], Iterable[tuple[ContributorId, ActivityId]]] = _counts_nobody
    """For whom it needs `counts`."""
    forbids: Callable[[ScenarioData], Iterable[tuple[ContributorId, ActivityId]]] = _forbids_nobody
    """For whom it needs `present`."""
    terms: Callable[[ScenarioData, Decisions], None] = _no_terms
    """What it writes into ledgers."""
    rows: Callable[[ScenarioData, Decisions], Rows] = _nothing
    """Its rows: only those that exist."""
    further_rows: Callable[[ScenarioData, Decisions], Rows] = _nothing
    """Rows of another kind, which follow from other things: those stay as written while these change (0015)."""
    limits: Callable[[ScenarioData, Decisions], Iterable[Limit]] = _no_limits
    """The variables that it closes outright."""
    per_scenario: bool = False
    """Whether its rows differ between scenarios that differ only in their multipliers."""

    def has(self, part: str) -> bool:
        """Whether it brings this function itself."""
        return getattr(self, part) is not type(self).__dataclass_fields__[part].default

    def all_rows(self, scenario: ScenarioData, d: Decisions) -> Rows:
        """Its rows of both kinds."""
        yield from self.rows(scenario, d)
        yield from self.further_rows(scenario, d)

    def freed_by(self, limit: Limit) -> tuple[frozenset[Group], ...]:
        """The sets of groups whose relaxation lifts a limit of this family; none for facts."""
        return self._freed_by if limit.freed_by is None else limit.freed_by

    @cached_property
    def _freed_by(self) -> tuple[frozenset[Group], ...]:
        return () if self.group is None else (frozenset({self.group}),)
