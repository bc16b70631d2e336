"""What a planner waits for who moves levers, over HTTP: see `benchmarks.what_if`."""

from benchmarks.generate import generate
from benchmarks.problems import Question
from benchmarks.what_if import measure as moved

MOVES = 25


def measure(question: Question) -> dict[str, float]:
    """Moves from one base, by the clock and of the processors."""
    return moved(generate(question.size, question.seed), MOVES, question.seed)
