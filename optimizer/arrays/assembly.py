"""Assembles blocks of columns, rows and limits into one compiled program."""

from collections.abc import Sequence
from itertools import chain, compress

import numpy as np

from models.problem.objective import Metric
from optimizer.arrays.array_types import Floats, Mask, Positions
from optimizer.arrays.blocks import ColumnBlock, LimitBlock, RowBlock
from optimizer.arrays.compiled import CompiledLimits, CompiledProgram
from optimizer.arrays.sparse import SparseMatrix, from_entries
from optimizer.formulation.families import metric_of
from optimizer.formulation.linear_expression import LinearExpression

Vectors = dict[Metric, list[tuple[Floats, float]]]


def assemble(
    columns: Sequence[ColumnBlock],
    rows: Sequence[RowBlock],
    limits: Sequence[LimitBlock],
    objectives: Sequence[tuple[str, LinearExpression]],
) -> CompiledProgram:
    """One program; leaves out columns that occur in no row and no objective."""
    width = sum(len(block.names) for block in columns)
    entry_columns = np.concatenate([block.columns for block in rows])
    vectors = _vectors(objectives, width)
    is_used = np.zeros(width, dtype=np.bool_)
    is_used[entry_columns] = True
    for vector, _ in chain.from_iterable(vectors.values()):
        is_used |= vector != 0
    number = np.cumsum(is_used) - 1
    reduced = {metric: [(vector[is_used], constant) for vector, constant in each] for metric, each in vectors.items()}
    is_integer = [np.full(len(block.names), block.own.kind != "continuous") for block in columns]
    return CompiledProgram(
        matrix=_matrix(rows, number[entry_columns], int(is_used.sum())),
        row_lower=np.concatenate([block.lower for block in rows]),
        row_upper=np.concatenate([block.upper for block in rows]),
        rows=tuple(chain.from_iterable(block.names for block in rows)),
        row_group=tuple(chain.from_iterable([block.group] * len(block.names) for block in rows)),
        column_lower=np.concatenate([block.lower for block in columns])[is_used],
        column_upper=np.concatenate([block.upper for block in columns])[is_used],
        integer=np.concatenate(is_integer)[is_used],
        columns=tuple(compress(chain.from_iterable(block.names for block in columns), is_used.tolist())),
        objectives={metric: each[0] for metric, each in reduced.items()},
        refinements={metric: tuple(each[1:]) for metric, each in reduced.items()},
        limits=_limits(limits, is_used, number),
    )


def _matrix(rows: Sequence[RowBlock], entry_columns: Positions, width: int) -> SparseMatrix:
    lengths = np.concatenate([block.lengths for block in rows])
    data = np.concatenate([block.data for block in rows])
    return from_entries(np.repeat(np.arange(len(lengths)), lengths), entry_columns, data, (len(lengths), width))


def _vectors(objectives: Sequence[tuple[str, LinearExpression]], width: int) -> Vectors:
    """For each metric its expressions as vectors and constants: the metric itself first, then its refinements."""
    found: Vectors = {}
    for name, expression in objectives:
        found.setdefault(metric_of(name), []).append(_vector(expression, width))
    return found


def _vector(expression: LinearExpression, width: int) -> tuple[Floats, float]:
    coefficients = np.array(expression.coefficients, dtype=np.float64)
    columns = np.array(expression.columns, dtype=np.int64)
    vector = np.asarray(np.bincount(columns, coefficients, minlength=width), dtype=np.float64)
    return vector, float(expression.constant)


def _limits(limits: Sequence[LimitBlock], is_used: Mask, number: Positions) -> CompiledLimits:
    kept = [(block, is_used[block.columns]) for block in limits if len(block.columns)]
    columns = np.concatenate([np.empty(0, np.int64), *(number[block.columns[used]] for block, used in kept)])
    return CompiledLimits(
        column=columns.astype(np.int32),
        upper=np.concatenate([np.empty(0), *(block.upper[used] for block, used in kept)]),
        family=tuple(chain.from_iterable([block.family] * int(used.sum()) for block, used in kept)),
        freed_by=tuple(chain.from_iterable(compress(block.freed_by, used.tolist()) for block, used in kept)),
    )
