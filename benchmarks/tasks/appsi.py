"""Pyomo with `appsi_highs`: the same Pyomo program, loaded and solved."""

from typing import Any

import pyomo.environ as pyo
from pyomo.contrib.appsi.solvers.highs import Highs

from benchmarks.clock import Clock
from benchmarks.problems import Question
from optimizer.diagnostics.precheck import effective_problem
from optimizer.formulation.families import Program, assemble, objective_name


def measure(question: Question) -> dict[str, float]:
    """Figures of the solve; building includes writing the Pyomo program and loading it."""
    clock = Clock()
    problem = effective_problem(question.problem, question.config)
    with clock.part("build"):
        program = ready(assemble(problem))
        solver = solver_of(question)
        solver.set_instance(program)
    with clock.part("solve"):
        results = solver.solve(program)
    value, bound = results.best_feasible_objective, results.best_objective_bound
    if value is None:
        return clock.figures | {"reached": 0.0, "peak_mib": clock.peak_mib()}
    reached = float(value - bound <= question.gap * abs(value) * (1 + 1e-9))
    return clock.figures | {"value": -value, "bound": -bound, "reached": reached, "peak_mib": clock.peak_mib()}


def ready(program: Program) -> Any:  # noqa: ANN401  (a ConcreteModel)
    """The Pyomo model with political limits as bounds, minimising the negated risk reduction."""
    model = program.pyomo
    for _, limit in program.limits:
        upper = limit.variable.ub
        limit.variable.setub(limit.upper if upper is None else min(limit.upper, upper))
    objective = model.component(objective_name("risk_reduction", 0))
    objective.deactivate()
    model.minimised = pyo.Objective(expr=-objective.expr)
    return model


def solver_of(question: Question) -> Highs:
    """Solver with default options except gap, time limit and one thread; a solve without a plan is not an error."""
    solver = Highs()
    solver.config.mip_gap = question.gap
    solver.config.time_limit = question.limit_s
    solver.config.load_solution = False
    solver.highs_options = {"threads": 1}
    return solver
