"""The constraint family: one kind of constraint in one file, with one political meaning.

A family is a record of pure functions of a scenario and its variables. They return variable sets, ledger terms, rows
and upper limits; writers put these into a program (docs/decisions/0006).
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from models.config import Group
from models.ids import ActivityId, ContributorId
from optimizer.data.scenarios import ScenarioData
from optimizer.formulation.linear_expression import Relation, Variable
from optimizer.formulation.variables import DecisionVariables

EVERY = "ALL"
"""Index entry for what a rule leaves open, such as any framework; ids are lower case, so it is no id."""

Index = tuple[str, ...]
Rows = Iterable[tuple[Index, Relation]]
"""(index, relation) of each row; only rows that exist."""

Scope = Literal["politics", "effort", "effect", "scenario"]
"""Which scenarios share a variable.

`politics`: all scenarios share it. `effort`: shared, but separate with recourse. `effect`: follows from decisions, such
as an effect or a cost; separate with recourse or if scenarios have overrides. `scenario`: always separate.
"""


@dataclass(frozen=True, kw_only=True)
class VariableSet:
    """A set of variables: name, index set, kind, and natural bounds (one number, or one for each index)."""

    name: str
    index: Sequence[Index]
    scope: Scope
    kind: Literal["continuous", "binary", "integer"] = "continuous"
    lower: float | dict[Index, float] = 0.0
    upper: float | dict[Index, float] | None = None


@dataclass(kw_only=True, slots=True)  # not frozen: there are tens of thousands, and freezing costs time
class UpperLimit:
    """An upper limit that a political fact sets on a variable; `says` gives the reason in words.

    `freed_by` lists sets of groups: relaxing all groups of any one set lifts the limit. None means the family's group.
    """

    index: Index
    variable: Variable
    upper: float
    says: str
    freed_by: tuple[frozenset[Group], ...] | None = None


def _nothing(_: ScenarioData, __: DecisionVariables) -> Iterable[tuple[Index, Relation]]:
    return ()


def _no_limits(_: ScenarioData, __: DecisionVariables) -> Iterable[UpperLimit]:
    return ()


def _no_terms(_: ScenarioData, __: DecisionVariables) -> None:
    return None


def _declares_nothing(_: ScenarioData) -> Iterable[VariableSet]:
    return ()


def _counts_nobody(_: ScenarioData) -> Iterable[tuple[ContributorId, ActivityId]]:
    return ()


def _forbids_nobody(_: ScenarioData) -> Iterable[tuple[ContributorId, ActivityId]]:
    return ()


@dataclass(frozen=True, kw_only=True)
class Family:
    """One constraint family of the model (docs/algebra.md)."""

    number: str
    """Number in the model, such as `C10`."""
    name: str
    """Name of its file, such as `willingness`."""
    group: Group | None
    """Group of `config.relax` that frees the rows and lifts the limits; None for facts."""
    says: str
    """Meaning in lay words."""
    declare: Callable[[ScenarioData], Iterable[VariableSet]] = _declares_nothing
    """Variable sets of the family."""
    counts: Callable[[ScenarioData], Iterable[tuple[ContributorId, ActivityId]]] = _counts_nobody
    """Pairs for which the family needs the variable `counts`."""
    forbids: Callable[[ScenarioData], Iterable[tuple[ContributorId, ActivityId]]] = _forbids_nobody
    """Pairs for which the family needs the variable `present`."""
    terms: Callable[[ScenarioData, DecisionVariables], None] = _no_terms
    """Adds terms to the ledgers."""
    rows: Callable[[ScenarioData, DecisionVariables], Rows] = _nothing
    """Rows of the family."""
    further_rows: Callable[[ScenarioData, DecisionVariables], Rows] = _nothing
    """More rows, which read other data than `rows`: each part is rewritten only if its data change (ADR 0015)."""
    limits: Callable[[ScenarioData, DecisionVariables], Iterable[UpperLimit]] = _no_limits
    """Upper limits that the family sets on variables."""
    per_scenario: bool = False
    """Whether the rows differ between scenarios that differ only in multipliers."""

    def has(self, part: str) -> bool:
        """Whether the family defines this function."""
        return getattr(self, part) is not type(self).__dataclass_fields__[part].default

    def all_rows(self, scenario: ScenarioData, d: DecisionVariables) -> Rows:
        """All rows: `rows`, then `further_rows`."""
        yield from self.rows(scenario, d)
        yield from self.further_rows(scenario, d)

    def freed_by(self, limit: UpperLimit) -> tuple[frozenset[Group], ...]:
        """The sets of groups whose relaxation lifts a limit; empty for facts."""
        return self._freed_by if limit.freed_by is None else limit.freed_by

    @cached_property
    def _freed_by(self) -> tuple[frozenset[Group], ...]:
        return () if self.group is None else (frozenset({self.group}),)
