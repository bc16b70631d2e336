"""What changed between two compilations is told by name, and only what changed."""

from typing import Any

import numpy as np

from models.config import Group
from models.problem.problem import Problem
from optimizer.arrays.array_program import write_program
from optimizer.arrays.program_diff import NamedProgram, NameMatch, ProgramDiff, program_diff
from optimizer.arrays.solver_arrays import Arrays
from tests.support.problems import a_problem, members

AT_LEAST_ONE = {"id": "coalition", "rule": {"type": "participants", "min_participants": 1}}


def a_case(**fields: Any) -> Problem:
    """Two members, one of which may stay away; one activity under two frameworks."""
    return a_problem(
        **{
            "members": members("a", "b", min_contribution=1),
            "frameworks": [{"id": "alliance"}, AT_LEAST_ONE],
            "activities": [{"id": "train", "frameworks": ["alliance", "coalition"]}],
        }
        | fields
    )


def named(problem: Problem, *relax: Group) -> NamedProgram:
    compiled = write_program(problem).compiled
    return NamedProgram(compiled=compiled, arrays=Arrays.of(compiled, relax))


def between(old: NamedProgram, new: NamedProgram) -> ProgramDiff:
    return program_diff(old, new)


def test_nothing_differs_between_two_compilations_of_one_problem() -> None:
    found = between(named(a_case()), named(a_case()))
    assert found.can_be_pushed
    assert not found.names
    assert not found.objectives


def test_more_means_are_another_side_and_other_coefficients_of_the_rows_that_name_them() -> None:
    old = named(a_case())
    found = between(old, named(a_case(members=members("a", "b", min_contribution=1, resources={"money": 12}))))
    assert found.can_be_pushed
    rows = {old.compiled.rows[number] for number in found.rows.number.tolist()}
    assert ("availability", ("a", "money", "p1")) in rows
    assert found.rows.upper[found.rows.number == old.compiled.rows.index(("availability", ("a", "money", "p1")))] == 12
    assert found.entries.value.size > 0
    assert {old.compiled.rows[row][0] for row, _, _ in found.entries} == {"level"}


def test_a_withdrawal_closes_columns_and_nothing_else() -> None:
    old = named(a_case())
    found = between(old, named(a_case(withdrawn=[{"member": "b"}])))
    columns = {old.compiled.columns[number] for number in found.columns.number.tolist()}
    assert ("x", ("b", "train", "money", "p1")) in columns
    assert not found.columns.upper.any()
    assert found.rows.number.size == found.entries.value.size == 0


def test_relaxing_a_group_frees_its_rows() -> None:
    refuses = a_case(positions=[{"member": "b", "activity": "train", "framework": "coalition", "value": -1}])
    old = named(refuses)
    found = between(old, named(refuses, "participation"))
    assert {old.compiled.rows[number][0] for number in found.rows.number.tolist()} == {"willingness"}
    assert np.isinf(found.rows.upper).all()


def test_a_member_that_would_pay_under_one_framework_only_adds_rows() -> None:
    found = between(
        named(a_case()),
        named(a_case(positions=[{"member": "b", "activity": "train", "framework": "coalition", "value": -1}])),
    )
    assert found.is_restructured
    assert not found.can_be_pushed
    assert {name for name, _ in found.added_rows} == {"willingness"}
    assert not found.removed_rows
    assert not found.added_columns


def test_means_that_run_out_take_their_columns_with_them() -> None:
    poor = a_case(members=[*members("a", min_contribution=1), {"id": "b", "resources": {}, "min_contribution": 1}])
    found = between(named(a_case()), named(poor))
    assert ("x", ("b", "train", "money", "p1")) in found.removed_columns
    assert ("x", ("b", "train", "money", "p1")) in between(named(poor), named(a_case())).added_columns


def test_another_weight_of_a_theatre_is_another_objective() -> None:
    found = between(named(a_case()), named(a_case(theatres=[{"id": "iraq", "risk": 100, "weight": 2}])))
    assert found.objectives == ("risk_reduction",)
    assert found.can_be_pushed


def test_names_are_matched_in_whatever_order_they_stand() -> None:
    one, two, three = ("x", ("1",)), ("x", ("2",)), ("x", ("3",))
    match = NameMatch((one, two, three), (three, one))
    assert match.old_of_new.tolist() == [2, 0]
    assert match.is_reordered
    assert match.removed == (two,)
    assert not match.added
