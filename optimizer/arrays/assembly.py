"""Blocks of columns, rows and limits -> one program as arrays."""

from collections.abc import Sequence
from itertools import chain, compress

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csc_array, csr_array

from models.problem.objective import Metric
from optimizer.arrays.blocks import ColumnBlock, LimitBlock, RowBlock
from optimizer.arrays.compiled import CompiledLimits, CompiledProgram, Floats
from optimizer.formulation.affine import Affine
from optimizer.formulation.families import GROUPS, metric_of
from optimizer.formulation.linear_expression import Expression

Mask = NDArray[np.bool_]
Vectors = dict[Metric, list[tuple[Floats, float]]]


def joined(
    columns: Sequence[ColumnBlock],
    rows: Sequence[RowBlock],
    limits: Sequence[LimitBlock],
    objectives: Sequence[tuple[str, Expression]],
) -> CompiledProgram:
    """A program; a column that occurs in no row and no objective is left out."""
    width = sum(len(block.names) for block in columns)
    places = np.concatenate([block.places for block in rows])
    vectors = _vectors(objectives, width)
    used = np.zeros(width, dtype=np.bool_)
    used[places] = True
    for vector, _ in chain.from_iterable(vectors.values()):
        used |= vector != 0
    place = np.cumsum(used) - 1
    kept = {metric: [(vector[used], constant) for vector, constant in each] for metric, each in vectors.items()}
    return CompiledProgram(
        matrix=_matrix(rows, place[places], int(used.sum())),
        row_lower=np.concatenate([block.lower for block in rows]),
        row_upper=np.concatenate([block.upper for block in rows]),
        rows=tuple(chain.from_iterable(block.names for block in rows)),
        row_group=tuple(chain.from_iterable([GROUPS[block.family]] * len(block.names) for block in rows)),
        column_lower=np.concatenate([block.lower for block in columns])[used],
        column_upper=np.concatenate([block.upper for block in columns])[used],
        integer=np.concatenate([np.full(len(one.names), one.own.kind != "continuous") for one in columns])[used],
        columns=tuple(compress(chain.from_iterable(block.names for block in columns), used.tolist())),
        objectives={metric: each[0] for metric, each in kept.items()},
        refinements={metric: tuple(each[1:]) for metric, each in kept.items()},
        limits=_limits(limits, used, place),
    )


def _matrix(rows: Sequence[RowBlock], places: NDArray[np.int64], width: int) -> csc_array:
    lengths = np.concatenate([block.lengths for block in rows])
    data = np.concatenate([block.data for block in rows])
    starts = np.concatenate(([0], np.cumsum(lengths)))
    return csc_array(csr_array((data, places, starts), shape=(len(lengths), width)).tocsc())


def _vectors(objectives: Sequence[tuple[str, Expression]], width: int) -> Vectors:
    """The expressions of each metric as vectors and constants: its own first, then what goes on with it."""
    found: Vectors = {}
    for name, expression in objectives:
        found.setdefault(metric_of(name), []).append(_vector(expression, width))
    return found


def _vector(expression: Expression, width: int) -> tuple[Floats, float]:
    if not isinstance(expression, Affine):
        return np.zeros(width), float(expression)
    coefficients = np.array(expression.coefficients, dtype=np.float64)
    places = np.array(expression.places, dtype=np.int64)
    vector = np.asarray(np.bincount(places, coefficients, minlength=width), dtype=np.float64)
    return vector, float(expression.constant)


def _limits(limits: Sequence[LimitBlock], used: Mask, place: NDArray[np.int64]) -> CompiledLimits:
    held = [(block, used[block.places]) for block in limits if len(block.places)]
    return CompiledLimits(
        column=np.concatenate([np.empty(0, np.int64), *(place[block.places[kept]] for block, kept in held)]).astype(
            np.int32
        ),
        upper=np.concatenate([np.empty(0), *(block.upper[kept] for block, kept in held)]),
        family=tuple(chain.from_iterable([block.family] * int(kept.sum()) for block, kept in held)),
        freed_by=tuple(chain.from_iterable(compress(block.freed_by, kept.tolist()) for block, kept in held)),
    )
