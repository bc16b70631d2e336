"""Problem -> named arrays without a Pyomo program in between: for warm answers, where writing one takes too long.

The same families write the same rows; a test holds both ways against each other, name by name.
"""

from itertools import chain
from time import perf_counter

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import coo_array, csc_array

from models.problem.objective import Metric
from models.problem.problem import Problem
from optimizer.affine import Affine, Relation
from optimizer.assemble import GROUPS, Written, metric_of, write
from optimizer.collection import collected_later
from optimizer.compile import Compiled, CompiledLimits, Floats, Formulated, Name
from optimizer.future import Bests
from optimizer.writing import DirectWriter

Mask = NDArray[np.bool_]


def formulated_directly(problem: Problem, bests: Bests | None = None) -> Formulated:
    """The arrays of a problem."""
    with collected_later():
        began = perf_counter()
        writer = DirectWriter()
        written = write(problem, bests, writer)
        between = perf_counter()
        compiled = _compiled(writer, written)
        return Formulated(
            futures=written.futures,
            compiled=compiled,
            formulate_s=between - began,
            compile_s=perf_counter() - between,
        )


def _compiled(writer: DirectWriter, written: Written) -> Compiled:
    """What occurs in no row and no objective is left out, as is a row that always holds."""
    matrix = _matrix([relation.body for relation in writer.relations], len(writer.columns))
    lower, upper = _sides(writer.relations)
    rows = (np.diff(matrix.tocsr().indptr) > 0) | ~((lower <= 0) & (upper >= 0))
    objectives = _objectives(writer)
    columns = np.diff(matrix.indptr) > 0
    for expressions in objectives.values():
        for vector, _ in expressions:
            columns |= vector != 0
    objectives = {
        metric: [(vector[columns], constant) for vector, constant in expressions]
        for metric, expressions in objectives.items()
    }
    names = _picked(writer.rows, rows)
    return Compiled(
        matrix=csc_array(matrix.tocsr()[rows].tocsc()[:, columns]),
        row_lower=lower[rows],
        row_upper=upper[rows],
        rows=names,
        row_group=tuple(GROUPS[family] for family, _ in names),
        column_lower=np.array(writer.lower)[columns],
        column_upper=np.array(writer.upper)[columns],
        integer=np.array(writer.integer, dtype=np.bool_)[columns],
        columns=_picked(writer.columns, columns),
        objectives={metric: expressions[0] for metric, expressions in objectives.items()},
        refinements={metric: tuple(expressions[1:]) for metric, expressions in objectives.items()},
        limits=_limits(written, columns),
    )


def _picked(values: list[Name], mask: Mask) -> tuple[Name, ...]:
    return tuple(values[number] for number in np.flatnonzero(mask).tolist())


def _matrix(sums: list[Affine], width: int) -> csc_array:
    """A row for each sum; what occurs twice is added up, zeros are left out."""
    lengths = np.fromiter((len(one.places) for one in sums), dtype=np.int64, count=len(sums))
    terms = int(lengths.sum())
    data = np.fromiter(chain.from_iterable(one.coefficients for one in sums), dtype=np.float64, count=terms)
    places = np.fromiter(chain.from_iterable(one.places for one in sums), dtype=np.int64, count=terms)
    matrix = csc_array(coo_array((data, (np.repeat(np.arange(len(sums)), lengths), places)), shape=(len(sums), width)))
    matrix.sum_duplicates()
    matrix.eliminate_zeros()
    return matrix


def _sides(relations: list[Relation]) -> tuple[Floats, Floats]:
    side = np.array([relation.side - relation.body.constant for relation in relations], dtype=np.float64)
    at_most = np.array([relation.kind != "at_least" for relation in relations], dtype=np.bool_)
    at_least = np.array([relation.kind != "at_most" for relation in relations], dtype=np.bool_)
    return np.where(at_least, side, -np.inf), np.where(at_most, side, np.inf)


def _objectives(writer: DirectWriter) -> dict[Metric, list[tuple[Floats, float]]]:
    """The expressions of each metric: its own first, then what goes on with it."""
    found: dict[Metric, list[tuple[Floats, float]]] = {}
    vectors = _matrix([expression for _, expression in writer.objectives], len(writer.columns)).toarray()
    for (name, expression), vector in zip(writer.objectives, vectors, strict=True):
        found.setdefault(metric_of(name), []).append((vector, float(expression.constant)))
    return found


def _limits(written: Written, columns: Mask) -> CompiledLimits:
    place = np.cumsum(columns) - 1
    held = [(family, limit) for family, limit in written.limits if columns[limit.variable.places[0]]]
    return CompiledLimits(
        column=np.array([place[limit.variable.places[0]] for _, limit in held], dtype=np.int32),
        upper=np.array([limit.upper for _, limit in held], dtype=np.float64),
        family=tuple(family.name for family, _ in held),
        freed_by=tuple(family.freed_by(limit) for family, limit in held),
    )
