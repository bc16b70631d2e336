"""Running a program in HiGHS, with its integers free, relaxed or held: how a run ends, how it is told to stop.

What costs hours to find out: the time limit of a linear program counts from the first run of an object, that of an
integer program from each.
"""

from collections.abc import Callable
from typing import Any, Literal

import highspy
import numpy as np

from models.errors import SolverFailure
from optimizer.arrays.compiled import Floats, Integers
from optimizer.solver.callbacks import ENDINGS, Answer, Moment, listening
from optimizer.solver.highs import DUAL, InSolver, checked

HELD_TOLERANCE = 1e-9
"""Feasibility of the linear program with integers held: its amounts are what a plan reports, so none may be -2e-8."""
FREE_TOLERANCE = 1e-7
"""HiGHS's default, for everything else."""

Method = Literal["simplex", "interior_point"]
METHODS: dict[Method, str] = {"simplex": "choose", "interior_point": "ipx"}
"""Interior point goes over to a basis at the end, so that simplex can go on from there."""

FEASIBLE = int(highspy.SolutionStatus.kSolutionStatusFeasible)


class Engine(InSolver):
    """A program that is run."""

    def fix_integers(self, values: Floats) -> None:
        """Hold every integer column at its value, rounded, and treat it as continuous: what remains is linear."""
        columns = self.integer_columns
        held = np.round(values[columns])
        self._bounds(columns, held, held)
        self._integrality(columns, highspy.HighsVarType.kContinuous)
        self._set("primal_feasibility_tolerance", HELD_TOLERANCE)

    def relax_integers(self) -> None:
        """Treat the integer columns as continuous: what is left is the relaxation."""
        self._set("simplex_strategy", DUAL)
        self._integrality(self.integer_columns, highspy.HighsVarType.kContinuous)

    def bound_integers(self, lower: Floats, upper: Floats) -> None:
        """Keep the integer columns between bounds, relaxed or not."""
        self._bounds(self.integer_columns, lower, upper)
        self._set("simplex_strategy", DUAL)

    def free_integers(self) -> None:
        """Give the integer columns back their bounds and their integrality."""
        columns = self.integer_columns
        self._bounds(columns, self.lower[columns], self.upper[columns])
        self._integrality(columns, highspy.HighsVarType.kInteger)
        self._set("primal_feasibility_tolerance", FREE_TOLERANCE)
        self._set("simplex_strategy", DUAL)

    def start_from(self, values: Floats) -> None:
        """Offer a plan to start from; the solver takes it if it is feasible."""
        solution = highspy.HighsSolution()
        solution.col_value = values.tolist()
        checked(self._highs.setSolution(solution), "offering a plan")

    def run(  # noqa: PLR0913  (limits, and whom to tell)
        self,
        *,
        time_limit_s: float,
        target: float = -np.inf,
        method: Method = "simplex",
        is_read: bool = True,
        on_moment: Callable[[Moment], None] | None = None,
        should_stop: Callable[[], bool] | None = None,
    ) -> Answer:
        """Minimise, for at most `time_limit_s` seconds or until a plan reaches `target`.

        `method` is for the first linear program, if it starts from nothing. Where the plan is not `is_read` it can be
        by `plan`: that takes longer than many a run. Where a stop is asked for already it does not begin: presolving
        asks nobody. Raises `SolverFailure` if the solver breaks.
        """
        if should_stop is not None and should_stop():
            return Answer(ending="stopped", values=None, objective=None, bound=-np.inf, nodes=0)
        self._at = None
        self._set("objective_target", target)
        self._set("mip_lp_solver" if self._has_integers() else "solver", METHODS[method])
        # For linear programs HiGHS counts from the first run of an object, for integer programs from this one.
        used_s = 0.0 if self._has_integers() else self._highs.getRunTime()
        self._set("time_limit", used_s + max(time_limit_s, 0.0))
        with listening(self._highs, on_moment, should_stop):
            checked(self._highs.run(), "solving")
        return self._answer(is_read=is_read)

    @property
    def plan(self) -> Floats:
        """Where the last run ended."""
        return np.array(self._highs.getSolution().col_value)

    @property
    def refutation(self) -> Floats | None:
        """After a linear run that is infeasible: what to multiply rows by so that their sum contradicts itself.

        A row counts with its upper side where that is positive and with its lower side where it is negative, or the
        other way round. None where the solver knows none: presolving found it out.
        """
        _, is_known, multipliers = self._highs.getDualRay()
        return np.array(multipliers) if is_known else None

    def _answer(self, *, is_read: bool) -> Answer:
        status = self._highs.getModelStatus()
        if status == highspy.HighsModelStatus.kUnboundedOrInfeasible:
            return self._tell_apart(is_read=is_read)
        if status.name not in ENDINGS:
            message = f"the solver ended with {self._highs.modelStatusToString(status)!r}"
            raise SolverFailure(message)
        info = self._highs.getInfo()
        has_plan = info.primal_solution_status == FEASIBLE
        ending = ENDINGS[status.name]
        is_linear = not self._has_integers()
        objective = float(info.objective_function_value) if has_plan else None
        bound = -np.inf if is_linear else float(info.mip_dual_bound)
        if is_linear and ending == "optimal" and objective is not None:
            bound = objective
        return Answer(
            ending=ending,
            values=self.plan if has_plan and is_read else None,
            objective=objective,
            bound=bound,
            nodes=max(int(info.mip_node_count), 0),
        )

    def _tell_apart(self, *, is_read: bool) -> Answer:
        """Presolve may prove "unbounded or infeasible"; without it the solver says which."""
        self._set("presolve", "off")
        checked(self._highs.run(), "solving")
        self._set("presolve", "choose")
        if self._highs.getModelStatus() == highspy.HighsModelStatus.kUnboundedOrInfeasible:
            message = "the solver cannot tell whether the program is infeasible or unbounded"
            raise SolverFailure(message)
        return self._answer(is_read=is_read)

    def _has_integers(self) -> bool:
        return self.integer_columns.size > 0 and not self._held

    def _integrality(self, columns: Integers, kind: Any) -> None:  # noqa: ANN401
        if self._is_linear:
            return
        kinds = np.full(len(columns), int(kind), dtype=np.uint8)
        checked(self._highs.changeColsIntegrality(len(columns), columns, kinds), "changing integrality")
        self._held = kind == highspy.HighsVarType.kContinuous
