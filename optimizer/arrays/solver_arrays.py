"""What the solver receives: arrays without names, with some groups relaxed."""

from collections.abc import Collection
from dataclasses import dataclass, fields, replace
from functools import cached_property
from typing import Self

import numpy as np

from models.config import Group
from optimizer.arrays.array_types import Floats, Mask, Positions
from optimizer.arrays.compiled import CompiledProgram, relaxed
from optimizer.arrays.equal_rows import first_equal_rows
from optimizer.arrays.safe_bound import BoundProver
from optimizer.arrays.scaling import Scaling, scaling_of
from optimizer.arrays.sparse import SparseMatrix
from optimizer.arrays.tightening import Tightening


@dataclass(frozen=True, kw_only=True)
class Arrays:
    """A minimisation without its objective: matrix, bounds of rows and columns, which columns are integer."""

    matrix: SparseMatrix
    row_lower: Floats
    row_upper: Floats
    column_lower: Floats
    column_upper: Floats
    integer: Mask

    @classmethod
    def of(cls, compiled: CompiledProgram, relax: Collection[Group]) -> Self:
        """The arrays of a compiled program with the groups `relax` relaxed."""
        bounds = relaxed(compiled, relax)
        return cls(
            matrix=compiled.matrix,
            row_lower=bounds.row_lower,
            row_upper=bounds.row_upper,
            column_lower=compiled.column_lower,
            column_upper=bounds.column_upper,
            integer=compiled.integer,
        )

    @cached_property
    def scaling(self) -> Scaling:
        """The factors with which the solver receives these arrays."""
        return scaling_of(
            self.matrix, (self.row_lower, self.row_upper), (self.column_lower, self.column_upper), self.integer
        )

    @cached_property
    def prover(self) -> BoundProver:
        """Proves bounds of these arrays from multipliers."""
        return BoundProver(self)

    def with_rows(self, kept: Positions, lower: Floats, upper: Floats) -> "Arrays":
        """Only the rows `kept`, in ascending order, with other sides."""
        return Arrays(
            matrix=self.matrix.with_rows(kept),
            row_lower=lower,
            row_upper=upper,
            column_lower=self.column_lower,
            column_upper=self.column_upper,
            integer=self.integer,
        )

    @cached_property
    def tight(self) -> "TightArrays":
        """The same plans with narrower bounds and smaller coefficients: what the solver receives."""
        return TightArrays.of(self)


@dataclass(frozen=True, kw_only=True)
class TightArrays(Arrays):
    """Tightened arrays: one of several rows with equal entries, narrower bounds, smaller coefficients.

    Units are those of the program as it was written.
    """

    kept: Positions
    """The rows of the written program that these are."""
    tightening: Tightening
    factors: Scaling

    @classmethod
    def of(cls, compiled: CompiledProgram | Arrays, relax: Collection[Group] = ()) -> Self:
        """The tightened arrays of others, or of a compiled program with the groups `relax` relaxed."""
        arrays = compiled if isinstance(compiled, Arrays) else Arrays.of(compiled, relax)
        scaling, first = arrays.scaling, first_equal_rows(arrays)
        kept = np.flatnonzero(first == np.arange(len(first)))
        if len(kept) < len(first):
            lower, upper = arrays.row_lower.copy(), arrays.row_upper.copy()
            np.maximum.at(lower, first, arrays.row_lower)
            np.minimum.at(upper, first, arrays.row_upper)
            arrays = arrays.with_rows(kept, lower[kept], upper[kept])
            scaling = replace(scaling, rows=scaling.rows[kept])
        tightening = Tightening.of(arrays)
        given = {one.name: getattr(arrays, one.name) for one in fields(Arrays)}
        changes = tightening.changes(arrays, scaling)
        return cls(kept=kept, tightening=tightening, factors=scaling, **given | changes)

    @cached_property
    def scaling(self) -> Scaling:
        """The factors of the program as it was written."""
        return self.factors

    @cached_property
    def prover(self) -> BoundProver:
        """Proves bounds from multipliers of the tightened rows."""
        return BoundProver(self, implied=self.tightening.bounds)

    @property
    def tight(self) -> "TightArrays":
        """These arrays."""
        return self


def inner(vector: Floats, values: Floats) -> float:
    """The sum of products. `@` would wake a BLAS thread per core, ten times slower at this length."""
    return float((vector * values).sum())
