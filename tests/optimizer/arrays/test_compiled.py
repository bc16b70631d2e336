"""From the program to named arrays, and what relaxing does to them."""

import numpy as np

from models.config import Group
from optimizer.arrays.array_program import write_program
from optimizer.arrays.compiled import CompiledProgram, relaxed
from tests.support.problems import a_problem, members


def compiled() -> CompiledProgram:
    """Two members, one of which objects to the alliance framework and would not pay under it."""
    return write_program(
        a_problem(
            members=members("a", "b", min_contribution=1),
            frameworks=[
                {"id": "alliance"},
                {"id": "coalition", "rule": {"type": "participants", "min_participants": 1}},
            ],
            activities=[{"id": "train", "frameworks": ["alliance", "coalition"]}],
            positions=[{"member": "b", "activity": "train", "framework": "alliance", "value": -2}],
        )
    ).compiled


NOTHING: tuple[Group, ...] = ()
DECISION: tuple[Group, ...] = ("decision",)
PARTICIPATION: tuple[Group, ...] = ("participation",)


def column(arrays: CompiledProgram, *name: str) -> int:
    return arrays.columns.index((name[0], name[1:]))


def test_every_row_and_column_has_its_name() -> None:
    arrays = compiled()
    assert len(arrays.rows) == arrays.matrix.shape[0] == len(set(arrays.rows))
    assert len(arrays.columns) == arrays.matrix.shape[1] == len(set(arrays.columns))
    assert ("availability", ("a", "money", "p1")) in arrays.rows
    assert ("x", ("a", "train", "money", "p1")) in arrays.columns


def test_what_politics_closes_is_a_bound_that_relaxing_its_group_lifts() -> None:
    arrays = compiled()
    run = column(arrays, "y", "train", "alliance", "p1")
    assert relaxed(arrays, NOTHING).column_upper[run] == 0
    assert relaxed(arrays, DECISION).column_upper[run] == 1
    assert relaxed(arrays, PARTICIPATION).column_upper[run] == 0


def test_relaxing_frees_the_rows_of_the_group_and_no_others() -> None:
    arrays = compiled()
    freed = relaxed(arrays, PARTICIPATION)
    is_free = np.isinf(freed.row_lower) & np.isinf(freed.row_upper)
    assert {arrays.rows[number][0] for number in np.flatnonzero(is_free)} == {"willingness"}


def test_relaxing_leaves_the_compiled_program_as_it_was() -> None:
    arrays = compiled()
    before = arrays.column_upper.copy()
    relaxed(arrays, (*DECISION, *PARTICIPATION))
    assert (arrays.column_upper == before).all()


def test_objectives_are_vectors_over_the_columns() -> None:
    arrays = compiled()
    vector, constant = arrays.objectives["cost"]
    assert constant == 0
    assert vector[column(arrays, "c", "a")] == 1
    assert np.count_nonzero(vector) == 2
