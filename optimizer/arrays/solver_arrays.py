"""What the solver receives: arrays without names, with some groups relaxed."""

from collections.abc import Collection
from dataclasses import dataclass, fields
from functools import cached_property
from typing import Self

from models.config import Group
from optimizer.arrays.array_types import Floats, Mask
from optimizer.arrays.compiled import CompiledProgram, relaxed
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

    @cached_property
    def tightening(self) -> Tightening:
        """What follows from the rows of these arrays."""
        return Tightening.of(self)

    @cached_property
    def tight(self) -> "TightArrays":
        """The same plans with narrower bounds and smaller coefficients: what the solver receives."""
        return TightArrays.of(self)


@dataclass(frozen=True, kw_only=True)
class TightArrays(Arrays):
    """Tightened arrays. They keep the pattern of the matrix, and the factors of the program as it was written."""

    written: Arrays

    @classmethod
    def of(cls, compiled: CompiledProgram | Arrays, relax: Collection[Group] = ()) -> Self:
        """The tightened arrays of others, or of a compiled program with the groups `relax` relaxed."""
        arrays = compiled if isinstance(compiled, Arrays) else Arrays.of(compiled, relax)
        given = {one.name: getattr(arrays, one.name) for one in fields(Arrays)}
        return cls(written=arrays, **given | arrays.tightening.changes(arrays))

    @cached_property
    def scaling(self) -> Scaling:
        """The factors of the program as it was written."""
        return self.written.scaling

    @cached_property
    def prover(self) -> BoundProver:
        """Proves bounds from multipliers of the tightened rows."""
        return BoundProver(self, implied=self.written.tightening.bounds)

    @property
    def tight(self) -> "TightArrays":
        """These arrays."""
        return self


def inner(vector: Floats, values: Floats) -> float:
    """The sum of products. `@` would wake a BLAS thread per core, ten times slower at this length."""
    return float((vector * values).sum())
