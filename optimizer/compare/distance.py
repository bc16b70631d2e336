"""The distance of a plan to another plan, as an objective over a program and a few added columns.

`optimizer.compare.closest_plan` states the formula.
"""

from collections.abc import Mapping, Sequence
from typing import cast

import numpy as np
from numpy.typing import NDArray

from optimizer.arrays.array_types import Floats, Positions
from optimizer.arrays.compiled import CompiledProgram
from optimizer.arrays.solver_arrays import Arrays
from optimizer.arrays.sparse import SparseMatrix, entry_columns, from_entries
from optimizer.data.endowments import Endowments
from optimizer.formulation.family import Index
from optimizer.outcome.plan_values import PlanValues, columns_of
from optimizer.tolerances import EQUAL_RUN_SHARE


class Distance:
    """The distance to a plan as an objective: costs of the program's columns and of added columns."""

    def __init__(self, compiled: CompiledProgram, greatest_endowments: Endowments, there: PlanValues) -> None:
        """Compute costs and added columns from the names of the columns and the values of the other plan."""
        self.width = len(compiled.columns)
        target = np.array([there.of(name) for name in compiled.columns])
        of = {variable: columns_of(compiled, (variable,)) for variable in ("x", "y", "e", "counts", "present")}
        is_positive = target > 0
        scale = _scale(compiled, greatest_endowments, of["x"])
        self._amounts = np.flatnonzero(of["x"] & is_positive)
        self._given = target[self._amounts]
        self._levels = np.flatnonzero(of["e"] & is_positive)
        self._token = EQUAL_RUN_SHARE * target[self._levels]
        place = {index: number for number, (name, index) in enumerate(compiled.columns) if name == "y"}
        self._runs = np.array([place[compiled.columns[number][1]] for number in self._levels.tolist()], dtype=np.int64)
        share = 1.0 / np.bincount(self._runs, minlength=self.width)[self._runs]
        plain = np.where(of["x"] & ~is_positive, scale, 0.0) + np.where(of["y"] & ~is_positive, 1.0, 0.0)
        plain += np.where(of["counts"] & is_positive, -1.0, 0.0) + np.where(of["present"] & ~is_positive, 1.0, 0.0)
        self.cost: Floats = np.concatenate([plain, scale[self._amounts], -share])
        """Cost of each column. The added columns come last: distances of amounts, then equal runs."""
        self.constant = float(share.sum() + (of["counts"] & is_positive).sum())
        """Constant of the distance: distance = cost @ columns + constant."""

    def extended(self, arrays: Arrays) -> Arrays:
        """The program with the added columns and the rows that define them."""
        amounts, levels = len(self._amounts), len(self._levels)
        added = amounts + levels
        d, r = self.width + np.arange(amounts), self.width + amounts + np.arange(levels)
        rows = [
            (d, self._amounts, -np.ones(amounts)),  # d - x >= -x'
            (d, self._amounts, np.ones(amounts)),  # d + x >= x'
            (r, self._runs, -np.ones(levels)),  # r - y <= 0
            (r, self._levels, -1.0 / self._token),  # r - e / (EQUAL_RUN_SHARE e') <= 0
        ]
        nothing = np.full(2 * amounts, np.inf)
        return Arrays(
            matrix=_with_rows(arrays.matrix, rows, added),
            row_lower=np.concatenate([arrays.row_lower, -self._given, self._given, np.full(2 * levels, -np.inf)]),
            row_upper=np.concatenate([arrays.row_upper, nothing, np.zeros(2 * levels)]),
            column_lower=np.append(arrays.column_lower, np.zeros(added)),
            column_upper=np.concatenate([arrays.column_upper, np.full(amounts, np.inf), np.ones(levels)]),
            integer=np.append(arrays.integer, np.zeros(added, dtype=np.bool_)),
        )

    def widened(self, vector: Floats) -> Floats:
        """A vector over the program's columns, extended with zeros for the added columns."""
        return np.append(vector, np.zeros(len(self._amounts) + len(self._levels)))

    def extended_solution(self, values: Floats) -> Floats:
        """A solution of the program, completed to a solution of the extended program."""
        distances = np.abs(values[self._amounts] - self._given)
        equal_runs = np.minimum(values[self._runs], values[self._levels] / self._token)
        return np.concatenate([values, distances, equal_runs])


def _scale(compiled: CompiledProgram, greatest_endowments: Endowments, amounts: NDArray[np.bool_]) -> Floats:
    """Distance per unit of each amount: 1 / capmax[c,r,t]; 0 for other columns."""
    most = cast("Mapping[Index, float]", greatest_endowments)
    return np.array(
        [
            1.0 / most.get((index[0], index[2], index[3]), 1.0) if is_amount else 0.0
            for (_, index), is_amount in zip(compiled.columns, amounts.tolist(), strict=True)
        ]
    )


def _with_rows(matrix: SparseMatrix, blocks: Sequence[tuple[Positions, Positions, Floats]], added: int) -> SparseMatrix:
    """A matrix with columns added on the right and rows `added + coefficient * column` below."""
    ours, others, coefficients = (np.concatenate(parts) for parts in zip(*blocks, strict=True))
    height, width = matrix.shape
    numbers = height + np.arange(len(ours))
    return from_entries(
        np.concatenate([matrix.indices, numbers, numbers]),
        np.concatenate([entry_columns(matrix), ours, others]),
        np.concatenate([matrix.data, np.ones(len(ours)), coefficients]),
        (height + len(ours), width + added),
    )
