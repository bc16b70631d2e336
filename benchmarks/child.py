"""`python -m benchmarks.child TASK SIZE SEED GAP LIMIT`: runs one measurement and prints its figures as JSON."""

import json
import subprocess
import sys
from dataclasses import astuple
from importlib import import_module

from benchmarks.problems import Question

GRACE = 4.0
"""A measurement is given up after this multiple of the time limit; some solvers check the clock rarely."""


def measured(task: str, question: Question) -> dict[str, float] | str:
    """The figures of a task, run in a new process; a sentence if it failed."""
    command = [sys.executable, "-m", "benchmarks.child", task, *map(str, astuple(question))]
    try:
        done = subprocess.run(
            command, capture_output=True, text=True, check=False, timeout=GRACE * question.limit_s + 300
        )
    except subprocess.TimeoutExpired:
        return "did not finish"
    if done.returncode:
        return (done.stderr.strip().splitlines() or [f"ended with {done.returncode}"])[-1]
    figures: dict[str, float] = json.loads(done.stdout.strip().splitlines()[-1])
    return figures


def main() -> None:
    """Measure one task and print its figures."""
    task, size, seed, gap, limit_s = sys.argv[1:]
    question = Question(size=size, seed=int(seed), gap=float(gap), limit_s=float(limit_s))
    print(json.dumps(import_module(f"benchmarks.tasks.{task}").measure(question)))


if __name__ == "__main__":
    main()
