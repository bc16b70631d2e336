"""Rows, columns and limits of one family as arrays: what a program that is written directly is put together from."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import chain

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from models.config import Group
from optimizer.formulation.affine import Affine, Relation, column
from optimizer.formulation.family import Family, Index, Limit, Own
from optimizer.formulation.linear_expression import Expression
from optimizer.formulation.variables import Handle

Floats = NDArray[np.float64]
Places = NDArray[np.int64]
Name = tuple[str, Index]
"""The family (or variable) and the index within it."""
INFINITY = float("inf")


@dataclass(frozen=True, kw_only=True, eq=False)
class RowBlock:
    """Rows one below the other, by the place of each column; what occurs twice is added up, zeros are left out."""

    family: str
    names: tuple[Name, ...]
    lengths: Places
    """How many entries each row has."""
    places: Places
    data: Floats
    lower: Floats
    upper: Floats


@dataclass(frozen=True, kw_only=True, eq=False)
class ColumnBlock:
    """The columns of one family of variables, from a place on."""

    own: Own
    start: int
    names: tuple[Name, ...]
    lower: Floats
    upper: Floats
    handle: Handle


@dataclass(frozen=True, kw_only=True, eq=False)
class LimitBlock:
    """What a family closes: the place of each column, and the greatest value of it."""

    family: str
    places: Places
    upper: Floats
    freed_by: tuple[tuple[frozenset[Group], ...], ...]


NEVER = Relation(Affine((), ()), "at_least", 1.0)
"""A row without variables that cannot hold."""


def rows_of(family: str, rows: Iterable[tuple[Index, Expression]], width: int) -> RowBlock:
    """The rows of a family over so many columns; raises ValueError if two have one name.

    A relation without variables is either always true (no row) or never (a row that cannot hold).
    """
    written = {}
    for index, relation in rows:
        if index in written:
            raise ValueError(f"two rows of {family} are named {index}")
        written[index] = relation
    kept = [(index, NEVER if one is False else one) for index, one in written.items() if one is not True]
    relations = [relation for _, relation in kept]
    matrix = matrix_of([relation.body for relation in relations], width)
    lower, upper = _sides(relations)
    lengths = np.diff(matrix.indptr).astype(np.int64)
    says = (lengths > 0) | ~((lower <= 0) & (upper >= 0))
    return RowBlock(
        family=family,
        names=tuple((family, kept[number][0]) for number in np.flatnonzero(says).tolist()),
        lengths=lengths[says],
        places=matrix.indices.astype(np.int64),
        data=matrix.data,
        lower=lower[says],
        upper=upper[says],
    )


def matrix_of(sums: Sequence[Affine], width: int) -> csr_array:
    """A row for each sum; what occurs twice is added up, zeros are left out."""
    lengths = np.fromiter((len(one.places) for one in sums), dtype=np.int64, count=len(sums))
    terms = int(lengths.sum())
    data = np.fromiter(chain.from_iterable(one.coefficients for one in sums), dtype=np.float64, count=terms)
    places = np.fromiter(chain.from_iterable(one.places for one in sums), dtype=np.int64, count=terms)
    starts = np.concatenate(([0], np.cumsum(lengths)))
    matrix = csr_array((data, places, starts), shape=(len(sums), width))
    matrix.sum_duplicates()
    matrix.eliminate_zeros()
    return matrix


def columns_of(own: Own, start: int) -> ColumnBlock:
    """The columns of a family of variables, the first at `start`."""
    lower, upper = (0.0, 1.0) if own.kind == "binary" else (own.lower, INFINITY if own.upper is None else own.upper)
    return ColumnBlock(
        own=own,
        start=start,
        names=tuple((own.name, index) for index in own.index),
        lower=_bounds(own.index, lower),
        upper=_bounds(own.index, upper),
        handle={index: column(place) for place, index in enumerate(own.index, start=start)},
    )


def limits_of(family: Family, limits: Iterable[Limit]) -> LimitBlock:
    """The limits of a family."""
    held = list(limits)
    places = (limit.variable.places[0] for limit in held)
    return LimitBlock(
        family=family.name,
        places=np.fromiter(places, dtype=np.int64, count=len(held)),
        upper=np.fromiter((limit.upper for limit in held), dtype=np.float64, count=len(held)),
        freed_by=tuple(family.freed_by(limit) for limit in held),
    )


def _sides(relations: Sequence[Relation]) -> tuple[Floats, Floats]:
    side = np.array([relation.side - relation.body.constant for relation in relations], dtype=np.float64)
    at_most = np.array([relation.kind != "at_least" for relation in relations], dtype=np.bool_)
    at_least = np.array([relation.kind != "at_most" for relation in relations], dtype=np.bool_)
    return np.where(at_least, side, -np.inf), np.where(at_most, side, np.inf)


def _bounds(index: Sequence[Index], bound: float | dict[Index, float]) -> Floats:
    if isinstance(bound, dict):
        return np.fromiter((bound[key] for key in index), dtype=np.float64, count=len(index))
    return np.full(len(index), float(bound))


class Columns:
    """The columns of a program, block after block; a block that stands where one like it stood keeps its variables."""

    def __init__(self) -> None:
        """Nothing is declared."""
        self.blocks: list[ColumnBlock] = []
        self._before: dict[str, ColumnBlock] = {}

    def begin(self) -> None:
        """Declare anew."""
        self._before = {block.own.name: block for block in self.blocks}
        self.blocks = []

    def variables(self, own: Own) -> Handle:
        """Columns after those that there are; the handle maps each index to its column."""
        block = self._block(own)
        self.blocks.append(block)
        return block.handle

    @property
    def width(self) -> int:
        """How many columns there are."""
        return self.blocks[-1].start + len(self.blocks[-1].names) if self.blocks else 0

    @property
    def handles(self) -> list[Handle]:
        """The variables of each block."""
        return [block.handle for block in self.blocks]

    def _block(self, own: Own) -> ColumnBlock:
        before = self._before.get(own.name)
        if before is None or before.start != self.width or tuple(before.own.index) != tuple(own.index):
            return columns_of(own, self.width)
        return before if before.own == own else replace(columns_of(own, self.width), handle=before.handle)
