"""A first plan with the same efforts in every future: what it is worth, and that recourse only gains on it."""

from time import perf_counter

import numpy as np
import pytest

from models.config import Config
from models.problem.problem import Problem
from optimizer import alike as module
from optimizer import solve
from optimizer.aims import aims
from optimizer.alike import alike
from optimizer.arrays import Arrays
from optimizer.compile import Compiled, Floats, formulated
from optimizer.levels import levels_of
from optimizer.search import Limits
from tests.optimizer.test_futures import EXACT, poorer, two_theatres


@pytest.fixture(autouse=True)
def small_counts_as_large(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "LARGE", 0)


def found(problem: Problem) -> tuple[Compiled, Floats | None]:
    compiled = formulated(problem, {}).compiled
    limits = Limits(until=perf_counter() + 60, gap=0.0, on_moment=None, should_stop=None)
    return compiled, alike(problem, compiled, Config(solver=EXACT), {}, limits)


@pytest.mark.parametrize("problem,worth", [(two_theatres("expected", recourse=True), 10), (poorer(recourse=True), 4)])
def test_is_the_best_plan_without_recourse(problem: Problem, worth: float) -> None:
    """10 of 20, 4 of 7: as worked out where the two are compared; each row of the program with recourse holds."""
    compiled, values = found(problem)
    assert values is not None
    level = levels_of(aims(problem), compiled)[0]
    assert -level.value(values) == pytest.approx(worth)
    sums, arrays = compiled.matrix @ values, Arrays.of(compiled, ())
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
