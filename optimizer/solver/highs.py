"""A program in HiGHS: loaded, changed, aimed, with objectives held, started from a basis. `Engine` runs it.

With `optimizer/solver/engine.py` the one place that speaks to HiGHS. A malformed array makes the next run kill the process, so
arrays are validated before they are handed over, and every returned status is checked.

A program that is linear for good stays hot: the solver keeps the basis and its factors from run to run, which it loses
where integers are switched off and on.
"""

from collections.abc import Sequence
from itertools import takewhile
from typing import Any

import highspy
import numpy as np

from models.config import SolverConfig
from models.errors import SolverFailure
from optimizer.arrays.compiled import Floats, Integers
from optimizer.arrays.program_diff import Difference
from optimizer.arrays.solver_arrays import Arrays, Basis, KeptBasis, inner
from optimizer.solver.validation import validate, validate_difference

_MARKS = [highspy.HighsBasisStatus(mark) for mark in range(4)]

Hold = tuple[Floats, float]
"""A vector, and what vector @ columns may come to at most."""

DUAL, PRIMAL = 1, 4
"""HiGHS's `simplex_strategy`. Where only the objective changes, the last plan is feasible still: the primal simplex
goes on from it, and takes a tenth of the time on the cost of a held plan. Anywhere else it is five times slower."""

MOST_OWED = 16
"""Changes that wait until the solver is needed: after so many it is not worth remembering more."""


class InSolver:
    """One program; everything is minimised. It is loaded, and what changed is pushed, once the solver is needed."""

    def __init__(self, arrays: Arrays, config: SolverConfig, *, is_linear: bool = False) -> None:
        """Take the arrays, as a linear program if integers never matter; raises `SolverFailure` if malformed."""
        validate(arrays)
        self.integer_columns: Integers = np.flatnonzero(arrays.integer).astype(np.int32)
        self.nonzeros = int(arrays.matrix.nnz)
        self.vertex: Basis | KeptBasis | None = None
        """Where the last relaxation ended."""
        self.is_loaded = False
        self._at: Basis | KeptBasis | None = None
        """The vertex that the solver still stands at."""
        self._is_linear = self._held = is_linear
        self.lower, self.upper = arrays.column_lower, arrays.column_upper
        self._rows, self._columns = arrays.matrix.shape
        self._aim: tuple[Floats, float] = (np.zeros(self._columns), 0.0)
        self._object = highspy.Highs()
        self._set_to: dict[str, bool | float | str] = {}
        self._holds: list[Hold] = []
        self._arrays, self._config, self._owed = arrays, config, list[Difference]()

    @property
    def _highs(self) -> Any:  # noqa: ANN401
        """The solver's object, with everything in it that it was meant to hold."""
        if not self.is_loaded:
            self.is_loaded = True
            self._options(self._config)
            self._load(self._arrays)
        while self._owed:
            self._push(self._owed.pop(0))
        return self._object

    def _options(self, config: SolverConfig) -> None:
        # highspy keeps one scheduler for the whole process; another thread count needs a new one.
        self._highs.resetGlobalScheduler(True)  # noqa: FBT003
        for name, value in {
            "output_flag": not self._is_linear,  # what an integer program says of itself comes this way
            "log_to_console": False,
            "random_seed": config.seed,
            "threads": config.threads,
            "mip_rel_gap": config.mip_gap,
        }.items():
            self._set(name, value)

    def _set(self, option: str, value: bool | float | str) -> None:  # noqa: FBT001
        if self._set_to.get(option) != value:
            checked(self._highs.setOptionValue(option, value), f"setting {option}")
            self._set_to[option] = value

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
            np.where(self._is_linear, 0, arrays.integer).astype(np.int32),
        )
        checked(status, "loading the program")

    def push(self, difference: Difference, arrays: Arrays) -> None:
        """Make the loaded program `arrays`, which has the same rows and columns and differs by `difference`.

        Raises `SolverFailure` if it is malformed.
        """
        validate_difference(difference, arrays)
        self.lower, self.upper, self._arrays = arrays.column_lower, arrays.column_upper, arrays
        if self.is_loaded:
            self._owed.append(difference)
        if len(self._owed) > MOST_OWED:
            _ = self._highs

    def _push(self, difference: Difference) -> None:
        highs, columns, rows = self._object, difference.columns, difference.rows
        status = highs.changeColsBounds(len(columns.number), columns.number, columns.lower, columns.upper)
        checked(status, "changing bounds")
        status = highs.changeRowsBounds(len(rows.number), rows.number, rows.lower, rows.upper)
        checked(status, "changing the sides of rows")
        # The method around this one drops the status.
        change = super(highspy.Highs, highs).changeCoeff  # type: ignore[misc]  # its stubs lack this one
        statuses = [change(row, column, value) for row, column, value in difference.entries]
        if min(map(int, statuses), default=0) < 0:  # there are many: comparing each takes as long as changing it
            checked(highspy.HighsStatus.kError, "changing a coefficient")

    def keep_vertex(self) -> None:
        """Keep where the linear run ended."""
        kept, held = self._highs.getBasis(), len(self._holds)
        self.vertex = KeptBasis(kept=kept, height=self._rows, held=held, lower=self.lower, upper=self.upper)
        self._at = self.vertex if self._is_linear else None

    def start_at(self, vertex: Basis | KeptBasis) -> None:
        """Start the next run from where a relaxation ended: a plan still once objectives are held, if not the best."""
        held = len(self._holds)
        self._set("simplex_strategy", PRIMAL if held else DUAL)
        if vertex is not self._at:
            checked(self._highs.setBasis(self._fitting(vertex, held)), "starting from a basis")

    def go_on_by(self, strategy: int) -> None:
        """By which simplex method the next linear run goes on: `DUAL` or `PRIMAL`."""
        self._set("simplex_strategy", strategy)

    def _fitting(self, vertex: Basis | KeptBasis, held: int) -> Any:  # noqa: ANN401
        if isinstance(vertex, KeptBasis) and vertex.is_at_home(self.lower, self.upper, held):
            # It may be singular once coefficients are others: the integer program's own solver is to look beforehand.
            vertex.kept.alien = not self._is_linear
            return vertex.kept
        fitting, start = vertex.marks.fitting(self.lower, self.upper), highspy.HighsBasis()
        start.col_status = [_MARKS[mark] for mark in fitting.columns.tolist()]
        start.row_status = [_MARKS[mark] for mark in fitting.rows.tolist()] + [highspy.HighsBasisStatus.kBasic] * held
        start.valid = start.alien = True
        return start

    def minimise(self, vector: Floats, constant: float) -> bool:
        """Set what is minimised: vector @ columns + constant. Says whether that is another than before."""
        before, self._aim = self._aim, (vector, constant)
        if before[1] == constant and np.array_equal(before[0], vector):
            return False
        columns = np.arange(self._columns, dtype=np.int32)
        checked(self._highs.changeColsCost(self._columns, columns, vector), "changing the objective")
        checked(self._highs.changeObjectiveOffset(constant), "changing the objective")
        return True

    def value(self, values: Floats) -> float:
        """What is minimised, of a plan."""
        vector, constant = self._aim
        return inner(vector, values) + constant

    def hold(self, vector: Floats, at_most: float) -> None:
        """Add the row vector @ columns <= at_most."""
        columns = np.flatnonzero(vector).astype(np.int32)
        status = self._highs.addRow(-np.inf, at_most, len(columns), columns, vector[columns])
        checked(status, "holding an objective")
        self._holds.append((vector, at_most))
        self._set("simplex_strategy", PRIMAL)

    def start_afresh(self) -> None:
        """Forget where the last run ended: the next one presolves, which is quicker where that is far away."""
        self._at = None
        checked(self._highs.clearSolver(), "starting afresh")

    def hold_only(self, holds: Sequence[Hold]) -> bool:
        """Hold exactly these objectives, in this order. Says whether there are other rows than before.

        A row that is there already is given its new side.
        """
        both = zip(self._holds, holds, strict=False)
        same = sum(1 for _ in takewhile(lambda one: np.array_equal(one[0][0], one[1][0]), both))
        are_others = same < max(len(self._holds), len(holds))
        for place, (_, at_most) in enumerate(holds[:same], start=self._rows):
            checked(self._highs.changeRowBounds(place, -np.inf, at_most), "holding an objective")
        surplus = np.arange(self._rows + same, self._rows + len(self._holds), dtype=np.int32)
        if surplus.size:
            checked(self._highs.deleteRows(len(surplus), surplus), "letting an objective go")
        self._holds[:] = holds[:same]
        for hold in holds[same:]:
            self.hold(*hold)
        return are_others

    def let_go(self) -> None:
        """Drop the rows that hold objectives."""
        self.hold_only(())

    def _bounds(self, columns: Integers, lower: Floats, upper: Floats) -> None:
        checked(self._highs.changeColsBounds(len(columns), columns, lower, upper), "changing bounds")


def checked(status: Any, step: str) -> None:  # noqa: ANN401
    """Raise `SolverFailure` if the solver refused a step."""
    if status == highspy.HighsStatus.kError:
        message = f"the solver refused {step}"
        raise SolverFailure(message)
