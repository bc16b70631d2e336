"""Concord: formulates with Pyomo and compiles, writes arrays directly, loads them and solves to the gap."""

from time import perf_counter, process_time

from benchmarks.clock import Clock
from benchmarks.problems import Question
from models.outcome import Progress
from optimizer.arrays.array_program import write_program
from optimizer.arrays.compiled import CompiledProgram, compile_program
from optimizer.arrays.priorities import priorities_of
from optimizer.arrays.solver_arrays import Arrays
from optimizer.data.effective_objectives import effective_objectives
from optimizer.diagnostics.precheck import effective_problem
from optimizer.formulation.families import assemble
from optimizer.search.lexicographic import Finished, Lexicographic
from optimizer.solver.highs import HighsProgram

NEAR = 0.01
"""Relative distance from the final bound at which a plan counts as good."""


def measure(question: Question) -> dict[str, float]:
    """Figures of each step and of the answer."""
    clock, config = Clock(), question.config
    problem = effective_problem(question.problem, config)
    with clock.part("formulate"):
        program = assemble(problem)
    with clock.part("compile"):
        compiled = compile_program(program)
    with clock.part("direct"):
        write_program(problem)
    with clock.part("pass"):
        engine = HighsProgram(Arrays.of(compiled, ()), config.solver)
    plan_times = PlanTimes()
    solving = Lexicographic(
        engine=engine,
        levels=priorities_of(effective_objectives(problem), compiled),
        config=config.solver,
        started=perf_counter(),
        on_progress=plan_times.record,
    )
    with clock.part("solve"):
        finished = solving.solve()
    return (
        clock.figures | _size(compiled) | _answer(finished, plan_times, question.gap) | {"peak_mib": clock.peak_mib()}
    )


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


def _answer(finished: Finished, plan_times: PlanTimes, gap: float) -> dict[str, float]:
    if finished.values is None:
        return {"reached": 0.0}
    result = finished.levels[0]
    value, bound = -result.level.value(finished.values), -result.bound
    return {
        "value": value,
        "bound": bound,
        "reached": float(bound - value <= gap * abs(value)),
        "first_plan_cpu_s": plan_times.first_near(bound),
    }
