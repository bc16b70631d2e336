"""What an answer says if the solver fails, and what it keeps."""

import gc
from typing import Any

import numpy as np
import pytest

from benchmarks.generate import generate
from models.config import Config, SolverConfig
from models.errors import SolverFailure
from models.outcome import Progress, SolverError, Stopped
from models.problem.problem import Problem
from models.reading import read_problem
from optimizer import solve
from optimizer.search.branch_and_dive import BranchAndDive
from optimizer.search.lexicographic import Lexicographic
from optimizer.search.repair import Repair
from optimizer.solver.highs import HighsProgram
from optimizer.solver.statuses import RunResult
from optimizer.solving.warm import WarmProblem
from tests.support.problems import a_problem
from tests.support.warm import CONFIG, DOCUMENT

ONLY_RISK = {"objectives": [{"metric": "risk_reduction"}]}


def broken(*_: object, **__: object) -> Any:
    raise SolverFailure("lost")


def test_numbers_beyond_what_the_solver_takes_are_an_outcome() -> None:
    problem = a_problem(
        members=[{"id": "a", "resources": {"money": 1e300}}],
        activities=[{"id": "x", "needs": {"money": 1e-200}, "effect": {"type": "linear", "per_level": 1e200}}],
        theatres=[{"id": "iraq", "risk": 10, "weight": 1e200}],
    )
    outcome = solve(problem)
    assert isinstance(outcome, SolverError)
    assert "malformed arrays" in outcome.reason


def test_a_plan_that_was_found_survives_a_later_failure(monkeypatch: pytest.MonkeyPatch) -> None:
    problem = Problem.model_validate(generate("M", 2) | ONLY_RISK)
    monkeypatch.setattr(BranchAndDive, "solve_whole", broken)
    outcome = solve(problem, Config(solver=SolverConfig(mip_gap=0.0005, time_limit_s=60)))
    assert isinstance(outcome, Stopped)
    assert outcome.stopped_by == "solver_failure"
    assert outcome.reason == "the solver failed after this plan was found"
    assert outcome.check.passed


def test_a_failure_before_any_plan_is_a_solver_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(HighsProgram, "run", broken)
    outcome = solve(a_problem())
    assert isinstance(outcome, SolverError)
    assert outcome.reason == "lost"


def test_a_better_plan_whose_amounts_cannot_be_recomputed_is_dropped(monkeypatch: pytest.MonkeyPatch) -> None:
    """The search of the cost gives a plan without any contribution, which the first objective does not allow."""

    def nothing_runs(self: Lexicographic, *_: object) -> RunResult:
        values = np.zeros(len(self.program.lower))
        return RunResult(termination="optimal", values=values, objective=0.0, bound=0.0, nodes=0)

    problem, config = read_problem(DOCUMENT), Config(solver=SolverConfig(mip_gap=0.0))
    expected = solve(problem, config).objectives[0].value
    monkeypatch.setattr(Lexicographic, "_search", nothing_runs)
    outcome = solve(problem, config)
    assert expected > 0
    assert outcome.objectives[0].value == pytest.approx(expected)
    assert outcome.check is not None
    assert outcome.check.passed


def test_garbage_is_collected_while_the_caller_has_an_answer() -> None:
    regret = {**DOCUMENT, "criterion": {"type": "regret"}, "objectives": [{"metric": "max_regret"}]}
    for document in (DOCUMENT, regret):
        problem = read_problem(document)
        answers = WarmProblem(problem).answers(problem, Config(), should_stop=lambda: True)
        assert next(answers).stage
        assert gc.isenabled()


def test_nothing_is_prepared_after_an_answer_without_a_plan(monkeypatch: pytest.MonkeyPatch) -> None:
    warm, problem = WarmProblem(read_problem(DOCUMENT), CONFIG), read_problem(DOCUMENT)
    tuple(warm.answers(problem, CONFIG))
    out_of_reach = {**DOCUMENT, "policy": {"min_coverage": [{"theatre": "iraq", "share": 1.0}]}}
    run, runs = HighsProgram.run, list[HighsProgram]()

    def counted(self: HighsProgram, **limits: Any) -> Any:
        runs.append(self)
        return run(self, **limits)

    monkeypatch.setattr(HighsProgram, "run", counted)
    (answer,) = warm.answers(read_problem(out_of_reach), CONFIG)
    assert answer.outcome.status == "infeasible"
    assert len(runs) == 1


def test_no_bound_that_is_reported_is_beaten_by_a_later_plan(monkeypatch: pytest.MonkeyPatch) -> None:
    """Bounds of programs with fixed integers are not the problem's: none is reported while few theatres are free."""
    document = generate("M", 2) | ONLY_RISK
    config = Config(solver=SolverConfig(mip_gap=0.0005, time_limit_s=8))
    warm = WarmProblem(Problem.model_validate(document), config)
    tuple(warm.answers(warm.problem, config))
    for member in document["members"][:6]:
        member["resources"] = {
            r: [1.4 * x for x in amount] if isinstance(amount, list) else 1.4 * amount
            for r, amount in member["resources"].items()
        }
    near, reported = Repair.near, list[Progress]()
    during: list[int] = []

    def counted(self: Repair, *arguments: Any, **options: Any) -> Any:
        before = len(reported)
        answer = near(self, *arguments, **options)
        during.append(len(reported) - before)
        return answer

    monkeypatch.setattr(Repair, "near", counted)
    *_, last = warm.answers(Problem.model_validate(document), config, on_progress=reported.append)
    value = last.outcome.objectives[0].value
    assert during
    assert not any(during)
    assert all(one.bound is None or one.bound >= value - 1e-6 * abs(value) for one in reported)
