"""A program in HiGHS: load it, change it, bound objectives, start from a basis, run it.

The only module that imports highspy. A malformed array makes the next run kill the process, so arrays are validated
before they are loaded, and every returned status is checked.

The solver receives the program scaled (`optimizer.arrays.scaling`); everything that goes in or comes out of a
`HighsProgram` is in the program's own units.

A program that is linear for good stays hot: HiGHS keeps the basis and its factors from run to run. Switching
integrality off and on loses them.

Facts about HiGHS 1.15 that the code relies on:

- The time limit of a linear program counts from the first run of an object; that of an integer program from each run.
- `mip_lp_solver = ipx` is never set: with it HiGHS prunes the root node of some integer programs and calls the start
  optimal (docs/decisions/0008). Interior point solves relaxations only.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import takewhile
from typing import Any, Literal

import highspy
import numpy as np

from models.config import SolverConfig
from models.errors import SolverFailure
from optimizer.arrays.array_types import Floats, Integers
from optimizer.arrays.basis import AnyBasis, SolverBasis
from optimizer.arrays.gap import gap_left
from optimizer.arrays.program_diff import ProgramDiff
from optimizer.arrays.scaling import Scaling, power_near
from optimizer.arrays.solver_arrays import Arrays, inner
from optimizer.arrays.sparse import entry_columns
from optimizer.solver.callbacks import CutCounter, SolverProgress, listening
from optimizer.solver.silence import silent_standard_output
from optimizer.solver.statuses import TERMINATIONS, RunResult, checked
from optimizer.solver.validation import validate, validate_difference
from optimizer.tolerances import FIXED_FEASIBILITY, FREE_FEASIBILITY

_STATUSES = [highspy.HighsBasisStatus(status) for status in range(4)]
_FEASIBLE = int(highspy.SolutionStatus.kSolutionStatusFeasible)

ObjectiveBound = tuple[Floats, float]
"""A vector, and the greatest value allowed for vector @ columns."""

DUAL, PRIMAL = 1, 4
"""HiGHS's `simplex_strategy`. If only the objective changes, the last plan stays feasible and primal simplex continues
from it in a tenth of the time; anywhere else it is five times slower than dual simplex."""

Method = Literal["simplex", "interior_point"]
METHODS: dict[Method, str] = {"simplex": "choose", "interior_point": "ipx"}
"""HiGHS's `solver` for linear runs. Interior point crosses over to a basis, so that simplex can continue from there."""

MOST_PENDING = 16
"""Changes that may wait until the solver is needed."""
OBJECTIVE_SIZE = 64.0
"""Greatest scaled coefficient of an objective: the absolute gap of 1e-6 is then small compared with its value."""


class HighsProgram:
    """One program, always minimised. Loading and changes are delayed until the solver is needed."""

    def __init__(self, arrays: Arrays, config: SolverConfig, *, is_linear: bool = False) -> None:
        """Take the arrays; with `is_linear` integers are ignored for good. Raises `SolverFailure` if malformed."""
        validate(arrays)
        self.integer_columns: Integers = np.flatnonzero(arrays.integer).astype(np.int32)
        self.nonzeros = int(arrays.matrix.nnz)
        self.basis: AnyBasis | None = None
        """Where the last relaxation ended."""
        self.is_loaded = False
        self.lower, self.upper = arrays.column_lower, arrays.column_upper
        self.scaling: Scaling = arrays.scaling
        self._current_basis: AnyBasis | None = None
        """The basis that the solver still has."""
        self._is_linear = self._is_relaxed = is_linear
        self._rows, self._columns = arrays.matrix.shape
        self._objective: ObjectiveBound = (np.zeros(self._columns), 0.0)
        """The minimised vector and its constant."""
        self._loaded_objective = self._objective
        self._objective_factor = 1.0
        """The solver minimises the objective times this power of two."""
        with silent_standard_output():  # HiGHS 1.16 prints a banner before any option can forbid it
            self._object = highspy.Highs()
        self._options: dict[str, bool | float | str] = {}
        self._bounded: list[ObjectiveBound] = []
        self._arrays, self._config, self._pending = arrays, config, list[ProgramDiff]()

    @property
    def _highs(self) -> Any:  # noqa: ANN401
        """The solver's object, loaded and with all pending changes pushed."""
        if not self.is_loaded:
            self.is_loaded = True
            self._set_options(self._config)
            self._load(self._arrays)
        while self._pending:
            self._push(self._pending.pop(0))
        if self._loaded_objective is not self._objective:
            self._loaded_objective = self._objective
            self._push_objective(*self._objective)
        return self._object

    def _set_options(self, config: SolverConfig) -> None:
        # highspy keeps one scheduler for the whole process; another thread count needs a new one.
        self._object.resetGlobalScheduler(True)  # noqa: FBT003
        for name, value in {
            "output_flag": not self._is_linear,  # integer programs report progress only with it
            "log_to_console": False,
            "random_seed": config.seed,
            "threads": config.threads,
            "mip_rel_gap": config.mip_gap,
        }.items():
            self._set(name, value)

    def _set(self, option: str, value: bool | float | str) -> None:  # noqa: FBT001
        if self._options.get(option) != value:
            checked(self._object.setOptionValue(option, value), f"setting {option}")
            self._options[option] = value

    def _load(self, arrays: Arrays) -> None:
        matrix, scaling = arrays.matrix, self.scaling
        across = entry_columns(matrix)
        status = self._object.passModel(
            self._columns,
            self._rows,
            matrix.nnz,
            int(highspy.MatrixFormat.kColwise),
            int(highspy.ObjSense.kMinimize),
            0.0,
            np.zeros(self._columns),
            arrays.column_lower / scaling.columns,
            arrays.column_upper / scaling.columns,
            arrays.row_lower * scaling.rows,
            arrays.row_upper * scaling.rows,
            matrix.indptr.astype(np.int32),
            matrix.indices.astype(np.int32),
            scaling.entries(matrix.indices, across, matrix.data),
            np.where(self._is_linear, 0, arrays.integer).astype(np.int32),
        )
        checked(status, "loading the program")

    # --------------------------------------------------------------------------------------------- changing the program

    def push(self, difference: ProgramDiff, arrays: Arrays) -> None:
        """Change the loaded program into `arrays`, which has the same rows and columns and differs by `difference`.

        Raises `SolverFailure` if the difference is malformed.
        """
        validate_difference(difference, arrays)
        self.lower, self.upper, self._arrays = arrays.column_lower, arrays.column_upper, arrays
        if self.is_loaded:
            self._pending.append(difference)
        if len(self._pending) > MOST_PENDING:
            _ = self._highs

    def _push(self, difference: ProgramDiff) -> None:
        highs, columns, rows, entries = self._object, difference.columns, difference.rows, difference.entries
        unit, factor = self.scaling.columns[columns.number], self.scaling.rows[rows.number]
        status = highs.changeColsBounds(len(unit), columns.number, columns.lower / unit, columns.upper / unit)
        checked(status, "changing bounds")
        status = highs.changeRowsBounds(len(factor), rows.number, rows.lower * factor, rows.upper * factor)
        checked(status, "changing the sides of rows")
        # highspy's own wrapper of changeCoeff drops the status.
        change = super(highspy.Highs, highs).changeCoeff  # type: ignore[misc]  # its stubs lack this one
        scaled = replace(entries, value=self.scaling.entries(entries.row, entries.column, entries.value))
        statuses = [change(row, column, value) for row, column, value in scaled]
        if min(map(int, statuses), default=0) < 0:  # one comparison for all: each takes as long as a change
            checked(highspy.HighsStatus.kError, "changing a coefficient")

    def fix_integers(self, values: Floats) -> None:
        """Fix every integer column at its rounded value and treat it as continuous: the rest is linear."""
        columns = self.integer_columns
        fixed = np.round(values[columns])
        self._set_bounds(columns, fixed, fixed)
        self._set_integrality(columns, highspy.HighsVarType.kContinuous)
        self._set("primal_feasibility_tolerance", FIXED_FEASIBILITY)

    def relax_integers(self) -> None:
        """Treat the integer columns as continuous: the relaxation."""
        self._set("simplex_strategy", DUAL)
        self._set_integrality(self.integer_columns, highspy.HighsVarType.kContinuous)

    def bound_integers(self, lower: Floats, upper: Floats) -> None:
        """Set bounds of the integer columns, relaxed or not."""
        self._set_bounds(self.integer_columns, lower, upper)
        self._set("simplex_strategy", DUAL)

    def free_integers(self) -> None:
        """Restore the bounds and integrality of the integer columns."""
        columns = self.integer_columns
        self._set_bounds(columns, self.lower[columns], self.upper[columns])
        self._set_integrality(columns, highspy.HighsVarType.kInteger)
        self._set("primal_feasibility_tolerance", FREE_FEASIBILITY)
        self._set("simplex_strategy", DUAL)

    def hold(self, lower: Floats, upper: Floats) -> None:
        """Set bounds of all columns, until `release`; integers stay integers."""
        every, unit = np.arange(self._columns, dtype=np.int32), self.scaling.columns
        self._set_bounds(every, lower / unit, upper / unit)

    def release(self) -> None:
        """Restore the bounds of all columns."""
        self.hold(self.lower, self.upper)

    def _set_bounds(self, columns: Integers, lower: Floats, upper: Floats) -> None:
        checked(self._highs.changeColsBounds(len(columns), columns, lower, upper), "changing bounds")

    def _set_integrality(self, columns: Integers, kind: Any) -> None:  # noqa: ANN401
        if self._is_linear:
            return
        kinds = np.full(len(columns), int(kind), dtype=np.uint8)
        checked(self._highs.changeColsIntegrality(len(columns), columns, kinds), "changing integrality")
        self._is_relaxed = kind == highspy.HighsVarType.kContinuous

    # ------------------------------------------------------------------------------------------------------- objectives

    @property
    def objective(self) -> ObjectiveBound:
        """The minimised vector and its constant."""
        return self._objective

    def minimise(self, vector: Floats, constant: float) -> bool:
        """Set the objective to vector @ columns + constant; returns whether it changed."""
        if self._objective[1] == constant and np.array_equal(self._objective[0], vector):
            return False
        self._objective = (vector, constant)
        return True

    def _push_objective(self, vector: Floats, constant: float) -> None:
        columns, scaled = np.arange(self._columns, dtype=np.int32), vector * self.scaling.columns
        factor = self._objective_factor = 1.0 / self.unit_of(vector)
        checked(self._object.changeColsCost(self._columns, columns, scaled * factor), "changing the objective")
        checked(self._object.changeObjectiveOffset(constant * factor), "changing the constant of the objective")

    def unit_of(self, vector: Floats) -> float:
        """The unit in which the solver's absolute tolerances count if it minimises this vector: a power of two."""
        return power_near(float(np.abs(vector * self.scaling.columns).max(initial=0.0))) / OBJECTIVE_SIZE

    def gap_left(self, value: float) -> float:
        """The distance from a value to its bound that the tolerances may leave, in the objective's own unit."""
        return gap_left(value, self.unit_of(self._objective[0]), is_bounded=bool(self._bounded))

    def value(self, values: Floats) -> float:
        """The value of the objective at a solution."""
        vector, constant = self._objective
        return inner(vector, values) + constant

    def bound_objectives(self, bounds: Sequence[ObjectiveBound]) -> bool:
        """Bound exactly these objectives by rows, in this order; returns whether rows were added or removed.

        A row that exists already gets its new side.
        """
        both = zip(self._bounded, bounds, strict=False)
        same = sum(1 for _ in takewhile(lambda one: np.array_equal(one[0][0], one[1][0]), both))
        is_restructured = same < max(len(self._bounded), len(bounds))
        for row, (vector, at_most) in enumerate(bounds[:same], start=self._rows):
            most = at_most * self._row_factor(vector)
            checked(self._highs.changeRowBounds(row, -np.inf, most), "bounding an objective")
        surplus = np.arange(self._rows + same, self._rows + len(self._bounded), dtype=np.int32)
        if surplus.size:
            checked(self._highs.deleteRows(len(surplus), surplus), "removing the bound of an objective")
        self._bounded[:] = bounds[:same]
        for vector, at_most in bounds[same:]:
            columns, factor = np.flatnonzero(vector).astype(np.int32), self._row_factor(vector)
            scaled = (vector * self.scaling.columns)[columns] * factor
            status = self._highs.addRow(-np.inf, at_most * factor, len(columns), columns, scaled)
            checked(status, "bounding an objective")
            self._bounded.append((vector, at_most))
            self._set("simplex_strategy", PRIMAL)
        return is_restructured

    def _row_factor(self, vector: Floats) -> float:
        """The factor of the row that bounds an objective."""
        return 1.0 / power_near(float(np.abs(vector * self.scaling.columns).max(initial=0.0)))

    # ----------------------------------------------------------------------------------------------- where a run starts

    def keep_basis(self) -> None:
        """Store the basis in which the linear run ended."""
        native, bounded = self._highs.getBasis(), len(self._bounded)
        self.basis = SolverBasis(
            native=native, row_count=self._rows, bounded_objectives=bounded, lower=self.lower, upper=self.upper
        )
        self._current_basis = self.basis if self._is_linear else None

    def start_at(self, basis: AnyBasis) -> None:
        """Start the next linear run from a basis. With bounded objectives it is feasible, so primal simplex is used."""
        bounded = len(self._bounded)
        self._set("simplex_strategy", PRIMAL if bounded else DUAL)
        if basis is not self._current_basis:
            checked(self._highs.setBasis(self._native_basis(basis, bounded)), "starting from a basis")

    def use_simplex(self, strategy: int) -> None:
        """Choose the simplex method of the next linear run: `DUAL` or `PRIMAL`."""
        self._set("simplex_strategy", strategy)

    def _native_basis(self, basis: AnyBasis, bounded: int) -> Any:  # noqa: ANN401
        if isinstance(basis, SolverBasis) and basis.can_be_reused(self.lower, self.upper, bounded):
            # Changed coefficients can make it singular; only an "alien" basis is repaired by the integer solver.
            basis.native.alien = not self._is_linear
            return basis.native
        fitting, native = basis.marks.fitting(self.lower, self.upper), highspy.HighsBasis()
        native.col_status = [_STATUSES[mark] for mark in fitting.columns.tolist()]
        of_objectives = [highspy.HighsBasisStatus.kBasic] * bounded
        native.row_status = [*(_STATUSES[mark] for mark in fitting.rows.tolist()), *of_objectives]
        native.valid = native.alien = True
        return native

    def start_from(self, values: Floats) -> None:
        """Offer a plan to start the next integer run from; the solver takes it if it is feasible."""
        solution = highspy.HighsSolution()
        solution.col_value = (values / self.scaling.columns).tolist()
        checked(self._highs.setSolution(solution), "offering a plan")

    def start_afresh(self) -> None:
        """Drop the last basis: the next run presolves, which is quicker if the last optimum is far away."""
        self._current_basis = None
        checked(self._highs.clearSolver(), "starting afresh")

    # ---------------------------------------------------------------------------------------------------------- running

    def run(  # noqa: PLR0913  (limits, and two callbacks)
        self,
        *,
        time_limit_s: float,
        target: float = -np.inf,
        gap: float | None = None,
        method: Method = "simplex",
        is_read: bool = True,
        is_second_way: bool = False,
        on_solver_progress: Callable[[SolverProgress], None] | None = None,
        should_stop: Callable[[], bool] | None = None,
    ) -> RunResult:
        """Minimise for at most `time_limit_s` seconds, or until a plan reaches `target`.

        `gap` is the relative gap at which an integer run ends, that of the configuration by default. `method` applies
        to linear runs that start without a basis. Without `is_read` the plan is read later, by `plan`: reading takes
        longer than many a run. A run that is asked to stop already does not start, since presolve cannot be
        interrupted. `is_second_way` searches without presolve and in another order, to confirm what an integer run
        says. Raises `SolverFailure` if the solver breaks.
        """
        if should_stop is not None and should_stop():
            return RunResult(termination="stopped", values=None, objective=None, bound=-np.inf, nodes=0)
        self._current_basis = None
        highs = self._highs  # pushes the objective, whose factor is needed
        self._set("mip_rel_gap", self._config.mip_gap if gap is None else gap)
        self._set("objective_target", target * self._objective_factor)
        if not self._has_integers():
            self._set("solver", METHODS[method])
        used_s = 0.0 if self._has_integers() else highs.getRunTime()
        self._set("time_limit", used_s + max(time_limit_s, 0.0))
        cuts = CutCounter() if self._has_integers() else None
        self._set("presolve", "off" if is_second_way else "choose")
        self._set("random_seed", self._config.seed + is_second_way)
        with listening(highs, on_solver_progress, should_stop, unit=1.0 / self._objective_factor, cuts=cuts):
            checked(highs.run(), "solving")
        return replace(self._answer(is_read=is_read), has_cuts=cuts is not None and cuts.has_cuts)

    # ----------------------------------------------------------------------------------------------------------- proofs

    def safe_bound(self) -> float:
        """A bound of the objective proven from the multipliers of the last linear run; -inf if they prove nothing.

        It holds for the program with all integers free and without relaxation, whatever that run fixed or relaxed.
        """
        vector, constant = self._objective
        return self._arrays.prover.prove(vector, constant, self._multipliers, self._bounded).value

    def trivial_bound(self, vector: Floats, constant: float) -> float:
        """A bound of any objective proven from the bounds of the columns alone; -inf if they prove nothing."""
        return self._arrays.prover.prove(vector, constant, np.zeros(self._rows)).value

    def is_refuted(self) -> bool:
        """Whether the dual ray of an infeasible linear run proves that the program has no plan."""
        ray = self.refutation
        if ray is None:  # presolve found the contradiction; simplex gives a dual ray
            self._set("presolve", "off")
            checked(self._highs.run(), "solving")
            ray = self.refutation
        return ray is not None and self._arrays.prover.refutes(ray)

    @property
    def _multipliers(self) -> Floats:
        """Multipliers of the rows and of the bounded objectives after a linear run."""
        scaled = np.array(self._highs.getSolution().row_dual)
        count = self._rows + len(self._bounded)
        if len(scaled) != count:
            return np.zeros(count)
        factors = np.append(self.scaling.rows, [self._row_factor(vector) for vector, _ in self._bounded])
        multipliers: Floats = scaled * factors / self._objective_factor
        return multipliers

    @property
    def plan(self) -> Floats:
        """Values of the columns after the last run, without dust.

        Columns with a coefficient in an objective keep small values: the reported value is the optimised one.
        """
        values = np.array(self._highs.getSolution().col_value) * self.scaling.columns
        vectors = (self._objective[0], *(vector for vector, _ in self._bounded))
        return np.where(np.any(vectors, axis=0), values, self.scaling.without_dust(values))

    @property
    def refutation(self) -> Floats | None:
        """Dual ray of an infeasible linear run: row multipliers whose weighted sum of rows contradicts itself.

        A row counts with its upper side if its multiplier is positive and with its lower side if negative, or the
        other way round. None if presolve found the infeasibility.
        """
        _, is_known, multipliers = self._highs.getDualRay()
        return self._row_multipliers(np.array(multipliers)) if is_known else None

    def _row_multipliers(self, scaled: Floats) -> Floats:
        """Multipliers of the rows, without those that bound objectives, from those of the scaled rows."""
        return scaled[: self._rows] * self.scaling.rows

    def _answer(self, *, is_read: bool) -> RunResult:
        status = self._highs.getModelStatus()
        if status == highspy.HighsModelStatus.kUnboundedOrInfeasible:
            return self._rerun_without_presolve(is_read=is_read)
        if status.name not in TERMINATIONS:
            raise SolverFailure(f"the solver ended with {self._highs.modelStatusToString(status)!r}")
        info = self._highs.getInfo()
        has_plan = info.primal_solution_status == _FEASIBLE
        ending = TERMINATIONS[status.name]
        is_linear = not self._has_integers()
        objective = float(info.objective_function_value) / self._objective_factor if has_plan else None
        bound = -np.inf if is_linear else float(info.mip_dual_bound) / self._objective_factor
        if is_linear and ending == "optimal" and objective is not None:
            bound = objective
        return RunResult(
            termination=ending,
            values=self.plan if has_plan and is_read else None,
            objective=objective,
            bound=bound,
            nodes=max(int(info.mip_node_count), 0),
        )

    def _rerun_without_presolve(self, *, is_read: bool) -> RunResult:
        """Presolve may only prove "unbounded or infeasible"; without it the solver says which."""
        self._set("presolve", "off")
        checked(self._highs.run(), "solving")
        self._set("presolve", "choose")
        if self._highs.getModelStatus() == highspy.HighsModelStatus.kUnboundedOrInfeasible:
            raise SolverFailure("the solver cannot tell whether the program is infeasible or unbounded")
        return self._answer(is_read=is_read)

    def _has_integers(self) -> bool:
        return self.integer_columns.size > 0 and not self._is_relaxed
