"""The solver behind its border: what it accepts, how it ends, how it is stopped."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import count
from time import perf_counter
from typing import Any

import highspy
import numpy as np
import pytest

from models.config import SolverConfig
from models.errors import SolverFailure
from optimizer.arrays.program_diff import ChangedBounds, ChangedEntries, ProgramDiff
from optimizer.arrays.solver_arrays import Arrays
from optimizer.arrays.sparse import from_dense
from optimizer.solver.callbacks import SolverProgress
from optimizer.solver.highs import HighsProgram
from optimizer.solver.statuses import TERMINATIONS

INFINITY = np.inf
FAILURES = {
    "kNotset",
    "kLoadError",
    "kModelError",
    "kPresolveError",
    "kSolveError",
    "kPostsolveError",
    "kObjectiveBound",
    "kUnknown",
    "kUnboundedOrInfeasible",
}
"""Statuses that are failures, or (the last) told apart by a second run."""


def a_knapsack(*, upper: float = 1.0, at_most: float = 7.0) -> Arrays:
    """Maximise 5a + 4b + 3c (as a minimisation) with 2a + 3b + c <= 5 and 4a + b + 2c <= at_most over binaries."""
    return Arrays(
        matrix=from_dense(np.array([[2.0, 3.0, 1.0], [4.0, 1.0, 2.0]])),
        row_lower=np.array([-INFINITY, -INFINITY]),
        row_upper=np.array([5.0, at_most]),
        column_lower=np.zeros(3),
        column_upper=np.full(3, upper),
        integer=np.array([True, True, True]),
    )


WORTH = np.array([-5.0, -4.0, -3.0])


def loaded(arrays: Arrays, **options: Any) -> HighsProgram:
    one = HighsProgram(arrays, SolverConfig(mip_gap=0.0, **options))
    one.minimise(WORTH, 0.0)
    return one


def test_proves_the_optimum_of_a_knapsack() -> None:
    answer = loaded(a_knapsack()).run(time_limit_s=10)
    assert answer.termination == "optimal"
    assert answer.objective == answer.bound == -9


def test_every_status_of_the_solver_has_a_meaning_here() -> None:
    every = {name for name in vars(highspy.HighsModelStatus) if name.startswith("k")}
    assert every - {"kMin", "kMax"} == set(TERMINATIONS) | FAILURES


def test_tells_an_infeasible_program_from_an_unbounded_one() -> None:
    infeasible = replace(a_knapsack(), row_lower=np.array([6.0, -INFINITY]), row_upper=np.array([INFINITY, 1.0]))
    assert loaded(infeasible).run(time_limit_s=10).termination == "infeasible"
    free = replace(
        a_knapsack(),
        row_upper=np.full(2, INFINITY),
        column_upper=np.full(3, INFINITY),
        integer=np.full(3, fill_value=False),
    )
    assert loaded(free).run(time_limit_s=10).termination == "unbounded"


@pytest.mark.parametrize(
    "fault,words",
    [
        ({"row_upper": np.array([5.0])}, "row bounds"),
        ({"column_upper": np.array([1.0, np.nan, 1.0])}, "not a number"),
        ({"integer": np.array([True])}, "integer marks"),
        ({"matrix": from_dense(np.array([[np.nan, 3.0, 1.0], [4.0, 1.0, 2.0]]))}, "not finite"),
    ],
)
def test_refuses_malformed_arrays_before_the_solver_sees_them(fault: dict[str, Any], words: str) -> None:
    with pytest.raises(SolverFailure, match=words):
        loaded(replace(a_knapsack(), **fault))


def test_refuses_indices_out_of_range_that_would_kill_the_process() -> None:
    known = a_knapsack().matrix
    matrix = replace(known, indices=np.append(7, known.indices[1:]).astype(np.int32))
    with pytest.raises(SolverFailure, match="out of range"):
        loaded(replace(a_knapsack(), matrix=matrix))


def test_holding_integers_leaves_a_linear_program_and_freeing_them_gives_them_back() -> None:
    one = loaded(a_knapsack())
    one.fix_integers(np.array([1.0, 0.0, 0.0]))
    assert one.run(time_limit_s=10).objective == -5
    one.free_integers()
    assert one.run(time_limit_s=10).objective == -9


def test_a_held_objective_bounds_the_next() -> None:
    one = loaded(a_knapsack())
    one.bound_objectives([(WORTH, -8.0)])
    one.minimise(np.ones(3), 0.0)
    assert one.run(time_limit_s=10).objective == 2


def test_the_constant_of_an_objective_counts() -> None:
    one = HighsProgram(a_knapsack(), SolverConfig())
    one.minimise(WORTH, 100.0)
    assert one.run(time_limit_s=10).objective == 91


def test_each_run_has_its_own_time_limit() -> None:
    one = loaded(a_knapsack())
    endings = [one.run(time_limit_s=0.5).termination for _ in range(5)]
    assert endings == ["optimal"] * 5


def test_a_second_integer_run_does_not_inherit_the_time_of_the_first() -> None:
    hard = a_hard_program()
    hard.run(time_limit_s=1.0)
    began = perf_counter()
    assert hard.run(time_limit_s=1.0).termination == "limit"
    assert perf_counter() - began < 1.9


def test_a_run_without_time_ends_at_the_limit() -> None:
    hard = a_hard_program()
    assert hard.run(time_limit_s=0.0).termination == "limit"


def test_a_stop_is_heard_and_the_best_plan_kept() -> None:
    hard = a_hard_program()
    answer = hard.run(time_limit_s=60, should_stop=lambda: True)
    assert answer.termination == "stopped"


def test_a_run_that_is_to_stop_does_not_begin() -> None:
    answer = loaded(a_knapsack()).run(time_limit_s=60, should_stop=lambda: True)
    assert (answer.termination, answer.values) == ("stopped", None)


def test_a_run_after_a_stopped_one_is_not_stopped() -> None:
    one = a_hard_program()
    one.start_from(np.concatenate([np.zeros(40), np.full(10, 1e4)]))
    asked = count(1)
    assert one.run(time_limit_s=60, should_stop=lambda: next(asked) > 3).termination == "stopped"
    one.fix_integers(np.zeros(50))
    assert one.run(time_limit_s=60).termination == "optimal"


def test_tells_of_its_progress_while_it_runs() -> None:
    moments: list[SolverProgress] = []
    a_hard_program().run(time_limit_s=1.0, on_solver_progress=moments.append)
    assert moments
    assert all(moment.bound <= moment.incumbent for moment in moments)


def a_hard_program() -> HighsProgram:
    """A market-split program: small, and out of reach of branch and bound in any test's time."""
    random = np.random.default_rng(0)
    matrix = random.integers(0, 100, size=(5, 40)).astype(float)
    half = np.floor(matrix.sum(axis=1) / 2)
    slack = from_dense(np.hstack([matrix, np.eye(5), -np.eye(5)]))
    one = HighsProgram(
        Arrays(
            matrix=slack,
            row_lower=half,
            row_upper=half,
            column_lower=np.zeros(50),
            column_upper=np.concatenate([np.ones(40), np.full(10, INFINITY)]),
            integer=np.concatenate([np.full(40, fill_value=True), np.full(10, fill_value=False)]),
        ),
        SolverConfig(mip_gap=0.0),
    )
    one.minimise(np.concatenate([np.zeros(40), np.ones(10)]), 0.0)
    return one


def pushed(*, rows: Sequence[float] = (), entries: Sequence[tuple[int, int, float]] = ()) -> ProgramDiff:
    """New upper sides of the first rows, new entries."""
    nobody = np.zeros(0, dtype=np.int32)
    return ProgramDiff(
        added_rows=(), removed_rows=(), added_columns=(), removed_columns=(), retyped=(), is_reordered=False,
        columns=ChangedBounds(number=nobody, lower=np.zeros(0), upper=np.zeros(0)),
        rows=ChangedBounds(
            number=np.arange(len(rows), dtype=np.int32), lower=np.full(len(rows), -INFINITY), upper=np.array(rows)
        ),
        entries=ChangedEntries(
            row=np.array([row for row, _, _ in entries], dtype=np.int32),
            column=np.array([column for _, column, _ in entries], dtype=np.int32),
            value=np.array([value for _, _, value in entries]),
        ),
        objectives=(), names=(),
    )  # fmt: skip


def relaxed_knapsack() -> HighsProgram:
    one = HighsProgram(a_knapsack(), SolverConfig(), is_linear=True)
    one.minimise(WORTH, 0.0)
    return one


def test_changes_are_pushed_in_their_order_once_the_solver_is_needed() -> None:
    one = relaxed_knapsack()
    one.run(time_limit_s=10)
    for at_most in range(20):
        one.push(pushed(rows=(float(at_most),)), a_knapsack())
    one.push(pushed(rows=(1.0,), entries=[(1, 0, 1e3)]), a_knapsack())
    one.push(pushed(entries=[(1, 0, 4.0)]), a_knapsack())
    cold = HighsProgram(replace(a_knapsack(), row_upper=np.array([1.0, 7.0])), SolverConfig(), is_linear=True)
    cold.minimise(WORTH, 0.0)
    assert one.run(time_limit_s=10).objective == pytest.approx(cold.run(time_limit_s=10).objective)


def test_what_was_pushed_before_it_was_loaded_is_in_it() -> None:
    one = relaxed_knapsack()
    one.push(pushed(rows=(1.0,)), replace(a_knapsack(), row_upper=np.array([1.0, 7.0])))
    assert one.run(time_limit_s=10).objective == pytest.approx(-3)


@pytest.mark.parametrize("fault", [{"rows": (np.nan,)}, {"entries": [(0, 3, 1.0)]}, {"entries": [(0, 0, INFINITY)]}])
def test_refuses_malformed_changes(fault: dict[str, Any]) -> None:
    with pytest.raises(SolverFailure, match="malformed changes"):
        relaxed_knapsack().push(pushed(**fault), a_knapsack())


def test_a_linear_program_goes_on_from_a_vertex_of_another_run() -> None:
    one = relaxed_knapsack()
    best = one.run(time_limit_s=10).objective
    one.keep_basis()
    vertex = one.basis
    assert vertex is not None
    one.bound_integers(np.ones(3), np.ones(3))
    assert one.run(time_limit_s=10).termination == "infeasible"
    one.free_integers()
    one.start_at(vertex)
    assert one.run(time_limit_s=10).objective == best


def test_objectives_are_held_exactly_as_asked() -> None:
    one = relaxed_knapsack()
    assert one.bound_objectives([(np.array([1.0, 0.0, 0.0]), 0.5), (np.array([0.0, 1.0, 0.0]), 0.5)])
    assert one.run(time_limit_s=10).objective == pytest.approx(-2.5 - 2 - 3)
    assert not one.bound_objectives([(np.array([1.0, 0.0, 0.0]), 0.0), (np.array([0.0, 1.0, 0.0]), 0.5)])
    assert one.run(time_limit_s=10).objective == pytest.approx(-2 - 3)
    assert one.bound_objectives([(np.array([1.0, 0.0, 0.0]), 0.0)])
    assert one.run(time_limit_s=10).objective == pytest.approx(-4 - 3)
    one.bound_objectives(())
    assert one.run(time_limit_s=10).objective == pytest.approx(relaxed_knapsack().run(time_limit_s=10).objective)


def test_says_why_a_linear_program_has_no_plan() -> None:
    """2 + 3 + 1 are more than 5: the first row alone."""
    one = relaxed_knapsack()
    one.run(time_limit_s=10)
    one.bound_integers(np.ones(3), np.ones(3))
    assert one.run(time_limit_s=10).termination == "infeasible"
    multipliers = one.refutation
    assert multipliers is not None
    assert np.flatnonzero(multipliers).tolist() == [0]


def test_dust_is_kept_in_a_column_that_an_objective_counts() -> None:
    """x + y >= 3, and y may reach 1e9, which makes its unit large; the value told is the one that was minimised."""
    one = loaded(
        Arrays(
            matrix=from_dense(np.array([[1.0, 1.0], [0.0, 1e-9]])),
            row_lower=np.array([3.0, -INFINITY]),
            row_upper=np.array([INFINITY, 1.0]),
            column_lower=np.zeros(2),
            column_upper=np.array([1.0, 1e9]),
            integer=np.array([False, False]),
        )
    )
    one.minimise(np.array([0.0, 1.0]), 0.0)
    answer = one.run(time_limit_s=5)
    assert answer.values is not None
    assert one.value(answer.values) == pytest.approx(answer.objective)


def test_an_integer_run_says_whether_it_found_cuts() -> None:
    one = a_hard_program()
    assert one.run(time_limit_s=1).has_cuts


def test_a_run_that_needs_no_cuts_reports_none() -> None:
    one = loaded(a_knapsack(at_most=100.0))
    one.minimise(np.array([-6.0, -5.0, -4.0]), 0.0)
    answer = one.run(time_limit_s=5)
    assert (answer.termination, answer.has_cuts) == ("optimal", False)


@pytest.mark.parametrize("third, right", [(3.0, 2 - 5 - 8), (INFINITY, 2 - 5 - 8)])
def test_knows_what_the_bounds_of_the_columns_alone_allow(third: float, right: float) -> None:
    """The third column has a positive coefficient, so its upper bound does not matter."""
    assert bounded_columns(1.0, 2.0, third, INFINITY).trivial_bound(
        np.array([-5.0, -4.0, 3.0, 0.0]), 2.0
    ) == pytest.approx(right)


def test_a_column_without_a_bound_leaves_the_objective_without_one() -> None:
    free = bounded_columns(1.0, INFINITY, 3.0, 1.0)
    assert free.trivial_bound(np.array([-5.0, -4.0, 3.0, 0.0]), 2.0) == -INFINITY


def bounded_columns(*upper: float) -> HighsProgram:
    """Columns from 0 to their bounds, in one row that says nothing."""
    return HighsProgram(
        Arrays(
            matrix=from_dense(np.ones((1, len(upper)))),
            row_lower=np.array([-INFINITY]),
            row_upper=np.array([INFINITY]),
            column_lower=np.zeros(len(upper)),
            column_upper=np.array(upper),
            integer=np.zeros(len(upper), dtype=np.bool_),
        ),
        SolverConfig(),
    )
