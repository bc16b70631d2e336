"""Plain HiGHS: the same program from an MPS file, default options but for the gap, the limit and one thread."""

import highspy

from benchmarks.clock import Clock
from benchmarks.problems import Question


def measure(question: Question) -> dict[str, float]:
    """Reading the file counts as building."""
    clock, highs = Clock(), highspy.Highs()
    set_options(highs, question)
    with question.mps() as path, clock.part("build"):
        highs.readModel(path)
    with clock.part("solve"):
        highs.run()
    return clock.figures | answer(highs, question) | {"peak_mib": clock.peak_mib()}


def set_options(highs: highspy.Highs, question: Question) -> None:
    """What everybody who solves with HiGHS is given."""
    for name, value in {
        "output_flag": False,
        "mip_rel_gap": question.gap,
        "time_limit": question.limit_s,
        "threads": 1,
    }.items():
        highs.setOptionValue(name, value)


def answer(highs: highspy.Highs, question: Question) -> dict[str, float]:
    """What a run of the minimised risk reduction came to."""
    info = highs.getInfo()
    value, bound = -info.objective_function_value, -info.mip_dual_bound
    return {"value": value, "bound": bound, "reached": float(bound - value <= question.gap * abs(value) * (1 + 1e-9))}
