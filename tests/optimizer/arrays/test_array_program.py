"""Both ways of writing a program come to the same arrays, name by name and number by number."""

import json
from math import inf
from pathlib import Path
from typing import Any

import pytest

from benchmarks.generate import generate
from models.problem.problem import Problem
from optimizer.arrays.array_program import write_program
from optimizer.arrays.blocks import rows_of
from optimizer.arrays.compiled import WrittenProgram
from optimizer.arrays.program_diff import NamedProgram, program_diff
from optimizer.arrays.solver_arrays import Arrays
from optimizer.formulation.linear_expression import LinearExpression, variable
from optimizer.solving.solve import solve
from tests.support.golden import cases
from tests.support.problems import a_problem

EXAMPLES = Path(__file__).resolve().parents[2] / "examples" / "problems"
DOCUMENTS: dict[str, Any] = {
    **{path.stem: json.loads(path.read_text(encoding="utf-8")) for path in sorted(EXAMPLES.glob("*.json"))},
    **{f"golden {case.name}": case.problem for case in cases()},
    **{f"benchmark {size}": generate(size, 1) for size in ("S", "MP")},
}


def assert_same(pyomo: WrittenProgram, direct: WrittenProgram) -> None:
    old, new = (NamedProgram(compiled=one.compiled, arrays=Arrays.of(one.compiled, ())) for one in (pyomo, direct))
    found = program_diff(old, new)
    assert not found.is_restructured, (found.added_rows, found.removed_rows, found.added_columns, found.removed_columns)
    assert not found.names
    assert not found.objectives
    assert sorted(zip(old.compiled.limits.family, old.compiled.limits.freed_by, strict=True), key=str) == sorted(
        zip(new.compiled.limits.family, new.compiled.limits.freed_by, strict=True), key=str
    )
    groups = [dict(zip(one.compiled.rows, one.compiled.row_group, strict=True)) for one in (old, new)]
    assert groups[0] == groups[1]


@pytest.mark.parametrize("name", DOCUMENTS)
def test_a_program_written_directly_is_the_one_that_pyomo_compiles(name: str) -> None:
    problem = Problem.model_validate(DOCUMENTS[name])
    assert_same(write_program(problem), write_program(problem))


def test_a_row_that_nothing_satisfies_stays_in_the_program() -> None:
    """A floor on an activity for which nobody has means."""
    problem = a_problem(
        members=[{"id": "a", "resources": {"money": 0}}],
        policy={"min_level": [{"activity": "train", "level": 1}]},
    )
    compiled = write_program(problem).compiled
    assert solve(problem).status == "infeasible"
    assert len(compiled.rows) == compiled.matrix.shape[0]


def test_sums_of_columns_add_up_term_by_term() -> None:
    x, y = variable(0), variable(1)
    total = 2 * x - (y - 3) / 2 + 1
    assert (list(total.coefficients), list(total.columns), total.constant) == ([2, -0.5], [0, 1], 2.5)
    assert (5 - x).constant == 5
    assert (-x).coefficients == [-1]


def test_a_relation_collects_its_variables_on_one_side() -> None:
    x, y = variable(0), variable(1)
    at_most, at_least, equal = x <= y, x >= y, x == 3
    assert (list(at_most.body.coefficients), at_most.sides) == ([1, -1], (-inf, 0))
    assert (list(at_least.body.columns), list(at_least.body.coefficients)) == ([1, 0], [1, -1])
    assert at_least.sides == (-inf, 0)
    assert equal.sides == (3, 3)
    assert (2 <= x).sides == (2, inf)  # noqa: SIM300  (a number on the left is the point)
    assert (x <= 2).sides == (-inf, 2)


def test_two_rows_of_one_name_are_refused() -> None:
    relation = LinearExpression((1.0,), (0,)) <= 1
    with pytest.raises(ValueError, match="two rows of availability"):
        rows_of("availability", None, [(("a",), relation), (("a",), relation)], 1)
