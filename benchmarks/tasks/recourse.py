"""A problem with recourse, as the service answers it: an early plan, its bound, the last answer within two minutes."""

from collections.abc import Iterable, Iterator

from benchmarks.clock import Clock
from benchmarks.problems import Question
from models.config import Config
from optimizer.arrays.array_program import write_program
from optimizer.diagnostics.precheck import effective_problem
from optimizer.solving.warm import WarmAnswer, WarmProblem

LIMIT_S = 120.0
"""Seconds by the clock that the solve may take: processor seconds where nothing else runs."""
BOUNDED = 0.05
"""A gap from which on the bound is one of the program, not of its columns alone."""


def measure(question: Question) -> dict[str, float]:
    """When which answer was there, from the start of the solve; what the last one is worth."""
    clock, problem = Clock(), question.problem
    solver = question.config.solver.model_copy(update={"time_limit_s": min(LIMIT_S, question.limit_s)})
    config = Config(solver=solver)
    with clock.part("direct"):
        compiled = write_program(effective_problem(problem, config)).compiled
    rows, columns = compiled.matrix.shape
    size = {
        "columns": columns,
        "rows": rows,
        "nonzeros": compiled.matrix.nnz,
        "integers": int(compiled.integer.sum()),
    }
    del compiled  # it is not to count as memory of the solve
    told = timed(WarmProblem(problem, config).answers(problem, config), clock)
    return size | reached(told, question.gap) | clock.figures | {"peak_mib": clock.peak_mib()}


def timed(answers: Iterator[WarmAnswer], clock: Clock) -> Iterator[tuple[float, WarmAnswer]]:
    """Each answer, and the processor seconds until it was there."""
    while True:
        with clock.part("solve"):
            answer = next(answers, None)
        if answer is None:
            return
        yield clock.figures["solve_cpu_s"], answer


def reached(told: Iterable[tuple[float, WarmAnswer]], gap: float) -> dict[str, float]:
    """The first plan, the first that is known to be good, and the last; nothing but that where there is none."""
    figures: dict[str, float] = {"reached": 0.0}
    for seconds, answer in told:
        if not answer.outcome.objectives:
            continue
        best = answer.outcome.objectives[0]
        figures.setdefault("early_cpu_s", seconds)
        if best.gap <= BOUNDED:
            figures.setdefault("bounded_cpu_s", seconds)
        figures |= {"value": best.value, "bound": best.bound, "gap": best.gap, "reached": float(best.gap <= gap)}
    return figures
