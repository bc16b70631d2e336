"""Pyomo with `appsi_highs`: the same Pyomo program, loaded and solved."""

from pyomo.contrib.appsi.solvers.highs import Highs

from benchmarks.clock import Clock
from benchmarks.problems import Question
from optimizer.pyomo_model.model import program


def measure(question: Question) -> dict[str, float]:
    """Figures of the solve; building includes writing the Pyomo program and loading it."""
    clock = Clock()
    with clock.part("build"):
        model = program(question.problem, question.config)
        solver = solver_of(question)
        solver.set_instance(model)
    with clock.part("solve"):
        results = solver.solve(model)
    value, bound = results.best_feasible_objective, results.best_objective_bound
    if value is None:
        return clock.figures | {"reached": 0.0, "peak_mib": clock.peak_mib()}
    reached = float(value - bound <= question.gap * abs(value) * (1 + 1e-9))
    return clock.figures | {"value": -value, "bound": -bound, "reached": reached, "peak_mib": clock.peak_mib()}


def solver_of(question: Question) -> Highs:
    """Solver with default options except gap, time limit and one thread; a solve without a plan is not an error."""
    solver = Highs()
    solver.config.mip_gap = question.gap
    solver.config.time_limit = question.limit_s
    solver.config.load_solution = False
    solver.highs_options = {"threads": 1}
    return solver
