"""The Pyomo model is the program of the arrays, name by name, and a modeller can extend it and solve it anywhere."""

import json
import os
from pathlib import Path
from typing import Any, get_args

import numpy as np
import pyomo.environ as pyo
import pytest
from hypothesis import given

from benchmarks.generate import generate
from models.config import Config, Group
from models.errors import SolverFailure
from models.problem.problem import Problem
from optimizer import plan_of, program, solve
from optimizer.arrays.array_program import write_program
from optimizer.arrays.compiled import CompiledProgram, relaxed
from optimizer.pyomo_model.standard_form import StandardForm, standard_form
from optimizer.solving.warm import references
from tests.laws.bounded import bounded
from tests.laws.problems import problems
from tests.support.golden import cases
from tests.support.matrices import to_scipy
from tests.support.problems import a_problem
from tests.support.second_solver import CBC

ROOT = Path(__file__).resolve().parents[3]
DOCUMENTS: dict[str, Any] = {
    **{
        path.stem: json.loads(path.read_text(encoding="utf-8"))
        for path in sorted((ROOT / "examples" / "problems").glob("*.json"))
        if "CONCORD_FLANK" in os.environ or not path.stem.startswith("southern_flank")
    },
    **{f"golden {case.name}": case.problem for case in cases()},
    **{f"benchmark {size}": generate(size, 1) for size in ("S", "MP")},
}
CLOSE = 1e-12
"""Relative: sums of coefficients may be formed in another order."""


def assert_same(form: StandardForm, arrays: CompiledProgram, relax: tuple[Group, ...] = ()) -> None:
    """The model states the program of the arrays: names, bounds, coefficients, objectives.

    With relaxed groups the arrays keep freed rows, and columns that occur in no other row; the model has neither.
    """
    bounds = relaxed(arrays, relax)
    is_row = np.isfinite(bounds.row_lower) | np.isfinite(bounds.row_upper)
    matrix = to_scipy(arrays.matrix).tocsr()[is_row]
    is_used = np.zeros(len(arrays.columns), dtype=np.bool_)
    is_used[matrix.indices[matrix.data != 0]] = True
    for metric, first in arrays.objectives.items():
        for vector, _ in (first, *arrays.refinements[metric]):
            is_used |= vector != 0
    names = [name for name, used in zip(arrays.columns, is_used, strict=True) if used]
    rows = [name for name, one in zip(arrays.rows, is_row, strict=True) if one]
    assert sorted(rows) == sorted(form.rows)
    assert sorted(names) == sorted(form.columns)
    column = {name: number for number, name in enumerate(form.columns)}
    row = {name: number for number, name in enumerate(form.rows)}
    to_column, to_row = [column[name] for name in names], [row[name] for name in rows]
    ours = np.flatnonzero(is_used)
    difference = matrix[:, ours] - form.matrix.tocsr()[to_row][:, to_column]
    assert np.abs(difference.data).max(initial=0.0) <= CLOSE * max(np.abs(matrix.data).max(initial=1.0), 1.0)
    assert np.array_equal(arrays.integer[ours], form.integer[to_column])
    pairs = (
        (arrays.column_lower[ours], form.column_lower[to_column]),
        (bounds.column_upper[ours], form.column_upper[to_column]),
        (bounds.row_lower[is_row], form.row_lower[to_row]),
        (bounds.row_upper[is_row], form.row_upper[to_row]),
        *(
            pair
            for metric, first in arrays.objectives.items()
            for (vector, constant), (other, other_constant) in zip(
                (first, *arrays.refinements[metric]),
                (form.objectives[metric], *form.refinements[metric]),
                strict=True,
            )
            for pair in ((vector[ours], other[to_column]), (np.array([constant]), np.array([other_constant])))
        ),
    )
    for mine, other in pairs:
        np.testing.assert_allclose(mine, other, rtol=CLOSE, atol=CLOSE)


def assert_two_writers_agree(problem: Problem, relax: tuple[Group, ...] = ()) -> None:
    config = Config(relax=relax)
    bests = references(problem, config)
    model = program(problem, config, bests=bests)
    assert_same(standard_form(model), write_program(problem, bests).compiled, relax)


@pytest.mark.parametrize("name", DOCUMENTS)
def test_states_the_program_of_the_arrays(name: str) -> None:
    assert_two_writers_agree(Problem.model_validate(DOCUMENTS[name]))


@pytest.mark.parametrize("name", DOCUMENTS)
def test_states_the_relaxed_program_of_the_arrays(name: str) -> None:
    problem = Problem.model_validate(DOCUMENTS[name])
    assert_two_writers_agree(problem, ("decision", "participation"))
    assert_two_writers_agree(problem, get_args(Group))


def test_states_the_program_of_the_arrays_on_random_problems() -> None:
    @bounded("two writers", 100, 1)
    @given(problems())
    def agree(problem: Problem) -> None:
        assert_two_writers_agree(problem)
        seen.append(problem)

    seen: list[Problem] = []
    agree()
    assert len(seen) >= 100


def test_a_row_that_can_never_hold_is_in_both_programs() -> None:
    """A theatre without activities must get 1 M EUR: `0 >= 1`, which Pyomo states by the variable `nothing`."""
    problem = a_problem(
        theatres=[{"id": "iraq", "risk": 10}, {"id": "libya", "risk": 10}],
        policy={"min_spend": [{"theatre": "libya", "amount": 1}]},
    )
    model = program(problem)
    assert model.nothing.bounds == (0, 0)
    assert_two_writers_agree(problem)


SOLVERS = {
    "appsi_highs": {},
    "highs": {},
    "scip_direct": {},
    "cbc": {"executable": CBC},
}


@pytest.mark.parametrize("name", SOLVERS)
def test_any_pyomo_solver_solves_the_model_and_the_plan_is_read_back(name: str) -> None:
    """25.2 points, as Concord itself proves; the plan passes the independent check."""
    problem = Problem.model_validate(DOCUMENTS["objection_and_coalition"])
    model = program(problem)
    pyo.SolverFactory(name, **SOLVERS[name]).solve(model)
    found = plan_of(model)
    assert found.check.passed, found.check.violations
    assert found.metrics["risk_reduction"] == pytest.approx(25.2, abs=1e-4)
    assert solve(problem).objectives[0].value == pytest.approx(25.2)


def test_a_modeller_adds_a_row_of_her_own() -> None:
    """Two members with 6 and 4 M EUR remove 10 points; b may give at most half of what a gives: 6 + 3."""
    two = [{"id": "a", "resources": {"money": 6}}, {"id": "b", "resources": {"money": 4}}]
    model = program(a_problem(members=two))
    index = ("train", "money", "p1")
    model.half = pyo.Constraint(expr=model.x[("b", *index)] <= 0.5 * model.x[("a", *index)])
    pyo.SolverFactory("appsi_highs").solve(model)
    found = plan_of(model)
    assert found.metrics["risk_reduction"] == pytest.approx(9)
    given_by = {one.contributor: one.amount for one in found.plan.allocations}
    assert given_by == pytest.approx({"a": 6, "b": 3})


def test_a_model_without_a_solution_has_no_plan() -> None:
    with pytest.raises(SolverFailure, match="solve it before"):
        plan_of(program(a_problem()))


def test_a_plan_that_breaks_rows_is_read_and_fails_the_check() -> None:
    model = program(a_problem())
    pyo.SolverFactory("appsi_highs").solve(model)
    for one in model.x.values():
        one.set_value(1000.0)
    assert not plan_of(model).check.passed
