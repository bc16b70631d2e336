"""Response times of what-ifs over HTTP; see `benchmarks.what_if`."""

from benchmarks.generate import generate
from benchmarks.problems import Question
from benchmarks.what_if import measure as measure_what_ifs

MOVES = 25


def measure(question: Question) -> dict[str, float]:
    """Figures of `MOVES` what-ifs from one base problem."""
    return measure_what_ifs(generate(question.size, question.seed), MOVES, question.seed)
