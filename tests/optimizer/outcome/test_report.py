"""An open gap has the reason that the search gives, and no other."""

import numpy as np
import pytest

from models.config import Config, SolverConfig
from models.outcome import Stopped
from models.reading import read_problem
from optimizer import solve
from optimizer.search.branch_and_dive import BranchAndDive
from optimizer.search.lexicographic import Lexicographic
from optimizer.solver.statuses import RunResult, Termination
from tests.support.warm import DOCUMENT

TWO_OBJECTIVES = {**DOCUMENT, "objectives": [{"metric": "risk_reduction"}, {"metric": "cost"}]}
CONFIG = Config(solver=SolverConfig(mip_gap=0, stall_limit_s=20))

LATER: dict[Termination, tuple[str, str]] = {
    "share": (
        "later_share",
        "a later objective used up its share of the time (ten times that of the first, at least one second)",
    ),
    "limit": ("later_share", "a later objective used up its share of the time"),
    "stalled": (
        "stall_limit_s",
        "no better plan was found for 20 s (stall_limit_s) before the gap of a later objective closed",
    ),
    "stopped": ("caller", "the caller stopped the solve before the gap of a later objective closed"),
    "tolerance": ("solver_tolerance", "the solver ended within its tolerances, which leave this gap open"),
    "failed": ("solver_failure", "the solver failed after this plan was found"),
    "optimal": ("solver_tolerance", "the solver ended within its tolerances, which leave this gap open"),
}
"""How the search of the second objective ends, with a bound that leaves the gap open: `stopped_by` and the reason."""

FIRST: dict[Termination, tuple[str, str]] = {
    "limit": (
        "time_limit_s",
        "the first objective used up its share of the time limit (80%) before the gap closed",
    ),
    "tolerance": LATER["tolerance"],
    "failed": LATER["failed"],
}


def without_bound(termination: Termination) -> RunResult:
    return RunResult(termination=termination, values=None, objective=None, bound=-np.inf, nodes=0)


@pytest.mark.parametrize("termination", LATER)
def test_the_reason_is_how_a_later_objective_ended(monkeypatch: pytest.MonkeyPatch, termination: Termination) -> None:
    monkeypatch.setattr(Lexicographic, "_search", lambda *_: without_bound(termination))
    outcome = solve(read_problem(TWO_OBJECTIVES), CONFIG)
    by, reason = LATER[termination]
    assert isinstance(outcome, Stopped)
    assert outcome.stopped_by == by
    assert outcome.reason.startswith(reason)


@pytest.mark.parametrize("termination", FIRST)
def test_the_reason_is_how_the_first_objective_ended(monkeypatch: pytest.MonkeyPatch, termination: Termination) -> None:
    whole = BranchAndDive.solve_whole

    def ended(self: BranchAndDive) -> RunResult:
        answer = whole(self)
        return RunResult(
            termination=termination, values=answer.values, objective=answer.objective, bound=-np.inf, nodes=0
        )

    with monkeypatch.context() as patched:
        patched.setattr(BranchAndDive, "solve_whole", ended)
        outcome = solve(read_problem(TWO_OBJECTIVES), CONFIG)
    by, reason = FIRST[termination]
    assert isinstance(outcome, Stopped)
    assert (outcome.stopped_by, outcome.reason) == (by, reason)
