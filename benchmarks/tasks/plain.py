"""Plain HiGHS: the same program from an MPS file, with default options except gap, time limit and one thread."""

import highspy

from benchmarks.clock import Clock
from benchmarks.problems import Question


def measure(question: Question) -> dict[str, float]:
    """Figures of the solve; building is reading the MPS file."""
    clock, highs = Clock(), highspy.Highs()
    set_options(highs, question)
    with question.mps() as path, clock.part("build"):
        highs.readModel(path)
    with clock.part("solve"):
        highs.run()
    return clock.figures | answer(highs, question) | {"peak_mib": clock.peak_mib()}


def set_options(highs: highspy.Highs, question: Question) -> None:
    """Set the options shared by all tasks that run HiGHS."""
    for name, value in {
        "output_flag": False,
        "mip_rel_gap": question.gap,
        "time_limit": question.limit_s,
        "threads": 1,
    }.items():
        highs.setOptionValue(name, value)


def answer(highs: highspy.Highs, question: Question) -> dict[str, float]:
    """Value, bound and `reached` of a run that minimised the negated risk reduction."""
    info = highs.getInfo()
    value, bound = -info.objective_function_value, -info.mip_dual_bound
    return {"value": value, "bound": bound, "reached": float(bound - value <= question.gap * abs(value) * (1 + 1e-9))}
