"""OR-Tools: MathOpt reads the same program from an MPS file and solves it with its bundled SCIP."""

from datetime import timedelta

from ortools.math_opt.io.python import mps_converter
from ortools.math_opt.python import mathopt

from benchmarks.clock import Clock
from benchmarks.problems import Question


def measure(question: Question) -> dict[str, float]:
    """Figures of the solve; building is reading the MPS file."""
    clock = Clock()
    with question.mps() as path, open(path, encoding="utf-8") as file:  # noqa: PTH123
        text = file.read()
    with clock.part("build"):
        model = mathopt.Model.from_model_proto(mps_converter.mps_to_model_proto(text))
    parameters = mathopt.SolveParameters(
        relative_gap_tolerance=question.gap, time_limit=timedelta(seconds=question.limit_s), threads=1
    )
    with clock.part("solve"):
        result = mathopt.solve(model, mathopt.SolverType.GSCIP, params=parameters)
    figures = clock.figures | {"peak_mib": clock.peak_mib(), "reached": 0.0}
    if not result.has_primal_feasible_solution():
        return figures
    value, bound = -result.objective_value(), -result.dual_bound()
    reached = float(bound - value <= question.gap * abs(value) * (1 + 1e-9))
    return figures | {"value": value, "bound": bound, "reached": reached}
