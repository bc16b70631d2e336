"""Which plan and which bound a search returns."""

from dataclasses import replace
from time import perf_counter
from typing import Any

import numpy as np
import pytest

from models.config import SolverConfig
from optimizer.arrays.array_types import Floats
from optimizer.arrays.solver_arrays import Arrays
from optimizer.arrays.sparse import from_dense
from optimizer.search.branch_and_dive import Limits, search
from optimizer.solver.highs import HighsProgram
from optimizer.solver.statuses import RunResult


def test_a_start_that_the_solver_rejects_is_not_returned() -> None:
    """x <= 1e6 y with y binary; the start has x = 1 at y = 9.9e-7. Minimising -x + 10 y, both zero are best: 0."""
    arrays = Arrays(
        matrix=from_dense(np.array([[1.0, -1e6]])),
        row_lower=np.array([-np.inf]),
        row_upper=np.array([0.0]),
        column_lower=np.zeros(2),
        column_upper=np.ones(2),
        integer=np.array([False, True]),
    )
    program = HighsProgram(arrays, SolverConfig())
    program.minimise(np.array([-1.0, 10.0]), 0.0)
    limits = Limits(until=perf_counter() + 5, gap=1e-4, on_solver_progress=None, should_stop=None)
    answer = search(program, limits, np.array([1.0, 9.9e-7]))
    assert answer.values is not None
    assert answer.objective is not None
    assert answer.objective == pytest.approx(0)
    assert answer.objective >= answer.bound - 1e-9


def three_projects() -> HighsProgram:
    """Costs 5, 4 and 3 of at most 10 buy 10, 7 and 4 points: the best two bring 17, the relaxation 18⅓."""
    arrays = Arrays(
        matrix=from_dense(np.array([[5.0, 4.0, 3.0]])),
        row_lower=np.array([-np.inf]),
        row_upper=np.array([10.0]),
        column_lower=np.zeros(3),
        column_upper=np.ones(3),
        integer=np.full(3, fill_value=True),
    )
    program = HighsProgram(arrays, SolverConfig(mip_gap=0))
    program.minimise(np.array([-10.0, -7.0, -4.0]), 0.0)
    return program


FALSE = {
    "optimal": RunResult(
        termination="optimal", values=np.array([1.0, 0.0, 0.0]), objective=-10.0, bound=-10.0, nodes=1
    ),
    "infeasible": RunResult(termination="infeasible", values=None, objective=None, bound=np.inf, nodes=0),
}


def searched(
    monkeypatch: pytest.MonkeyPatch, first: RunResult, seconds: float = 5, start: Floats | None = None
) -> tuple[RunResult, int]:
    """The answer of a search whose first integer run is answered by `first`, and how many integer runs it took."""
    run, answers = HighsProgram.run, [first]
    counted = list[bool]()

    def lying(self: HighsProgram, **how: Any) -> RunResult:
        if not self._has_integers():
            return run(self, **how)
        counted.append(True)
        return answers.pop() if answers else run(self, **how)

    monkeypatch.setattr(HighsProgram, "run", lying)
    limits = Limits(until=perf_counter() + seconds, gap=0.0, on_solver_progress=None, should_stop=None)
    return search(three_projects(), limits, start), len(counted)


@pytest.mark.parametrize("claim", FALSE)
def test_a_claim_that_nothing_shows_is_confirmed_in_another_way(monkeypatch: pytest.MonkeyPatch, claim: str) -> None:
    """HiGHS has ended "optimal" at its start after one node without cuts; the relaxation proves only 18⅓."""
    answer, runs = searched(monkeypatch, FALSE[claim])
    assert runs == 2
    assert answer.termination == "optimal"
    assert (answer.objective, answer.bound) == pytest.approx((-17, -17))
    assert answer.proven == pytest.approx(-55 / 3)


@pytest.mark.parametrize("shown", [{"nodes": 2}, {"has_cuts": True}])
def test_a_claim_with_nodes_or_cuts_stands(monkeypatch: pytest.MonkeyPatch, shown: dict[str, Any]) -> None:
    _, runs = searched(monkeypatch, replace(FALSE["optimal"], **shown))
    assert runs == 1


def test_a_claim_that_the_relaxation_proves_stands(monkeypatch: pytest.MonkeyPatch) -> None:
    at_bound = RunResult(
        termination="optimal", values=np.array([1.0, 1.0, 1 / 3]), objective=-55 / 3, bound=-55 / 3, nodes=0
    )
    _, runs = searched(monkeypatch, at_bound)
    assert runs == 1


def test_a_known_plan_contradicts_an_infeasible_program(monkeypatch: pytest.MonkeyPatch) -> None:
    """HiGHS tells the bound of an infeasible program as infinite; the plan at hand has 10 points, the best 17."""
    answer, _ = searched(monkeypatch, replace(FALSE["infeasible"], nodes=2), start=np.array([1.0, 0.0, 0.0]))
    assert answer.termination == "failed"
    assert (answer.objective, answer.bound) == pytest.approx((-10, -55 / 3))


def test_an_end_whose_bound_leaves_a_gap_is_one_within_tolerances(monkeypatch: pytest.MonkeyPatch) -> None:
    short = RunResult(termination="optimal", values=np.array([1.0, 1.0, 0.0]), objective=-17.0, bound=-17.1, nodes=2)
    answer, _ = searched(monkeypatch, short)
    assert answer.termination == "tolerance"
    assert answer.bound == pytest.approx(-17.1)


def test_an_end_without_a_bound_is_a_failure(monkeypatch: pytest.MonkeyPatch) -> None:
    silent = replace(FALSE["optimal"], bound=-np.inf, nodes=2)
    answer, _ = searched(monkeypatch, silent)
    assert answer.termination == "failed"
    assert answer.bound == pytest.approx(-55 / 3)


def test_the_bound_of_the_second_way_counts_if_the_first_tells_none(monkeypatch: pytest.MonkeyPatch) -> None:
    answer, runs = searched(monkeypatch, replace(FALSE["optimal"], bound=-np.inf))
    assert runs == 2
    assert answer.termination == "optimal"
    assert (answer.objective, answer.bound) == pytest.approx((-17, -17))


def test_without_time_to_confirm_a_claim_is_not_told(monkeypatch: pytest.MonkeyPatch) -> None:
    answer, _ = searched(monkeypatch, FALSE["optimal"], seconds=0)
    assert answer.termination == "limit"
    assert answer.bound < -17
