"""Concord: writes the program as arrays, loads them and solves to the gap; also builds the Pyomo model."""

from time import perf_counter, process_time

from benchmarks.clock import Clock
from benchmarks.problems import Question
from models.outcome import Progress
from models.problem.problem import Problem
from optimizer.arrays.array_program import write_program
from optimizer.arrays.compiled import CompiledProgram
from optimizer.diagnostics.precheck import effective_problem
from optimizer.pyomo_model.model import program
from optimizer.pyomo_model.standard_form import standard_form
from optimizer.solving.warm import WarmAnswer, WarmProblem

NEAR = 0.01
"""Relative distance from the final bound at which a plan counts as good."""


def measure(question: Question) -> dict[str, float]:
    """Figures of each step and of the answer.

    `solve` includes writing the arrays and loading them. The plan is not read and not checked there, as with the
    other solvers.
    """
    clock, config = Clock(), question.config
    problem = effective_problem(question.problem, config)
    with clock.part("direct"):
        compiled = write_program(problem).compiled
    plan_times = PlanTimes()
    with clock.part("solve"):
        last = _last_answer(problem, question, plan_times)
    figures = _size(compiled) | _answer(last, plan_times, question.gap) | {"peak_mib": clock.peak_mib()}
    with clock.part("formulate"):
        model = program(problem, config)
    with clock.part("compile"):
        standard_form(model)
    return clock.figures | figures


def _last_answer(problem: Problem, question: Question, plan_times: "PlanTimes") -> WarmAnswer:
    """The last answer; the plans of the answers before it are not read."""
    solving = WarmProblem(problem, question.config)
    *_, last = solving.answers(problem, question.config, on_progress=plan_times.record, started=perf_counter())
    return last


class PlanTimes:
    """Plans with their processor seconds from the start of the solve."""

    def __init__(self) -> None:
        """Start the clock."""
        self._began = process_time()
        self._seen: list[tuple[float, float]] = []

    def record(self, progress: Progress) -> None:
        """Store the plan of a progress event."""
        if progress.incumbent is not None:
            self._seen.append((process_time() - self._began, progress.incumbent))

    def first_near(self, bound: float) -> float:
        """Seconds to the first plan within `NEAR` of `bound`; to the end of the solve if there was none earlier."""
        near = (at for at, value in self._seen if abs(bound - value) <= NEAR * abs(value))
        return next(near, process_time() - self._began)


def _size(compiled: CompiledProgram) -> dict[str, float]:
    rows, columns = compiled.matrix.shape
    return {
        "columns": columns,
        "rows": rows,
        "nonzeros": compiled.matrix.nnz,
        "integers": int(compiled.integer.sum()),
    }


def _answer(last: WarmAnswer, plan_times: PlanTimes, gap: float) -> dict[str, float]:
    outcome = last.outcome
    if not outcome.objectives:
        return {"reached": 0.0}
    first = outcome.objectives[0]
    return {
        "value": first.value,
        "bound": first.bound,
        "reached": float(first.bound - first.value <= gap * abs(first.value)),
        "first_plan_cpu_s": plan_times.first_near(first.bound),
    }
