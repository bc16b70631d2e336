"""A problem with recourse, solved as in the service: an early plan, a bound, the last answer within two minutes."""

from collections.abc import Iterable, Iterator

from benchmarks.clock import Clock
from benchmarks.problems import Question
from models.config import Config
from optimizer.arrays.array_program import write_program
from optimizer.diagnostics.precheck import effective_problem
from optimizer.solving.warm import WarmAnswer, WarmProblem

LIMIT_S = 120.0
"""Time limit of the solve, in wall-clock seconds."""
BOUNDED = 0.05
"""At a gap this small, the bound comes from the program and not only from the bounds of its columns."""


def measure(question: Question) -> dict[str, float]:
    """Processor seconds to each answer, from the start of the solve, and the value of the last."""
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
    del compiled  # so that it does not count as memory of the solve
    answers = timed(WarmProblem(problem, config).answers(problem, config), clock)
    return size | reached(answers, question.gap) | clock.figures | {"peak_mib": clock.peak_mib()}


def timed(answers: Iterator[WarmAnswer], clock: Clock) -> Iterator[tuple[float, WarmAnswer]]:
    """Each answer with the processor seconds until it was available."""
    while True:
        with clock.part("solve"):
            answer = next(answers, None)
        if answer is None:
            return
        yield clock.figures["solve_cpu_s"], answer


def reached(answers: Iterable[tuple[float, WarmAnswer]], gap: float) -> dict[str, float]:
    """Times of the first plan and of the first plan with a bound; value and bound of the last plan.

    Only `reached`, as 0, if there is no plan.
    """
    figures: dict[str, float] = {"reached": 0.0}
    for seconds, answer in answers:
        if not answer.outcome.objectives:
            continue
        best = answer.outcome.objectives[0]
        figures.setdefault("early_cpu_s", seconds)
        figures |= {"value": best.value}
        if best.bound is None or best.gap is None:
            continue
        if best.gap <= BOUNDED:
            figures.setdefault("bounded_cpu_s", seconds)
        figures |= {"bound": best.bound, "gap": best.gap, "reached": float(best.gap <= gap)}
    return figures
