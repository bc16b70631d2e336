"""A first plan with the same efforts in every future: what it is worth, and that recourse only gains on it."""

from time import perf_counter
from typing import Any

import numpy as np
import pytest

from models.change import Change
from models.config import Config
from models.errors import SolverFailure
from models.problem.problem import Problem
from optimizer import solve
from optimizer.arrays.array_program import write_program
from optimizer.arrays.array_types import Floats
from optimizer.arrays.compiled import CompiledProgram
from optimizer.arrays.priorities import priorities_of
from optimizer.arrays.solver_arrays import Arrays
from optimizer.data.effective_objectives import effective_objectives
from optimizer.search import uniform_start as module
from optimizer.search.branch_and_dive import Limits
from optimizer.search.lexicographic import Lexicographic
from optimizer.search.uniform_start import UniformStart
from optimizer.solver.highs import HighsProgram
from optimizer.solver.statuses import RunResult
from optimizer.solving.warm import WarmProblem
from tests.optimizer.formulation.test_scenarios import EXACT, poorer, two_theatres
from tests.support.bounds import bound_of
from tests.support.matrices import to_scipy


@pytest.fixture(autouse=True)
def small_counts_as_large(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "LARGE", 0)


def found(problem: Problem) -> tuple[CompiledProgram, Floats | None]:
    compiled = write_program(problem, {}).compiled
    limits = Limits(until=perf_counter() + 60, gap=0.0, on_solver_progress=None, should_stop=None)
    return compiled, UniformStart(problem=problem, compiled=compiled, config=Config(solver=EXACT), bests={}).plan(
        limits
    )


@pytest.mark.parametrize("problem,worth", [(two_theatres("expected", recourse=True), 10), (poorer(recourse=True), 4)])
def test_is_the_best_plan_without_recourse(problem: Problem, worth: float) -> None:
    """10 of 20, 4 of 7: as worked out where the two are compared; each row of the program with recourse holds."""
    compiled, values = found(problem)
    assert values is not None
    level = priorities_of(effective_objectives(problem), compiled)[0]
    assert -level.value(values) == pytest.approx(worth)
    sums, arrays = to_scipy(compiled.matrix) @ values, Arrays.of(compiled, ())
    assert (sums >= arrays.row_lower - 1e-6).all()
    assert (sums <= arrays.row_upper + 1e-6).all()
    assert np.clip(values, arrays.column_lower, arrays.column_upper) == pytest.approx(values)


@pytest.mark.parametrize("problem,worth", [(two_theatres("expected", recourse=True), 20), (poorer(recourse=True), 7)])
def test_what_recourse_gains_is_found_from_there(problem: Problem, worth: float) -> None:
    outcome = solve(problem, Config(solver=EXACT))
    assert outcome.status == "optimal"
    assert outcome.objectives[0].value == pytest.approx(worth)


def test_nothing_is_done_without_recourse_or_on_small_programs(monkeypatch: pytest.MonkeyPatch) -> None:
    assert found(two_theatres("expected"))[1] is None
    monkeypatch.setattr(module, "LARGE", 100_000)
    assert found(two_theatres("expected", recourse=True))[1] is None


def test_is_the_first_answer_where_there_is_no_plan_to_start_from() -> None:
    """Known before the bound is, told and checked; then told with the bound; what follows is what a cold solve says."""
    first, bounded, *_, last = WarmProblem(poorer(recourse=True), Config(solver=EXACT)).what_if()
    assert first.stage == "uniform"
    assert first.outcome.status == "feasible"
    assert first.outcome.found_by == "alike_in_every_future"
    assert first.outcome.check is not None
    assert first.outcome.check.passed
    assert any("equal in every scenario" in one for one in first.outcome.warnings)
    assert first.outcome.objectives[0].value <= 7 <= bound_of(first.outcome.objectives[0])
    assert bounded.stage == "uniform"
    assert bounded.outcome.objectives[0].value == first.outcome.objectives[0].value
    assert 7 <= bound_of(bounded.outcome.objectives[0]) < bound_of(first.outcome.objectives[0])
    assert (last.stage, last.outcome.status) == ("whole", "optimal")
    assert last.outcome.objectives[0].value == pytest.approx(7)
    assert not any("plan before" in one for one in last.outcome.warnings)


def test_is_not_looked_for_where_there_is_a_plan_to_start_from() -> None:
    warm = WarmProblem(poorer(recourse=True), Config(solver=EXACT))
    list(warm.what_if())
    change = Change(address="members/a/resources/money", value=9)
    assert next(answer.stage for answer in warm.what_if([change])) == "fixed"


@pytest.mark.parametrize("broken,method", [(module, "search"), (Lexicographic, "incumbent_of")])
def test_the_solve_goes_on_without_it_where_the_solver_breaks(
    monkeypatch: pytest.MonkeyPatch, broken: object, method: str
) -> None:
    def breaks(*_: object, **__: object) -> None:
        raise SolverFailure("lost")

    monkeypatch.setattr(broken, method, breaks)
    cold = solve(poorer(recourse=True), Config(solver=EXACT))
    warm = [answer.outcome for answer in WarmProblem(poorer(recourse=True), Config(solver=EXACT)).what_if()]
    assert len(warm) == 1
    for outcome in (cold, *warm):
        assert outcome.status == "optimal"
        assert outcome.objectives[0].value == pytest.approx(7)


def test_integers_are_free_after_the_solver_broke_while_they_were_fixed(monkeypatch: pytest.MonkeyPatch) -> None:
    """The third run fixes the integers that the first two found; those after it start from a program as it was."""
    run, runs = HighsProgram.run, list[tuple[HighsProgram, bool]]()

    def second_breaks(self: HighsProgram, **limits: Any) -> RunResult:
        runs.append((self, self._has_integers()))
        if len(runs) in (3, 4):  # once more without a basis
            raise SolverFailure("lost")
        return run(self, **limits)

    monkeypatch.setattr(HighsProgram, "run", second_breaks)
    outcome = solve(two_theatres("expected", recourse=True), Config(solver=EXACT))
    (first, _), (fixed, has_integers) = runs[1:3]
    assert first is not fixed
    assert not has_integers
    assert any(has_integers for program, has_integers in runs[4:] if program is not fixed)
    assert outcome.status == "optimal"
    assert outcome.objectives[0].value == pytest.approx(20)
