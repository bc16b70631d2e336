"""Rows of families as arrays, and the linear expressions that they are made of."""

from math import inf

import pytest

from optimizer.arrays.array_program import write_program
from optimizer.arrays.blocks import rows_of
from optimizer.formulation.linear_expression import LinearExpression, variable
from optimizer.solving.solve import solve
from tests.support.problems import a_problem


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
        rows_of("availability", None, [(("a",), relation), (("a",), relation)])
