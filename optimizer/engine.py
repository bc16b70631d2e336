"""The one place that speaks to HiGHS: load arrays, change them, add a row, run, report progress, stop.

What costs hours to find out, and is guarded here: a malformed array makes the next run kill the process, so arrays are
validated before they are handed over; every returned status is checked; the time limit of a linear program counts from
the first run of an object, that of an integer program from each.
"""

from collections.abc import Callable
from typing import Any, Literal

import highspy
import numpy as np

from models.config import SolverConfig
from models.errors import SolverFailure
from optimizer.arrays import Arrays, Basis, KeptBasis, inner, validate
from optimizer.compile import Floats, Integers
from optimizer.difference import Difference
from optimizer.moments import Answer, Ending, Moment, listener_of

_ENDINGS: dict[Any, Ending] = {
    highspy.HighsModelStatus.kOptimal: "optimal",
    highspy.HighsModelStatus.kModelEmpty: "optimal",
    highspy.HighsModelStatus.kInfeasible: "infeasible",
    highspy.HighsModelStatus.kUnbounded: "unbounded",
    highspy.HighsModelStatus.kObjectiveTarget: "target",
    highspy.HighsModelStatus.kTimeLimit: "limit",
    highspy.HighsModelStatus.kIterationLimit: "limit",
    highspy.HighsModelStatus.kSolutionLimit: "limit",
    highspy.HighsModelStatus.kMemoryLimit: "limit",
    highspy.HighsModelStatus.kInterrupt: "stopped",
    highspy.HighsModelStatus.kHighsInterrupt: "stopped",  # type: ignore[attr-defined]  # its stubs lack this one
}
"""What each status of HiGHS means here. Those missing (errors, unknown, bounds nobody sets) are failures."""

_MARKS = [highspy.HighsBasisStatus(mark) for mark in range(4)]

HELD_TOLERANCE = 1e-9
"""Feasibility of the linear program with integers held: its amounts are what a plan reports, so none may be -2e-8."""
FREE_TOLERANCE = 1e-7
"""HiGHS's default, for everything else."""

Method = Literal["simplex", "interior_point"]
METHODS: dict[Method, str] = {"simplex": "choose", "interior_point": "ipx"}
"""Interior point goes over to a basis at the end, so that simplex can go on from there."""

DUAL, PRIMAL = 1, 4
"""HiGHS's `simplex_strategy`. Where only the objective changes, the last plan is feasible still: the primal simplex
goes on from it, and takes a tenth of the time on the cost of a held plan. Anywhere else it is five times slower."""

UNUSED = 1e-6
"""An integer column at or below this in the relaxation is not used by it: HiGHS's integrality tolerance."""

FEASIBLE = 2
"""HiGHS's `kSolutionStatusFeasible` for the primal solution."""


class Engine:
    """One loaded program; everything is minimised."""

    def __init__(self, arrays: Arrays, config: SolverConfig) -> None:
        """Load the arrays; raises `SolverFailure` if they are malformed."""
        validate(arrays)
        self.integer_columns: Integers = np.flatnonzero(arrays.integer).astype(np.int32)
        self.nonzeros = int(arrays.matrix.nnz)
        self.vertex: Basis | KeptBasis | None = None
        """Where the last relaxation ended."""
        self._lower, self._upper = arrays.column_lower, arrays.column_upper
        self._rows, self._columns = arrays.matrix.shape
        self._aim: tuple[Floats, float] = (np.zeros(self._columns), 0.0)
        self._highs = highspy.Highs()
        self._options(config)
        self._load(arrays)

    def _options(self, config: SolverConfig) -> None:
        # highspy keeps one scheduler for the whole process; another thread count needs a new one.
        self._highs.resetGlobalScheduler(True)  # noqa: FBT003
        for name, value in {
            "output_flag": True,
            "log_to_console": False,
            "random_seed": config.seed,
            "threads": config.threads,
            "mip_rel_gap": config.mip_gap,
        }.items():
            self._set(name, value)

    def _set(self, option: str, value: bool | float | str) -> None:  # noqa: FBT001
        _checked(self._highs.setOptionValue(option, value), f"setting {option}")

    def _load(self, arrays: Arrays) -> None:
        matrix = arrays.matrix
        status = self._highs.passModel(
            self._columns,
            self._rows,
            matrix.nnz,
            int(highspy.MatrixFormat.kColwise),
            int(highspy.ObjSense.kMinimize),
            0.0,
            np.zeros(self._columns),
            arrays.column_lower,
            arrays.column_upper,
            arrays.row_lower,
            arrays.row_upper,
            matrix.indptr.astype(np.int32),
            matrix.indices.astype(np.int32),
            matrix.data.astype(np.float64),
            arrays.integer.astype(np.int32),
        )
        _checked(status, "loading the program")

    def push(self, difference: Difference, arrays: Arrays) -> None:
        """Make the loaded program `arrays`, which has the same rows and columns and differs by `difference`."""
        validate(arrays)
        self._lower, self._upper = arrays.column_lower, arrays.column_upper
        columns, rows = difference.columns, difference.rows
        self._bounds(columns.number, columns.lower, columns.upper)
        status = self._highs.changeRowsBounds(len(rows.number), rows.number, rows.lower, rows.upper)
        _checked(status, "changing the sides of rows")
        for row, column, value in difference.entries:
            _checked(self._highs.changeCoeff(row, column, value), "changing a coefficient")

    def keep_vertex(self) -> None:
        """Keep where the linear run ended."""
        is_whole, kept = self._highs.getNumRow() == self._rows, self._highs.getBasis()
        kept.alien = True  # it may be singular once coefficients are others: the solver is to look
        self.vertex = KeptBasis(kept=kept, height=self._rows, is_whole=is_whole, lower=self._lower, upper=self._upper)

    def start_at(self, vertex: Basis | KeptBasis) -> None:
        """Start the next run from where a relaxation ended: a plan still once objectives are held, if not the best."""
        held = self._highs.getNumRow() - self._rows
        _checked(self._highs.setBasis(self._fitting(vertex, held)), "starting from a basis")
        self._set("simplex_strategy", PRIMAL if held else DUAL)

    def _fitting(self, vertex: Basis | KeptBasis, held: int) -> Any:  # noqa: ANN401
        if isinstance(vertex, KeptBasis) and not held and vertex.is_at_home(self._lower, self._upper):
            return vertex.kept
        fitting, start = vertex.marks.fitting(self._lower, self._upper), highspy.HighsBasis()
        start.col_status = [_MARKS[mark] for mark in fitting.columns.tolist()]
        start.row_status = [_MARKS[mark] for mark in fitting.rows.tolist()] + [highspy.HighsBasisStatus.kBasic] * held
        start.valid = start.alien = True
        return start

    def minimise(self, vector: Floats, constant: float) -> None:
        """Set what is minimised: vector @ columns + constant."""
        self._aim = vector, constant
        columns = np.arange(self._columns, dtype=np.int32)
        _checked(self._highs.changeColsCost(self._columns, columns, vector), "changing the objective")
        _checked(self._highs.changeObjectiveOffset(constant), "changing the objective")

    def value(self, values: Floats) -> float:
        """What is minimised, of a plan."""
        vector, constant = self._aim
        return inner(vector, values) + constant

    def least(self, vector: Floats, constant: float) -> float:
        """What vector @ columns + constant cannot fall below, by the bounds of the columns alone."""
        used = np.flatnonzero(vector)
        reached = vector[used] * np.where(vector[used] > 0, self._lower[used], self._upper[used])
        return float(reached.sum()) + constant

    def hold(self, vector: Floats, at_most: float) -> None:
        """Add the row vector @ columns <= at_most."""
        columns = np.flatnonzero(vector).astype(np.int32)
        status = self._highs.addRow(-np.inf, at_most, len(columns), columns, vector[columns])
        _checked(status, "holding an objective")
        self._set("simplex_strategy", PRIMAL)

    def start_afresh(self) -> None:
        """Forget where the last run ended: the next one presolves, which is quicker where that is far away."""
        _checked(self._highs.clearSolver(), "starting afresh")

    def let_go(self) -> None:
        """Drop the rows that hold objectives."""
        held = np.arange(self._rows, self._highs.getNumRow(), dtype=np.int32)
        if held.size:
            _checked(self._highs.deleteRows(len(held), held), "letting an objective go")

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

    def bounds_near(self, values: Floats) -> tuple[Floats, Floats]:
        """Bounds of the integer columns that close each one which is zero in `values`: a small program is left."""
        columns = self.integer_columns
        lower, upper = self._lower[columns], self._upper[columns]
        return lower, np.where(values[columns] <= UNUSED, np.maximum(lower, 0.0), upper)

    def bound_integers(self, lower: Floats, upper: Floats) -> None:
        """Keep the integer columns between bounds, relaxed or not."""
        self._bounds(self.integer_columns, lower, upper)
        self._set("simplex_strategy", DUAL)

    def free_integers(self) -> None:
        """Give the integer columns back their bounds and their integrality."""
        columns = self.integer_columns
        self._bounds(columns, self._lower[columns], self._upper[columns])
        self._integrality(columns, highspy.HighsVarType.kInteger)
        self._set("primal_feasibility_tolerance", FREE_TOLERANCE)
        self._set("simplex_strategy", DUAL)

    def start_from(self, values: Floats) -> None:
        """Offer a plan to start from; the solver takes it if it is feasible."""
        solution = highspy.HighsSolution()
        solution.col_value = values.tolist()
        _checked(self._highs.setSolution(solution), "offering a plan")

    def run(
        self,
        *,
        time_limit_s: float,
        target: float = -np.inf,
        method: Method = "simplex",
        on_moment: Callable[[Moment], None] | None = None,
        should_stop: Callable[[], bool] | None = None,
    ) -> Answer:
        """Minimise, for at most `time_limit_s` seconds or until a plan reaches `target`.

        `method` is for the first linear program, if it starts from nothing. Where a stop is asked for already it does
        not begin: presolving asks nobody. Raises `SolverFailure` if the solver breaks.
        """
        if should_stop is not None and should_stop():
            return Answer(ending="stopped", values=None, objective=None, bound=-np.inf, nodes=0)
        self._set("objective_target", target)
        self._set("mip_lp_solver" if self._has_integers() else "solver", METHODS[method])
        # For linear programs HiGHS counts from the first run of an object, for integer programs from this one.
        used_s = 0.0 if self._has_integers() else self._highs.getRunTime()
        self._set("time_limit", used_s + max(time_limit_s, 0.0))
        listener = listener_of(on_moment, should_stop)
        signals = (self._highs.cbMipInterrupt, self._highs.cbSimplexInterrupt, self._highs.cbIpmInterrupt)
        for signal in signals:
            signal.subscribe(listener)
        try:
            _checked(self._highs.run(), "solving")
        finally:
            for signal in signals:
                signal.unsubscribe(listener)
        return self._answer()

    def _answer(self) -> Answer:
        status = self._highs.getModelStatus()
        if status == highspy.HighsModelStatus.kUnboundedOrInfeasible:
            return self._tell_apart()
        if status not in _ENDINGS:
            message = f"the solver ended with {self._highs.modelStatusToString(status)!r}"
            raise SolverFailure(message)
        info = self._highs.getInfo()
        has_plan = info.primal_solution_status == FEASIBLE
        ending = _ENDINGS[status]
        is_linear = not self._has_integers()
        objective = float(info.objective_function_value) if has_plan else None
        bound = -np.inf if is_linear else float(info.mip_dual_bound)
        if is_linear and ending == "optimal" and objective is not None:
            bound = objective
        return Answer(
            ending=ending,
            values=np.array(self._highs.getSolution().col_value) if has_plan else None,
            objective=objective,
            bound=bound,
            nodes=max(int(info.mip_node_count), 0),
        )

    def _tell_apart(self) -> Answer:
        """Presolve may prove "unbounded or infeasible"; without it the solver says which."""
        self._set("presolve", "off")
        _checked(self._highs.run(), "solving")
        self._set("presolve", "choose")
        if self._highs.getModelStatus() == highspy.HighsModelStatus.kUnboundedOrInfeasible:
            message = "the solver cannot tell whether the program is infeasible or unbounded"
            raise SolverFailure(message)
        return self._answer()

    def _has_integers(self) -> bool:
        return self.integer_columns.size > 0 and not self._held

    _held = False

    def _bounds(self, columns: Integers, lower: Floats, upper: Floats) -> None:
        _checked(self._highs.changeColsBounds(len(columns), columns, lower, upper), "changing bounds")

    def _integrality(self, columns: Integers, kind: Any) -> None:  # noqa: ANN401
        kinds = np.full(len(columns), int(kind), dtype=np.uint8)
        _checked(self._highs.changeColsIntegrality(len(columns), columns, kinds), "changing integrality")
        self._held = kind == highspy.HighsVarType.kContinuous


def _checked(status: Any, step: str) -> None:  # noqa: ANN401
    if status == highspy.HighsStatus.kError:
        message = f"the solver refused {step}"
        raise SolverFailure(message)
