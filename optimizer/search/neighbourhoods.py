"""Neighbourhoods of a plan: which integer columns belong together, by row or by theatre."""

from collections.abc import Iterable

import numpy as np

from models.ids import TheatreId
from models.problem.problem import Problem
from optimizer.arrays.array_types import Floats, Mask, Name, Positions
from optimizer.arrays.compiled import CompiledProgram
from optimizer.arrays.solver_arrays import Arrays
from optimizer.arrays.sparse import entry_columns

MOST = 3
"""Theatres that are freed at once: more take as long as the whole program."""
NO_THEATRE = -1


def with_neighbours(arrays: Arrays, columns: Mask) -> Mask:
    """The columns, and every integer column that shares a row with one of them."""
    matrix = arrays.matrix
    rows = np.unique(matrix.indices[np.repeat(columns, np.diff(matrix.indptr))])
    is_in_row = np.zeros(matrix.shape[0], dtype=np.bool_)
    is_in_row[rows] = True
    of_entry = entry_columns(matrix)
    found = columns.copy()
    found[of_entry[is_in_row[matrix.indices]]] = True
    return found & arrays.integer


class Theatres:
    """The theatre of each integer column of a program."""

    def __init__(self, problem: Problem, compiled: CompiledProgram) -> None:
        """Read the theatre from the column's name: an activity or a theatre among its indices."""
        self._names: tuple[TheatreId, ...] = tuple(problem.theatre)
        self._of: dict[str, int] = {h: place for place, h in enumerate(self._names)}
        self._of |= {a: self._of[activity.theatre] for a, activity in problem.activity.items()}
        self._integers = np.flatnonzero(compiled.integer)
        self._place = self._places(compiled.columns[number] for number in self._integers.tolist())

    def _places(self, names: Iterable[Name]) -> Positions:
        of = self._of
        return np.array(
            [next((of[part] for part in index if part in of), NO_THEATRE) for _, index in names], dtype=np.int64
        )

    def touched(self, changed: Iterable[Name], plan: Floats, relaxation: Floats) -> Mask:
        """The integer columns of the theatres that the changed rows and columns name, and those without a theatre.

        With more than `MOST` theatres, or none, those count in which plan and relaxation differ most.
        """
        found = np.bincount(self._places(changed) + 1, minlength=len(self._names) + 1)[1:] > 0
        if not 0 < found.sum() <= MOST:
            found = self._furthest(np.abs(plan - relaxation)[self._integers])
        mask = np.zeros(len(plan), dtype=np.bool_)
        mask[self._integers] = (self._place == NO_THEATRE) | found[self._place]
        return mask

    def _furthest(self, apart: Floats) -> Mask:
        at = self._place != NO_THEATRE
        together = np.bincount(self._place[at], weights=apart[at], minlength=len(self._names))
        found = np.zeros(len(self._names), dtype=np.bool_)
        found[np.argsort(-together, kind="stable")[:MOST]] = True
        return found
