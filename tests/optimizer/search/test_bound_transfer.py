"""What was proven of one program holds of another that allows no more."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from models.config import SolverConfig
from models.problem.objective import Objective
from optimizer.arrays.array_types import Floats
from optimizer.arrays.compiled import CompiledLimits, CompiledProgram
from optimizer.arrays.priorities import ObjectiveVector, Priority
from optimizer.arrays.program_diff import NamedProgram
from optimizer.arrays.solver_arrays import Arrays
from optimizer.arrays.sparse import from_dense
from optimizer.search.bound_transfer import EarlierBound
from optimizer.solver.highs import HighsProgram
from tests.support.matrices import to_scipy

ROWS, COLUMNS = 4, 5
INTEGER = np.array([True, True, True, False, False])
SOLVER = SolverConfig(mip_gap=0.0)
NUMBERS = st.sampled_from([-2.0, -1.0, 0.0, 0.0, 0.5, 1.0, 3.0])
MOVES = st.sampled_from([-1.0, -0.5, 0.0, 0.0, 0.0, 0.0, 0.0, 0.5, 1.0])


def a_program(arrays: Arrays, names: tuple[str, ...] = ("a", "b", "c", "d")) -> NamedProgram:
    """Only names and arrays matter here."""
    nothing = np.zeros(0)
    compiled = CompiledProgram(
        matrix=arrays.matrix,
        row_lower=arrays.row_lower,
        row_upper=arrays.row_upper,
        rows=tuple((name, ()) for name in names),
        row_group=(None,) * len(names),
        column_lower=arrays.column_lower,
        column_upper=arrays.column_upper,
        integer=arrays.integer,
        columns=tuple(("x", (str(number),)) for number in range(COLUMNS)),
        objectives={},
        refinements={},
        limits=CompiledLimits(column=nothing.astype(np.int32), upper=nothing, family=(), freed_by=()),
    )
    return NamedProgram(compiled=compiled, arrays=arrays)


def a_level(vector: Floats, constant: float = 0.0) -> Priority:
    return Priority(objectives=(ObjectiveVector(objective=Objective(metric="cost"), vector=vector, constant=constant),))


def optimum(named: NamedProgram, level: Priority) -> float:
    """Infinity where there is no plan."""
    engine = HighsProgram(named.arrays, SOLVER)
    engine.minimise(level.vector, level.constant)
    answer = engine.run(time_limit_s=10)
    return np.inf if answer.objective is None else answer.objective


def numbers(count: int, of: st.SearchStrategy[float] = NUMBERS) -> st.SearchStrategy[Floats]:
    return st.lists(of, min_size=count, max_size=count).map(np.array)


@st.composite
def programs(draw: st.DrawFn) -> tuple[NamedProgram, Priority]:
    matrix = draw(numbers(ROWS * COLUMNS)).reshape(ROWS, COLUMNS)
    upper = np.abs(draw(numbers(COLUMNS))) + 1
    arrays = Arrays(
        matrix=from_dense(matrix),
        row_lower=np.where(draw(numbers(ROWS)) > 0, -1.0, -np.inf),
        row_upper=np.abs(draw(numbers(ROWS))) + 1,
        column_lower=np.zeros(COLUMNS),
        column_upper=upper,
        integer=INTEGER,
    )
    return a_program(arrays), a_level(draw(numbers(COLUMNS)))


@st.composite
def changed(draw: st.DrawFn, of: NamedProgram, level: Priority) -> tuple[NamedProgram, Priority]:
    """Anything of it a little different, most of it not."""
    old = of.arrays
    kept = draw(st.lists(st.booleans(), min_size=ROWS, max_size=ROWS).map(lambda few: [True, True, *few[2:]]))
    rows = np.flatnonzero(kept)
    matrix = to_scipy(old.matrix).toarray() + draw(numbers(ROWS * COLUMNS, MOVES)).reshape(ROWS, COLUMNS)
    arrays = Arrays(
        matrix=from_dense(matrix[rows]),
        row_lower=old.row_lower[rows] + draw(numbers(ROWS, MOVES))[rows],
        row_upper=old.row_upper[rows] + draw(numbers(ROWS, MOVES))[rows] + 1,
        column_lower=old.column_lower,
        column_upper=np.maximum(old.column_upper + draw(numbers(COLUMNS, MOVES)), 0.0),
        integer=old.integer,
    )
    vector = level.vector + draw(numbers(COLUMNS, MOVES))
    return a_program(arrays, tuple("abcd"[row] for row in rows)), a_level(vector, draw(MOVES))


@settings(deadline=None)
@given(st.data())
def test_what_is_carried_over_is_never_better_than_the_best(data: st.DataObject) -> None:
    named, level = data.draw(programs())
    other, its_level = data.draw(changed(named, level))
    best = optimum(named, level)
    if not np.isfinite(best):
        return
    carried = EarlierBound(named=named, priority=level, bound=best).carried_over(other, its_level)
    assert carried <= optimum(other, its_level) + 1e-6


@settings(deadline=None)
@given(programs(), numbers(COLUMNS, MOVES), numbers(ROWS, MOVES))
@example((a_program(Arrays(
    matrix=from_dense(np.ones((ROWS, COLUMNS))), row_lower=np.full(ROWS, -np.inf), row_upper=np.ones(ROWS),
    column_lower=np.zeros(COLUMNS), column_upper=np.ones(COLUMNS), integer=INTEGER,
)), a_level(-np.ones(COLUMNS))), np.full(COLUMNS, 0.5), np.full(ROWS, 0.5))  # fmt: skip
def test_what_only_takes_something_away_keeps_all_that_is_proven(
    program: tuple[NamedProgram, Priority], columns: Floats, rows: Floats
) -> None:
    """Bounds and sides drawn in, and coefficients of an upper side raised where no column is negative."""
    named, level = program
    old = named.arrays
    one_sided = ~np.isfinite(old.row_lower)
    raised = to_scipy(old.matrix).toarray() + np.where(one_sided[:, None], np.abs(rows)[:, None], 0.0)
    tighter = replace(
        old,
        matrix=from_dense(raised),
        row_upper=old.row_upper - np.abs(rows),
        column_upper=np.maximum(old.column_upper - np.abs(columns), 0.0),
    )
    assert EarlierBound(named=named, priority=level, bound=-7.0).carried_over(a_program(tighter), level) == -7


@pytest.mark.parametrize(
    "change",
    [
        {"row_upper": np.array([1.0, 1.0, 1.0, 1.5])},
        {"row_lower": np.full(ROWS, -np.inf)},
        {"column_upper": np.array([1.0, 1.0, 1.0, 1.0, 2.0])},
        {"column_lower": np.full(COLUMNS, -1.0)},
        {"integer": np.array([True, True, False, False, False])},
        {"matrix": from_dense(np.ones((ROWS, COLUMNS)) * 0.9)},
    ],
    ids=["an upper side", "a lower side", "an upper bound", "a lower bound", "an integer", "coefficients"],
)
def test_what_gives_something_leaves_nothing_proven(change: dict[str, Any]) -> None:
    arrays = Arrays(
        matrix=from_dense(np.ones((ROWS, COLUMNS))),
        row_lower=np.full(ROWS, -1.0),
        row_upper=np.ones(ROWS),
        column_lower=np.zeros(COLUMNS),
        column_upper=np.ones(COLUMNS),
        integer=INTEGER,
    )
    level = a_level(-np.ones(COLUMNS))
    proof = EarlierBound(named=a_program(arrays), priority=level, bound=-1.0)
    assert proof.carried_over(a_program(arrays), level) == -1
    assert proof.carried_over(a_program(replace(arrays, **change)), level) == -np.inf
