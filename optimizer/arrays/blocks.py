"""Rows, columns and upper limits of one family as arrays: the blocks that a program is assembled from."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import chain

import numpy as np

from models.config import Group
from optimizer.arrays.array_types import INFINITY, Floats, Name, Positions
from optimizer.arrays.sparse import summed_entries
from optimizer.formulation.family import Family, Index, UpperLimit, VariableSet
from optimizer.formulation.linear_expression import LinearExpression, Relation, variable
from optimizer.formulation.variables import Handle


@dataclass(frozen=True, kw_only=True, eq=False)
class RowBlock:
    """Rows of one family in compressed form, without duplicate or zero entries."""

    family: str
    group: Group | None
    """The group of `config.relax` that frees the rows; None for facts."""
    names: tuple[Name, ...]
    lengths: Positions
    """Number of entries of each row."""
    columns: Positions
    """Column of each entry."""
    data: Floats
    lower: Floats
    upper: Floats


@dataclass(frozen=True, kw_only=True, eq=False)
class ColumnBlock:
    """The columns of one set of variables; `start` is the number of the first."""

    own: VariableSet
    start: int
    names: tuple[Name, ...]
    lower: Floats
    upper: Floats
    handle: Handle


@dataclass(frozen=True, kw_only=True, eq=False)
class LimitBlock:
    """The upper limits that a family sets on columns."""

    family: str
    columns: Positions
    upper: Floats
    freed_by: tuple[tuple[frozenset[Group], ...], ...]


def rows_of(family: str, group: Group | None, rows: Iterable[tuple[Index, Relation]]) -> RowBlock:
    """The rows of a family; raises ValueError if two rows have one name.

    Leaves out a row without variables that always holds, and keeps one that can never hold.
    """
    relations: dict[Index, Relation] = {}
    for index, relation in rows:
        if index in relations:
            raise ValueError(f"two rows of {family} are named {index}")
        relations[index] = relation
    names = list(relations)
    bodies = [relation.body for relation in relations.values()]
    lengths, columns, data = entries_of(bodies)
    lower, upper = _sides(relations.values(), bodies)
    is_kept = (lengths > 0) | ~((lower <= 0) & (upper >= 0))
    return RowBlock(
        family=family,
        group=group,
        names=tuple((family, names[number]) for number in np.flatnonzero(is_kept).tolist()),
        lengths=lengths[is_kept],
        columns=columns,
        data=data,
        lower=lower[is_kept],
        upper=upper[is_kept],
    )


def entries_of(expressions: Sequence[LinearExpression]) -> tuple[Positions, Positions, Floats]:
    """For each expression its number of entries, then the columns and coefficients of all entries.

    Entries are in the order of columns; entries of one column are summed, zeros are dropped.
    """
    lengths = np.fromiter((len(one.columns) for one in expressions), dtype=np.int64, count=len(expressions))
    entries = int(lengths.sum())
    data = np.fromiter(chain.from_iterable(one.coefficients for one in expressions), dtype=np.float64, count=entries)
    columns = np.fromiter(chain.from_iterable(one.columns for one in expressions), dtype=np.int64, count=entries)
    row, columns, data = summed_entries(np.repeat(np.arange(len(expressions)), lengths), columns, data)
    return np.bincount(row, minlength=len(expressions)), columns, data


def columns_of(own: VariableSet, start: int) -> ColumnBlock:
    """The columns of a set of variables; the first gets number `start`."""
    lower, upper = (0.0, 1.0) if own.kind == "binary" else (own.lower, INFINITY if own.upper is None else own.upper)
    return ColumnBlock(
        own=own,
        start=start,
        names=tuple((own.name, index) for index in own.index),
        lower=_bounds(own.index, lower),
        upper=_bounds(own.index, upper),
        handle={index: variable(number) for number, index in enumerate(own.index, start=start)},
    )


def limits_of(family: Family, limits: Iterable[UpperLimit]) -> LimitBlock:
    """The upper limits of a family."""
    listed = list(limits)
    columns = (limit.variable.columns[0] for limit in listed)
    return LimitBlock(
        family=family.name,
        columns=np.fromiter(columns, dtype=np.int64, count=len(listed)),
        upper=np.fromiter((limit.upper for limit in listed), dtype=np.float64, count=len(listed)),
        freed_by=tuple(family.freed_by(limit) for limit in listed),
    )


def _sides(relations: Iterable[Relation], bodies: Sequence[LinearExpression]) -> tuple[Floats, Floats]:
    constants = np.array([body.constant for body in bodies], dtype=np.float64)
    sides = np.array([relation.sides for relation in relations], dtype=np.float64).reshape(-1, 2)
    return sides[:, 0] - constants, sides[:, 1] - constants


def _bounds(index: Sequence[Index], bound: float | dict[Index, float]) -> Floats:
    if isinstance(bound, dict):
        return np.fromiter((bound[key] for key in index), dtype=np.float64, count=len(index))
    return np.full(len(index), float(bound))


class Columns:
    """The columns of a program, block by block; an unchanged block keeps its variables from the last round."""

    def __init__(self) -> None:
        """Start without columns."""
        self.blocks: list[ColumnBlock] = []
        self._previous: dict[str, ColumnBlock] = {}

    def begin(self) -> None:
        """Start a round without columns."""
        self._previous = {block.own.name: block for block in self.blocks}
        self.blocks = []

    def variables(self, own: VariableSet) -> Handle:
        """Append columns for a set of variables; returns the variable of each index."""
        block = self._block(own)
        self.blocks.append(block)
        return block.handle

    @property
    def width(self) -> int:
        """Number of columns."""
        return self.blocks[-1].start + len(self.blocks[-1].names) if self.blocks else 0

    @property
    def handles(self) -> list[Handle]:
        """The variables of each block."""
        return [block.handle for block in self.blocks]

    def _block(self, own: VariableSet) -> ColumnBlock:
        previous = self._previous.get(own.name)
        if previous is None or previous.start != self.width or tuple(previous.own.index) != tuple(own.index):
            return columns_of(own, self.width)
        return previous if previous.own == own else replace(columns_of(own, self.width), handle=previous.handle)
