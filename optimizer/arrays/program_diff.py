"""Compares two compiled programs by name: bounds, sides of rows, coefficients, objectives, and structure.

An override can reach the program through endowments, a bound, a political gap or a rule, often through several at
once. So its effect is not predicted: the changed problem is written and compared with the loaded program.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from models.problem.objective import Metric
from optimizer.arrays.array_types import Floats, Integers, Name, Positions
from optimizer.arrays.compiled import CompiledProgram
from optimizer.arrays.solver_arrays import Arrays
from optimizer.arrays.sparse import entry_columns

GONE = -1
"""Position of a row or column that the other program does not have."""


@dataclass(frozen=True, kw_only=True)
class NamedProgram:
    """A compiled program, and its solver arrays with some groups relaxed."""

    compiled: CompiledProgram
    arrays: Arrays

    @cached_property
    def tight(self) -> "NamedProgram":
        """The same program with tightened arrays: what the solver receives."""
        compiled, tight = self.compiled, self.arrays.tight
        if len(tight.kept) < len(compiled.rows):
            rows = tuple(compiled.rows[number] for number in tight.kept.tolist())
            compiled = replace(compiled, rows=rows)
        return NamedProgram(compiled=compiled, arrays=tight)


@dataclass(frozen=True, kw_only=True)
class ChangedBounds:
    """New lower and upper bounds of rows or columns, by their number in the loaded program."""

    number: Integers
    lower: Floats
    upper: Floats


@dataclass(frozen=True, kw_only=True)
class ChangedEntries:
    """New values of matrix entries, by row and column of the loaded program; 0 for an entry that is gone."""

    row: Integers
    column: Integers
    value: Floats

    def __iter__(self) -> Iterator[tuple[int, int, float]]:
        return zip(self.row.tolist(), self.column.tolist(), self.value.tolist(), strict=True)


@dataclass(frozen=True, kw_only=True)
class ProgramDiff:
    """The changes from a loaded program to a new one; added and removed rows and columns are only named."""

    added_rows: tuple[Name, ...]
    removed_rows: tuple[Name, ...]
    added_columns: tuple[Name, ...]
    removed_columns: tuple[Name, ...]
    retyped: tuple[Name, ...]
    """Columns that changed between integer and continuous."""
    is_reordered: bool
    """Whether common rows or columns are in another order."""
    columns: ChangedBounds
    rows: ChangedBounds
    entries: ChangedEntries
    objectives: tuple[Metric, ...]
    """Metrics with other vectors or constants."""
    names: tuple[Name, ...]
    """Every row and column with another bound or coefficient, or that only one program has."""

    @property
    def is_restructured(self) -> bool:
        """Whether rows or columns were added, removed or retyped."""
        return bool(self.added_rows or self.removed_rows or self.added_columns or self.removed_columns or self.retyped)

    @property
    def can_be_pushed(self) -> bool:
        """Whether changes of bounds and coefficients suffice."""
        return not (self.is_restructured or self.is_reordered)

    @property
    def is_empty(self) -> bool:
        """Whether both programs are the same: rows, columns, bounds, coefficients and objectives."""
        numbers = (self.columns.number, self.rows.number, self.entries.value)
        return self.can_be_pushed and not self.objectives and not any(len(each) for each in numbers)


@dataclass(frozen=True)
class NameMatch:
    """The names of a loaded program matched with those of a new one."""

    old: tuple[Name, ...]
    new: tuple[Name, ...]

    @cached_property
    def is_whole(self) -> bool:
        """Whether the names are equal, in the same order."""
        return self.old == self.new

    @cached_property
    def old_of_new(self) -> Positions:
        """For each new name its position among the old names, or `GONE`."""
        if self.is_whole:
            return np.arange(len(self.new))
        place = {name: number for number, name in enumerate(self.old)}
        return np.array([place.get(name, GONE) for name in self.new], dtype=np.int64)

    @cached_property
    def kept(self) -> Positions:
        """Positions, among the new names, of common names."""
        return np.flatnonzero(self.old_of_new != GONE)

    @property
    def added(self) -> tuple[Name, ...]:
        """Names that only the new program has."""
        return tuple(self.new[number] for number in np.flatnonzero(self.old_of_new == GONE).tolist())

    @property
    def removed(self) -> tuple[Name, ...]:
        """Names that only the old program has."""
        stays = np.zeros(len(self.old), dtype=np.bool_)
        stays[self.old_of_new[self.kept]] = True
        return tuple(self.old[number] for number in np.flatnonzero(~stays).tolist())

    @property
    def is_reordered(self) -> bool:
        """Whether common names are in another order."""
        return bool((np.diff(self.old_of_new[self.kept]) < 0).any())


def program_diff(old: NamedProgram, new: NamedProgram) -> ProgramDiff:
    """The changes that turn the loaded program `old` into `new`."""
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
    """Changed entries of common rows and columns."""
    if rows.is_whole and columns.is_whole and _has_same_pattern(old, new):
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


def _has_same_pattern(old: Arrays, new: Arrays) -> bool:
    """Whether both matrices have the same sparsity pattern."""
    return np.array_equal(old.matrix.indptr, new.matrix.indptr) and np.array_equal(
        old.matrix.indices, new.matrix.indices
    )


def _keyed(arrays: Arrays, row: Positions, column: Positions, height: int) -> tuple[Positions, Floats]:
    """The entries of common rows and columns: a sorted key of row and column in the old program, and the value."""
    matrix = arrays.matrix
    across = column[entry_columns(matrix)]
    down = row[matrix.indices]
    known = (across != GONE) & (down != GONE)
    keys = across[known] * height + down[known]
    order = np.argsort(keys, kind="stable")
    return keys[order], matrix.data[known][order]


def _at(keys: Positions, there: Positions, values: Floats) -> Floats:
    """The value at each key; 0 if there is no entry."""
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
    """Whether both have the same expressions; columns that only one program has must not occur."""
    was, now = columns.old_of_new[columns.kept], columns.kept
    return len(old) == len(new) and all(
        constant == other
        and np.array_equal(vector[was], fresh[now])
        and np.count_nonzero(vector) == np.count_nonzero(vector[was])
        and np.count_nonzero(fresh) == np.count_nonzero(fresh[now])
        for (vector, constant), (fresh, other) in zip(old, new, strict=True)
    )
