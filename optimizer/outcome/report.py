"""The outcome of a solve: extracts the plan, checks it, and states status, bounds, warnings and timing.

The check shares no code with the formulation. A plan that fails it is never reported.
"""

from dataclasses import dataclass
from functools import cached_property
from time import perf_counter
from typing import Any

from models.config import Config
from models.digest import problem_digest
from models.explanation import Explanation, Infeasibility
from models.outcome import (
    Infeasible,
    NoPlanInLimit,
    Outcome,
    ProgramSize,
    Solved,
    SolverError,
    Stopped,
    StoppedBy,
    Timing,
    Unbounded,
)
from models.problem.problem import Problem
from optimizer.arrays.array_types import Floats
from optimizer.arrays.compiled import WrittenProgram
from optimizer.arrays.priorities import Priority
from optimizer.check.check import check
from optimizer.diagnostics.warnings import assumptions, warnings
from optimizer.outcome.extract import extract
from optimizer.outcome.objective_results import objective_results
from optimizer.outcome.versions import VERSIONS
from optimizer.search.results import SearchResult
from optimizer.search.time_budget import FIRST_SHARE
from optimizer.solver.statuses import Termination

REASONS: dict[Termination, str] = {
    "limit": "the time limit was reached before the gap closed",
    "first_share": f"the first objective used up its share of the time limit ({FIRST_SHARE:.0%}) before the gap closed",
    "share": "a later objective used up its share of the time (ten times that of the first, at least one second)",
    "stalled": "no better plan was found for {stall_limit_s:g} s (stall_limit_s) before the gap closed",
    "stopped": "the caller stopped the solve before the gap closed",
    "tolerance": "the solver ended within its tolerances, which leave this gap open",
    "failed": "the solver failed after this plan was found",
}
STOPPED_BY: dict[Termination, StoppedBy] = {
    "share": "later_share",
    "stalled": "stall_limit_s",
    "stopped": "caller",
    "limit": "time_limit_s",
    "first_share": "time_limit_s",
    "tolerance": "solver_tolerance",
    "failed": "solver_failure",
}

NOTHING: dict[str, Any] = {"objectives": (), "sums": (), "plan": None, "check": None, "explanation": None}
"""The fields of a plan, in an outcome without one."""


@dataclass(frozen=True, kw_only=True)
class Report:
    """The parts of a solve that all its outcomes share; warnings, assumptions and size are computed once."""

    submitted: Problem
    """The problem before the overrides of the configuration; the digest identifies it."""
    problem: Problem
    """The problem that was solved, with the overrides."""
    config: Config
    built: WrittenProgram

    def outcome(
        self,
        finished: SearchResult,
        solve_s: float,
        *,
        unfinished: str | None = None,
        search_warnings: tuple[str, ...] = (),
    ) -> Outcome:
        """The outcome of a solve that ended.

        Args:
            finished: The result of the search.
            solve_s: Solver time, seconds.
            unfinished: If a later answer may improve on this one: why the gap is open or a plan is missing.
            search_warnings: Warnings about how the plan was found.
        """
        if finished.values is None:
            return self._without_plan(finished, solve_s, unfinished)
        began = perf_counter()
        aims = {aim.objective.metric for result in finished.priorities for aim in result.priority.objectives}
        plan, achieved = extract(
            self.built.scenarios, self.built.compiled.columns, finished.values, self.config.relax, aims
        )
        results = objective_results(finished.priorities, finished.values, self.config.solver, achieved)
        report = check(self.problem, plan, relax=self.config.relax, objectives=results.objectives)
        common = self._common(solve_s, perf_counter() - began) | {"warnings": (*self._warnings, *search_warnings)}
        if not report.passed:
            worst = max(report.violations, key=lambda violation: violation.amount)
            return self._solver_error(common, f"the plan failed the independent check: {worst.sentence}")
        common |= {
            "objectives": results.objectives,
            "sums": results.sums,
            "found_by": finished.found_by,
            "plan": plan,
            "check": report,
            "explanation": Explanation(binding=(), blockers=()),
            "infeasibility": None,
        }
        # With the integers of an earlier objective fixed, a result depends on when time ran out: never "optimal".
        proven = all(objective.optimal and objective.scope == "full" for objective in results.objectives)
        if finished.termination == "optimal" and proven:
            return Solved(status="optimal", **common)
        reason, by = self._why_stopped(finished, unfinished)
        return Stopped(status="feasible", reason=reason, stopped_by=by, **common)

    def is_sound(self, values: Floats) -> bool:
        """Whether the plan in a solution passes the independent check."""
        plan, _ = extract(self.built.scenarios, self.built.compiled.columns, values, self.config.relax)
        return check(self.problem, plan, relax=self.config.relax).passed

    def value(self, priority: Priority, values: Floats) -> float:
        """The minimised sum of a priority, recomputed from the decisions in a solution."""
        aims = {one.objective.metric for one in priority.objectives}
        _, achieved = extract(self.built.scenarios, self.built.compiled.columns, values, self.config.relax, aims)
        if priority.is_refinement or not aims <= achieved.keys():
            return priority.value(values)
        return sum(priority.weight(one) * one.sign * achieved[one.objective.metric] for one in priority.objectives)

    def solver_error(self, reason: str, solve_s: float) -> Outcome:
        """The outcome of a solve that ended in a solver failure."""
        return self._solver_error(self._common(solve_s, 0.0), reason)

    def _without_plan(self, finished: SearchResult, solve_s: float, unfinished: str | None) -> Outcome:
        common = self._common(solve_s, 0.0) | NOTHING
        if finished.termination == "infeasible":
            method = "contradiction of rows" if finished.is_refuted else "the solver's search"
            why = Infeasibility(proven=finished.is_refuted, conflict=(), relaxations=(), method=method)
            return Infeasible(status="infeasible", infeasibility=why, **common)
        if finished.termination == "unbounded":
            return Unbounded(status="unbounded", infeasibility=None, ray=(), **common)
        if finished.termination == "failed":
            return self._solver_error(common, "the solver contradicted itself before it found a plan")
        reason, by = self._why_stopped(finished, unfinished)
        return self.no_plan(reason.replace("the gap closed", "a plan was found"), by, solve_s)

    def no_plan(self, reason: str, by: StoppedBy, solve_s: float) -> Outcome:
        """The outcome of a solve that stopped without a plan."""
        common = self._common(solve_s, 0.0) | NOTHING
        return NoPlanInLimit(status="no_plan_in_limit", infeasibility=None, reason=reason, stopped_by=by, **common)

    def _why_stopped(self, finished: SearchResult, unfinished: str | None) -> tuple[str, StoppedBy]:
        """Why the gap is open or a plan is missing, in words and as `stopped_by`."""
        if unfinished is not None:
            return unfinished, "not_last"
        ending = finished.later if finished.termination == "optimal" else finished.termination
        if ending == "optimal":
            ending = "tolerance"
        reason = REASONS.get(ending, REASONS["failed"]).format(stall_limit_s=self.config.solver.stall_limit_s or 0)
        if finished.termination == "optimal":
            reason = reason.replace("the gap closed", "the gap of a later objective closed")
        return reason, STOPPED_BY.get(ending, "solver_failure")

    def _solver_error(self, common: dict[str, Any], reason: str) -> Outcome:
        return SolverError(status="solver_error", reason=reason, **{**common, **NOTHING, "infeasibility": None})

    def _common(self, solve_s: float, check_s: float) -> dict[str, Any]:
        return {
            "schema_": "concord.outcome/1",
            "problem_digest": problem_digest(self.submitted),
            "versions": VERSIONS,
            "config": self.config,
            "program": self._size,
            "warnings": self._warnings,
            "assumptions": self._assumptions,
            "timing": Timing(
                formulate_s=self.built.formulate_s, compile_s=self.built.compile_s, solve_s=solve_s, check_s=check_s
            ),
        }

    @cached_property
    def _warnings(self) -> tuple[str, ...]:
        changed = {scenario.id: scenario.problem for scenario in self.built.scenarios}
        return warnings(self.problem, self.config.relax, [changed[scenario.id] for scenario in self.problem.scenarios])

    @cached_property
    def _assumptions(self) -> tuple[str, ...]:
        return assumptions(self.problem)

    @cached_property
    def _size(self) -> ProgramSize:
        compiled = self.built.compiled
        rows, columns = compiled.matrix.shape
        integers = int(compiled.integer.sum())
        return ProgramSize(columns=columns, rows=rows, nonzeros=compiled.matrix.nnz, integers=integers)
