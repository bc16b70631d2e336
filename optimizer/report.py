"""From the end of a solve to an outcome.

The plan is extracted, checked by code that shares nothing with the formulation, and only then called what it is.
"""

from dataclasses import dataclass
from functools import cached_property
from time import perf_counter
from typing import Any

from models.config import Config
from models.digest import problem_digest
from models.outcome import (
    Explanation,
    Infeasibility,
    Infeasible,
    NoPlanInLimit,
    Outcome,
    ProgramSize,
    Solved,
    SolverError,
    Stopped,
    Timing,
    Unbounded,
)
from models.problem.problem import Problem
from optimizer.check.check import check
from optimizer.compile import Compiled
from optimizer.extract import extract
from optimizer.future import Future
from optimizer.levels import objective_results
from optimizer.lexicographic import Finished
from optimizer.remarks import assumptions, warnings
from optimizer.versions import VERSIONS

REASONS = {
    "limit": "the time limit was reached before the gap closed",
    "stopped": "the caller stopped the solve before the gap closed",
    "optimal": "the time limit was reached before the gap of a later objective closed",
}


@dataclass(frozen=True, kw_only=True)
class Report:
    """What is known of a solve before its ending is."""

    submitted: Problem
    """The problem before the overrides of the configuration: what its digest identifies."""
    problem: Problem
    config: Config
    futures: tuple[Future, ...]
    compiled: Compiled
    formulate_s: float
    compile_s: float
    unfinished: str | None = None
    """Why a gap is open or a plan missing, where the answer is not the last: more was not tried yet."""
    remarks: tuple[str, ...] = ()
    """What a reader should know of how the plan was found."""

    def outcome(self, finished: Finished, solve_s: float) -> Outcome:
        """The outcome of a solve that ended."""
        if finished.values is None:
            return self._without_plan(finished, solve_s)
        began = perf_counter()
        plan, achieved = extract(self.futures, self.compiled, finished.values, self.config.relax)
        objectives = objective_results(finished.levels, finished.values, self.config.solver, achieved)
        verdict = check(self.problem, plan, relax=self.config.relax, objectives=objectives)
        common = {**self._common(solve_s, perf_counter() - began)}
        if not verdict.passed:
            worst = max(verdict.violations, key=lambda violation: violation.amount)
            return self._broken(common, f"the plan failed the independent check: {worst.sentence}")
        common |= {
            "objectives": objectives,
            "plan": plan,
            "check": verdict,
            "explanation": Explanation(binding=(), blockers=()),
            "infeasibility": None,
        }
        # What only holds with the choices of earlier objectives held depends on when time ran out: never "optimal".
        proven = all(objective.optimal and objective.scope == "full" for objective in objectives)
        if finished.ending == "optimal" and proven:
            return Solved(status="optimal", **common)
        return Stopped(status="feasible", reason=self.unfinished or REASONS[finished.ending], **common)

    def broken(self, reason: str, solve_s: float) -> Outcome:
        """The outcome of a solve that the solver did not survive."""
        return self._broken(self._common(solve_s, 0.0), reason)

    def _without_plan(self, finished: Finished, solve_s: float) -> Outcome:
        common = self._common(solve_s, 0.0) | {"objectives": (), "plan": None, "check": None, "explanation": None}
        if finished.ending == "infeasible":
            why = Infeasibility(conflict=(), relaxations=(), method="proven by the solver; not yet explained")
            return Infeasible(status="infeasible", infeasibility=why, **common)
        if finished.ending == "unbounded":
            return Unbounded(status="unbounded", infeasibility=None, ray=(), **common)
        reason = self.unfinished or REASONS[finished.ending].replace("the gap closed", "a plan was found")
        return NoPlanInLimit(status="no_plan_in_limit", infeasibility=None, reason=reason, **common)

    def _broken(self, common: dict[str, Any], reason: str) -> Outcome:
        nothing = {"objectives": (), "plan": None, "check": None, "explanation": None, "infeasibility": None}
        return SolverError(status="solver_error", reason=reason, **{**common, **nothing})

    def _common(self, solve_s: float, check_s: float) -> dict[str, Any]:
        return {
            "schema_": "concord.outcome/1",
            "problem_digest": problem_digest(self.submitted),
            "versions": VERSIONS,
            "config": self.config,
            "program": self._size,
            "warnings": (*self._warnings, *self.remarks),
            "assumptions": assumptions(self.problem),
            "timing": Timing(formulate_s=self.formulate_s, compile_s=self.compile_s, solve_s=solve_s, check_s=check_s),
        }

    @property
    def _warnings(self) -> tuple[str, ...]:
        return warnings(self.problem, self.config.relax, [future.problem for future in self.futures])

    @cached_property
    def _size(self) -> ProgramSize:
        rows, columns = self.compiled.matrix.shape
        return ProgramSize(
            columns=columns, rows=rows, nonzeros=self.compiled.matrix.nnz, integers=int(self.compiled.integer.sum())
        )
