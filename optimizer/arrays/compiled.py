"""A program as named arrays: matrix, bounds, objectives, and the upper limits that politics set."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

import numpy as np

from models.config import Group
from models.problem.objective import Metric
from optimizer.arrays.array_types import Floats, Integers, Mask, Name
from optimizer.arrays.sparse import SparseMatrix
from optimizer.data.scenarios import ScenarioData


@dataclass(frozen=True, kw_only=True)
class CompiledLimits:
    """Upper limits that politics set on columns, kept apart from the natural bounds so that relaxing can lift them."""

    column: Integers
    upper: Floats
    family: tuple[str, ...]
    """The family that sets each limit."""
    freed_by: tuple[tuple[frozenset[Group], ...], ...]
    """For each limit, the sets of groups; relaxing all groups of any one set lifts the limit."""


@dataclass(frozen=True, kw_only=True)
class CompiledProgram:
    """row_lower <= matrix @ columns <= row_upper, with natural column bounds; nothing is relaxed."""

    matrix: SparseMatrix
    row_lower: Floats
    row_upper: Floats
    rows: tuple[Name, ...]
    row_group: tuple[Group | None, ...]
    """The group that frees each row; None for facts."""
    column_lower: Floats
    column_upper: Floats
    integer: Mask
    columns: tuple[Name, ...]
    objectives: dict[Metric, tuple[Floats, float]]
    """For each metric a vector over the columns and a constant."""
    refinements: dict[Metric, tuple[tuple[Floats, float], ...]]
    """Further expressions of a metric, each optimised once those before it are bounded."""
    limits: CompiledLimits


@dataclass(frozen=True, kw_only=True)
class RelaxedBounds:
    """Bounds of rows and columns after some groups of constraints have been relaxed."""

    row_lower: Floats
    row_upper: Floats
    column_upper: Floats


@dataclass(frozen=True, kw_only=True)
class WrittenProgram:
    """A problem's compiled program, its scenarios, and the seconds that writing and compiling took."""

    scenarios: tuple[ScenarioData, ...]
    compiled: CompiledProgram
    formulate_s: float
    compile_s: float


THRESHOLDS = ("threshold_met", "passed")
"""The variables that say whether a threshold is met (C16)."""


def columns_of(columns: Iterable[Name], variables: Collection[str]) -> Mask:
    """Which columns belong to some variables, in any scenario."""
    return np.array([name.partition("@")[0] in variables for name, _ in columns], dtype=np.bool_)


def relaxed(compiled: CompiledProgram, groups: Collection[Group]) -> RelaxedBounds:
    """The bounds with the rows of `groups` freed and their limits lifted; facts always hold."""
    free = np.array([group in groups for group in compiled.row_group], dtype=np.bool_)
    limits = compiled.limits
    relaxed_groups = frozenset(groups)
    is_lifted = {sets: any(one <= relaxed_groups for one in sets) for sets in set(limits.freed_by)}
    holds = np.array([not is_lifted[sets] for sets in limits.freed_by], dtype=np.bool_)
    column_upper = compiled.column_upper.copy()
    np.minimum.at(column_upper, limits.column[holds], limits.upper[holds])
    return RelaxedBounds(
        row_lower=np.where(free, -np.inf, compiled.row_lower),
        row_upper=np.where(free, np.inf, compiled.row_upper),
        column_upper=column_upper,
    )
