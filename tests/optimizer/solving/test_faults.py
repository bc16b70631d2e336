"""A fault of the solver at every run of a solve: never a false proof, never a crash, and the true reason.

Every run of a solve breaks once, ends at a limit, falsely says "infeasible", or is the one at which the caller stops.
The optimum is known. A plan that was found stays.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pytest

from models.config import Config, SolverConfig
from models.errors import SolverFailure
from models.outcome import NoPlanInLimit, Outcome, Progress, Solved, SolverError, Stopped, StoppedBy
from models.reading import read_problem
from optimizer import solve
from optimizer.search import stages
from optimizer.solver.highs import HighsProgram
from optimizer.solver.statuses import RunResult
from optimizer.solving.warm import WarmProblem
from tests.support.broken_solver import FAULTS, BrokenSolver, Fault, broken_solver, take_every_stage
from tests.support.warm import DOCUMENT

Document = dict[str, Any]
CONFIG = Config(solver=SolverConfig(mip_gap=1e-6, time_limit_s=60))
SLACK = 2e-5
"""Relative, and absolute: values and bounds of two answers, each within the tolerances."""

REASONS: dict[Fault, set[StoppedBy]] = {
    "breaks": {"solver_failure"},
    "breaks twice": {"solver_failure"},
    "infeasible": {"solver_failure"},
    "limit": {"time_limit_s", "later_share"},
    "caller": {"caller"},
}

BURDENS: Document = {
    **DOCUMENT,
    "burden_sharing": {"type": "lexicographic_minimax"},
    "objectives": [{"metric": "risk_reduction"}, {"metric": "max_burden"}, {"metric": "cost"}],
}
TWO: Document = {**DOCUMENT, "objectives": [{"metric": "risk_reduction"}, {"metric": "cost"}]}
FUTURES: Document = {**DOCUMENT, "criterion": {"type": "expected", "recourse": True}}
REGRET: Document = {**DOCUMENT, "criterion": {"type": "regret"}, "objectives": [{"metric": "max_regret"}]}


def more_money(document: Document) -> Document:
    """The document after a change, for which the plan before is a start."""
    first, *others = document["members"]
    return {**document, "members": [{**first, "resources": {"money": 9}}, *others]}


def less_money(document: Document) -> Document:
    """The document after a change that the plan before does not survive as it is."""
    first, *others = document["members"]
    return {**document, "members": [{**first, "resources": {"money": 1}}, *others]}


@dataclass(frozen=True, kw_only=True)
class Case:
    """A document, whether it is answered from the plan of another one, and whether every stage is taken."""

    document: Document
    before: Document | None = None
    in_stages: bool = False


CASES = {
    "cold": Case(document=BURDENS),
    "cold, in stages": Case(document=BURDENS, in_stages=True),
    "cold, futures in stages": Case(document=FUTURES, in_stages=True),
    "cold, regret": Case(document=REGRET),
    "warm, more money": Case(document=more_money(TWO), before=TWO),
    "warm, more money, in stages": Case(document=more_money(TWO), before=TWO, in_stages=True),
    "warm, less money, in stages": Case(document=less_money(FUTURES), before=FUTURES, in_stages=True),
}


@dataclass(frozen=True, kw_only=True)
class Told:
    """All that a solve said: its answers, its progress, and whether it gave up a warm start."""

    outcomes: tuple[Outcome, ...]
    progress: tuple[Progress, ...]
    gave_up: bool


def told(case: Case, monkeypatch: pytest.MonkeyPatch, fault: Fault | None = None, at: int = -1) -> tuple[Told, int]:
    """Solve with a fault; returns what was said, and the number of runs."""
    if case.in_stages:
        take_every_stage(monkeypatch)
    warm = WarmProblem(read_problem(case.before or case.document), CONFIG)
    if case.before is not None:
        tuple(warm.answers(read_problem(case.before), CONFIG))
    broken, progress = broken_solver(monkeypatch, fault, at), list[Progress]()
    outcomes, gave_up = list[Outcome](), False
    try:
        for answer in answers(warm, case, broken, progress):
            outcomes.append(answer)
    except SolverFailure:
        gave_up = True
        outcomes.extend(answers(warm, case, broken, progress))
    return Told(outcomes=tuple(outcomes), progress=tuple(progress), gave_up=gave_up), broken.runs


def answers(warm: WarmProblem, case: Case, broken: BrokenSolver, progress: list[Progress]) -> Iterator[Outcome]:
    problem = read_problem(case.document)
    for answer in warm.answers(problem, CONFIG, on_progress=progress.append, should_stop=broken.should_stop):
        yield answer.outcome


@pytest.mark.parametrize("fault", FAULTS)
@pytest.mark.parametrize("name", CASES)
def test_a_fault_at_any_run_makes_no_false_proof_and_loses_no_plan(name: str, fault: Fault) -> None:
    case = CASES[name]
    with pytest.MonkeyPatch.context() as monkeypatch:
        sound, runs = told(case, monkeypatch)
    optimum = sound.outcomes[-1]
    assert isinstance(optimum, Solved)
    assert runs > 3
    for at in range(runs):
        with pytest.MonkeyPatch.context() as monkeypatch:
            said, _ = told(case, monkeypatch, fault, at)
        assert_true(said, optimum, fault, at, is_warm=case.before is not None)


def assert_true(said: Told, optimum: Solved, fault: Fault, at: int, *, is_warm: bool) -> None:
    last = said.outcomes[-1]
    assert is_warm or not said.gave_up, f"run {at}: a cold solve crashed"
    for outcome in said.outcomes:
        assert outcome.status != "infeasible", f"run {at}: called infeasible"
        assert_no_bound_is_beaten(outcome, optimum, at)
    assert_reason(last, fault, at)
    assert_plan_is_kept(said, optimum, at)


def assert_no_bound_is_beaten(outcome: Outcome, optimum: Solved, at: int) -> None:
    """The known plan beats no bound; a bound counts as long as the known plan keeps the objectives before it."""
    for mine, best in zip(outcome.objectives, optimum.objectives, strict=False):
        sign = -1.0 if best.metric in ("cost", "max_burden", "max_regret") else 1.0
        slack = SLACK * (1 + abs(best.value))
        if outcome.status == "optimal":
            assert mine.value == pytest.approx(best.value, rel=SLACK, abs=SLACK), f"run {at}: {mine}, {best}"
        for bound in (mine.bound, mine.proven):
            assert bound is None or sign * bound >= sign * best.value - slack, f"run {at}: {mine}, {best}"
        if sign * (mine.value - best.value) > slack:
            return


def assert_reason(outcome: Outcome, fault: Fault, at: int) -> None:
    """The reason is the fault, if it is not optimal all the same."""
    match outcome:
        case Stopped() | NoPlanInLimit():
            assert outcome.stopped_by in REASONS[fault], f"run {at}: {outcome.stopped_by}, {outcome.reason}"
        case SolverError():
            assert fault in ("breaks", "breaks twice", "infeasible"), f"run {at}: {outcome.reason}"
        case _:
            pass


def assert_plan_is_kept(said: Told, optimum: Solved, at: int) -> None:
    """The last plan is as good as any before it, by the first objective."""
    metric = optimum.objectives[0].metric
    found = [one.objectives[0].value for one in said.outcomes if one.objectives]
    heard = [one.incumbent for one in said.progress if one.metric == metric and one.incumbent is not None]
    if not found and not heard:
        return
    last = said.outcomes[-1]
    assert last.objectives, f"run {at}: {last.status} after a plan was found"
    sign = -1.0 if metric == "max_regret" else 1.0
    best = max(sign * one for one in (*found, *heard))
    assert sign * last.objectives[0].value >= best - SLACK * (1 + abs(best)), f"run {at}"


def test_a_plan_is_kept_if_its_confirmation_breaks(monkeypatch: pytest.MonkeyPatch) -> None:
    problem, run = read_problem(TWO), HighsProgram.run
    optimum = solve(problem, CONFIG).objectives[0].value

    def unconfirmed(self: HighsProgram, **limits: Any) -> RunResult:
        if limits.get("is_second_way"):
            raise SolverFailure("lost")
        return replace(run(self, **limits), nodes=0, has_cuts=False)

    monkeypatch.setattr(HighsProgram, "run", unconfirmed)
    monkeypatch.setattr(HighsProgram, "safe_bound", lambda _: -np.inf)  # or the relaxation shows the bound already
    outcome = solve(problem, CONFIG)
    assert isinstance(outcome, Stopped)
    assert outcome.stopped_by == "solver_failure"
    assert outcome.objectives[0].value == pytest.approx(optimum)
    assert not outcome.objectives[0].optimal


def test_a_relaxation_that_breaks_is_done_without(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object, **__: object) -> RunResult:
        raise SolverFailure("lost")

    monkeypatch.setattr(stages, "solve_relaxation", broken)
    outcome = solve(read_problem(TWO), CONFIG)
    assert outcome.status == "optimal"
