"""What changed between two compilations, told by name: bounds, sides, coefficients, objectives, and the structure.

An override may reach the program through the means, a bound, a gap between two positions or a rule, and often through
several at once. So nobody predicts what it moves: the changed problem is formulated afresh and compared with what is
loaded.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from models.problem.objective import Metric
from optimizer.arrays.array_types import Floats, Integers, Name, Positions
from optimizer.arrays.compiled import CompiledProgram
from optimizer.arrays.solver_arrays import Arrays

GONE = -1
"""The place of what the other compilation does not have."""


@dataclass(frozen=True, kw_only=True)
class NamedProgram:
    """A compiled program, and its arrays with some groups relaxed."""

    compiled: CompiledProgram
    arrays: Arrays


@dataclass(frozen=True, kw_only=True)
class ChangedBounds:
    """New lower and upper bounds of some rows or columns, by their number in the loaded program."""

    number: Integers
    lower: Floats
    upper: Floats


@dataclass(frozen=True, kw_only=True)
class ChangedEntries:
    """New values of matrix entries, by row and column of the loaded program; 0 where there is none any longer."""

    row: Integers
    column: Integers
    value: Floats

    def __iter__(self) -> Iterator[tuple[int, int, float]]:
        return zip(self.row.tolist(), self.column.tolist(), self.value.tolist(), strict=True)


@dataclass(frozen=True, kw_only=True)
class ProgramDiff:
    """What to change of the loaded program; what was added or removed cannot be pushed and is only named."""

    added_rows: tuple[Name, ...]
    removed_rows: tuple[Name, ...]
    added_columns: tuple[Name, ...]
    removed_columns: tuple[Name, ...]
    retyped: tuple[Name, ...]
    """Columns that became integer, or ceased to be."""
    is_reordered: bool
    """Whether the rows or columns that both have stand in another order."""
    columns: ChangedBounds
    rows: ChangedBounds
    entries: ChangedEntries
    objectives: tuple[Metric, ...]
    """The metrics whose vectors or constants are others."""
    names: tuple[Name, ...]
    """Every row and column that has another bound or coefficient, or that only one of the two has."""

    @property
    def is_restructured(self) -> bool:
        """Whether there are other rows or columns than before."""
        return bool(self.added_rows or self.removed_rows or self.added_columns or self.removed_columns or self.retyped)

    @property
    def can_be_pushed(self) -> bool:
        """Whether changing bounds and coefficients of the loaded program makes it the new one."""
        return not (self.is_restructured or self.is_reordered)


@dataclass(frozen=True)
class NameMatch:
    """Names of a loaded and of a new program held against each other."""

    old: tuple[Name, ...]
    new: tuple[Name, ...]

    @cached_property
    def is_whole(self) -> bool:
        """Whether both are the same, in the same order."""
        return self.old == self.new

    @cached_property
    def old_of_new(self) -> Positions:
        """For each new name its place among the old ones, or `GONE`."""
        if self.is_whole:
            return np.arange(len(self.new))
        place = {name: number for number, name in enumerate(self.old)}
        return np.array([place.get(name, GONE) for name in self.new], dtype=np.int64)

    @cached_property
    def kept(self) -> Positions:
        """The places among the new names of those that both have."""
        return np.flatnonzero(self.old_of_new != GONE)

    @property
    def added(self) -> tuple[Name, ...]:
        """Only new."""
        return tuple(self.new[number] for number in np.flatnonzero(self.old_of_new == GONE).tolist())

    @property
    def removed(self) -> tuple[Name, ...]:
        """Only old."""
        stays = np.zeros(len(self.old), dtype=np.bool_)
        stays[self.old_of_new[self.kept]] = True
        return tuple(self.old[number] for number in np.flatnonzero(~stays).tolist())

    @property
    def is_reordered(self) -> bool:
        """Whether those that both have stand in another order."""
        return bool((np.diff(self.old_of_new[self.kept]) < 0).any())


def program_diff(old: NamedProgram, new: NamedProgram) -> ProgramDiff:
    """What turns the program `old`, which is loaded, into `new`; told of the rows and columns that both have."""
    rows = NameMatch(old.compiled.rows, new.compiled.rows)
    columns = NameMatch(old.compiled.columns, new.compiled.columns)
    was, now = columns.old_of_new[columns.kept], columns.kept
    retyped = tuple(new.compiled.columns[n] for n in now[old.arrays.integer[was] != new.arrays.integer[now]].tolist())
    side_rows = _sides(rows, (old.arrays.row_lower, old.arrays.row_upper), (new.arrays.row_lower, new.arrays.row_upper))
    side_columns = _sides(
        columns,
        (old.arrays.column_lower, old.arrays.column_upper),
        (new.arrays.column_lower, new.arrays.column_upper),
    )
    entries = _entries(old.arrays, new.arrays, rows, columns)
    return ProgramDiff(
        added_rows=rows.added,
        removed_rows=rows.removed,
        added_columns=columns.added,
        removed_columns=columns.removed,
        retyped=retyped,
        is_reordered=rows.is_reordered or columns.is_reordered,
        columns=side_columns,
        rows=side_rows,
        entries=entries,
        objectives=_objectives(old.compiled, new.compiled, columns),
        names=(
            *(*rows.added, *rows.removed, *columns.added, *columns.removed, *retyped),
            *(old.compiled.rows[number] for number in np.union1d(side_rows.number, entries.row).tolist()),
            *(old.compiled.columns[number] for number in np.union1d(side_columns.number, entries.column).tolist()),
        ),
    )


def _sides(match: NameMatch, old: tuple[Floats, Floats], new: tuple[Floats, Floats]) -> ChangedBounds:
    was, now = match.old_of_new[match.kept], match.kept
    lower, upper = new[0][now], new[1][now]
    changed = (old[0][was] != lower) | (old[1][was] != upper)
    return ChangedBounds(number=was[changed].astype(np.int32), lower=lower[changed], upper=upper[changed])


def _entries(old: Arrays, new: Arrays, rows: NameMatch, columns: NameMatch) -> ChangedEntries:
    """The entries whose value is another, over the rows and columns that both have."""
    if rows.is_whole and columns.is_whole and _stand_alike(old, new):
        changed = np.flatnonzero(old.matrix.data != new.matrix.data)
        across = np.searchsorted(old.matrix.indptr, changed, side="right") - 1
        return ChangedEntries(
            row=old.matrix.indices[changed].astype(np.int32),
            column=across.astype(np.int32),
            value=new.matrix.data[changed],
        )
    height = old.matrix.shape[0]
    there, before = _keyed(old, np.arange(height), np.arange(old.matrix.shape[1]), height)
    here, after = _keyed(new, rows.old_of_new, columns.old_of_new, height)
    kept_rows = np.isin(np.arange(height), rows.old_of_new)
    kept_columns = np.isin(np.arange(old.matrix.shape[1]), columns.old_of_new)
    both = kept_rows[there % height] & kept_columns[there // height] if height else there.astype(np.bool_)
    there, before = there[both], before[both]
    if np.array_equal(there, here):
        changed, keys, value = before != after, here, after
    else:
        keys = np.union1d(there, here)
        value = _at(keys, here, after)
        changed = _at(keys, there, before) != value
    places = keys[changed]
    return ChangedEntries(
        row=(places % max(height, 1)).astype(np.int32),
        column=(places // max(height, 1)).astype(np.int32),
        value=value[changed],
    )


def _stand_alike(old: Arrays, new: Arrays) -> bool:
    """Whether both have entries in the same places."""
    return np.array_equal(old.matrix.indptr, new.matrix.indptr) and np.array_equal(
        old.matrix.indices, new.matrix.indices
    )


def _keyed(arrays: Arrays, row: Positions, column: Positions, height: int) -> tuple[Positions, Floats]:
    """A number for each entry that tells its place in the old program, rising, and the entry's value."""
    matrix = arrays.matrix
    across = column[np.repeat(np.arange(matrix.shape[1]), np.diff(matrix.indptr))]
    down = row[matrix.indices]
    known = (across != GONE) & (down != GONE)
    keys = across[known] * height + down[known]
    order = np.argsort(keys, kind="stable")
    return keys[order], matrix.data[known][order]


def _at(keys: Positions, there: Positions, values: Floats) -> Floats:
    """The value at each key; 0 where there is none."""
    found = np.zeros(len(keys))
    found[np.searchsorted(keys, there)] = values
    return found


def _objectives(old: CompiledProgram, new: CompiledProgram, columns: NameMatch) -> tuple[Metric, ...]:
    return tuple(
        metric
        for metric in {**old.objectives, **new.objectives}
        if not _same(_vectors(old, metric), _vectors(new, metric), columns)
    )


def _vectors(compiled: CompiledProgram, metric: Metric) -> Sequence[tuple[Floats, float]]:
    if metric not in compiled.objectives:
        return ()
    return compiled.objectives[metric], *compiled.refinements.get(metric, ())


def _same(old: Sequence[tuple[Floats, float]], new: Sequence[tuple[Floats, float]], columns: NameMatch) -> bool:
    """Whether both have the same expressions; a column that only one of them has must not occur in it."""
    was, now = columns.old_of_new[columns.kept], columns.kept
    return len(old) == len(new) and all(
        constant == other
        and np.array_equal(vector[was], fresh[now])
        and np.count_nonzero(vector) == np.count_nonzero(vector[was])
        and np.count_nonzero(fresh) == np.count_nonzero(fresh[now])
        for (vector, constant), (fresh, other) in zip(old, new, strict=True)
    )
