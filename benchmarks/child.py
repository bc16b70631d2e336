"""`python -m benchmarks.child TASK SIZE SEED GAP LIMIT`: one measurement in a process of its own, as a line of JSON."""

import json
import subprocess
import sys
from dataclasses import astuple
from importlib import import_module

from benchmarks.problems import Question

GRACE = 4.0
"""Times the limit after which a measurement is given up: some solvers look at the clock seldom."""


def measured(task: str, question: Question) -> dict[str, float] | str:
    """The figures of a task in a fresh process; in words, what went wrong with it."""
    command = [sys.executable, "-m", "benchmarks.child", task, *map(str, astuple(question))]
    try:
        done = subprocess.run(
            command, capture_output=True, text=True, check=False, timeout=GRACE * question.limit_s + 300
        )
    except subprocess.TimeoutExpired:
        return "did not end"
    if done.returncode:
        return (done.stderr.strip().splitlines() or [f"ended with {done.returncode}"])[-1]
    figures: dict[str, float] = json.loads(done.stdout.strip().splitlines()[-1])
    return figures


def main() -> None:
    """Measure and print."""
    task, size, seed, gap, limit_s = sys.argv[1:]
    question = Question(size=size, seed=int(seed), gap=float(gap), limit_s=float(limit_s))
    print(json.dumps(import_module(f"benchmarks.tasks.{task}").measure(question)))


if __name__ == "__main__":
    main()
