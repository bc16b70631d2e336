"""The textbook formulation in linopy, solved by HiGHS: participation linked from both sides.

A contributor takes part (z = 1) if it gives anything: x <= cap * z. If it takes part, it gives at least its minimum
contribution: stake * z <= value of x. Rules count z. Everything else is the same program. Its optimum may be lower,
because no contributor may give less than its minimum contribution.
"""

import linopy
import numpy as np
import pandas as pd
import xarray as xr
from scipy.sparse import coo_array, csc_array, csr_array, hstack, vstack

from benchmarks.clock import Clock
from benchmarks.problems import Question
from benchmarks.tasks.plain import answer, set_options
from models.problem.problem import Problem
from models.quantities import by_period
from optimizer.arrays.array_program import write_program
from optimizer.arrays.compiled import CompiledProgram
from optimizer.arrays.solver_arrays import Arrays
from optimizer.diagnostics.precheck import effective_problem

TOKEN = 0.001
"""Minimum contribution of contributors without one, in M EUR."""


def measure(question: Question) -> dict[str, float]:
    """Figures of the build and of the solve."""
    clock = Clock()
    problem = effective_problem(question.problem, question.config)
    compiled = write_program(problem).compiled
    with clock.part("build"):
        highs = TwoSided(problem, compiled).model().to_highspy()
    set_options(highs, question)
    with clock.part("solve"):
        highs.run()
    return clock.figures | answer(highs, question) | {"peak_mib": clock.peak_mib()}


class TwoSided:
    """A compiled program with its participation rows replaced by two-sided links."""

    def __init__(self, problem: Problem, compiled: CompiledProgram) -> None:
        """Index the contribution columns by contributor, activity and period."""
        self._problem, self._compiled = problem, compiled
        self._arrays = Arrays.of(compiled, ())
        self._place = {name: number for number, name in enumerate(compiled.columns)}
        self._given: dict[tuple[str, str, str], list[tuple[str, int]]] = {}
        for (kind, index), number in self._place.items():
            if kind == "x":
                contributor, activity, resource, period = index
                self._given.setdefault((contributor, activity, period), []).append((resource, number))

    def model(self) -> linopy.Model:
        """The program as a linopy model."""
        matrix, lower, upper = self._rows()
        columns, own = matrix.shape[1], self._compiled.matrix.shape[1]
        model = linopy.Model()
        continuous = np.flatnonzero(~self._arrays.integer)
        whole = np.flatnonzero(np.concatenate([self._arrays.integer, np.ones(columns - own, dtype=bool)]))
        labels = np.empty(columns, dtype=np.int64)
        low = np.concatenate([self._arrays.column_lower, np.zeros(columns - own)])
        high = np.concatenate([self._arrays.column_upper, np.ones(columns - own)])
        for places, name in ((continuous, "amounts"), (whole, "choices")):
            index = pd.RangeIndex(len(places), name=name)
            variable = model.add_variables(
                xr.DataArray(low[places], coords=[index]),
                xr.DataArray(high[places], coords=[index]),
                name=name,
                integer=name == "choices",
            )
            labels[places] = variable.labels.to_numpy()
        _add_rows(model, labels, matrix, lower, upper)
        vector, constant = self._compiled.objectives["risk_reduction"]
        used = np.flatnonzero(vector)
        model.add_objective(_sums(model, labels[used][None], -vector[used][None], "objective").sum() - constant)
        return model

    def _rows(self) -> tuple[csr_array, np.ndarray, np.ndarray]:
        """Matrix, lower and upper sides of all rows except participation, followed by the links."""
        compiled, arrays = self._compiled, self._arrays
        kept = np.array([family != "participation" for family, _ in compiled.rows])
        links = self._links()
        ours = arrays.matrix
        own = csr_array(csc_array((ours.data, ours.indices, ours.indptr), shape=ours.shape).tocsr()[kept])
        padded = csr_array(hstack([own, csr_array((own.shape[0], len(self._given)))]))
        matrix = csr_array(vstack([padded, links]))
        free = np.full(links.shape[0], np.inf)
        return (
            matrix,
            np.concatenate([arrays.row_lower[kept], np.zeros(links.shape[0])]),
            np.concatenate([arrays.row_upper[kept], free]),
        )

    def _links(self) -> csr_array:
        """Link rows, each >= 0: cap z - x, value of x - stake z, runs - z, z - counts, present - z."""
        columns, terms = len(self._place), []
        for number, ((contributor, activity, period), given) in enumerate(self._given.items()):
            z = columns + number
            terms += [[(z, self._cap(contributor, resource, period)), (x, -1.0)] for resource, x in given]
            worth = [(x, self._problem.resource[resource].unit_cost or 1.0) for resource, x in given]
            terms.append([*worth, (z, -(self._problem.contributor[contributor].stake(activity) or TOKEN))])
            runs = [self._place.get(("y", (activity, f, period))) for f in self._frameworks(activity)]
            terms.append([*((run, 1.0) for run in runs if run is not None), (z, -1.0)])
            counts = self._place.get(("counts", (contributor, activity, period)))
            present = self._place.get(("present", (contributor, activity, period)))
            terms += [[(z, 1.0), (counts, -1.0)]] if counts is not None else []
            terms += [[(present, 1.0), (z, -1.0)]] if present is not None else []
        rows = np.repeat(np.arange(len(terms)), [len(row) for row in terms])
        places, data = zip(*(term for row in terms for term in row), strict=True)
        return csr_array(coo_array((data, (rows, places)), shape=(len(terms), columns + len(self._given))))

    def _cap(self, contributor: str, resource: str, period: str) -> float:
        means = self._problem.contributor[contributor].resources.get(resource, 0.0)
        return by_period(means, self._problem.periods)[self._problem.periods.index(period)]

    def _frameworks(self, activity: str) -> tuple[str, ...]:
        return self._problem.frameworks_of(self._problem.activity[activity])


def _add_rows(model: linopy.Model, labels: np.ndarray, matrix: csr_array, lower: np.ndarray, upper: np.ndarray) -> None:
    """Add rows grouped by number of terms, because linopy needs rectangular arrays of terms."""
    widths = np.diff(matrix.indptr)
    for width in np.unique(widths[widths > 0]):
        rows = np.flatnonzero(widths == width)
        places = matrix.indptr[rows][:, None] + np.arange(width)
        sums = _sums(model, labels[matrix.indices[places]], matrix.data[places], f"rows_{width}")
        for sign, side in ((">=", lower[rows]), ("<=", upper[rows])):
            bounded = np.flatnonzero(np.isfinite(side))
            if bounded.size:
                row = f"rows_{width}"
                part = sums.isel({row: bounded})
                model.add_constraints(part, sign, xr.DataArray(side[bounded], coords={row: part.coords[row]}))


def _sums(model: linopy.Model, labels: np.ndarray, coefficients: np.ndarray, name: str) -> linopy.LinearExpression:
    """A linear expression with one sum per line of `labels`."""
    terms = xr.Dataset(
        {"coeffs": ((name, "_term"), coefficients), "vars": ((name, "_term"), labels)},
        coords={name: np.arange(len(labels))},
    )
    return linopy.LinearExpression(terms, model)
