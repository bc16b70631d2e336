"""Determinism: solves a problem in two new processes with one seed and one thread, and compares the outcomes."""

import os
import subprocess
import sys
from hashlib import sha256

from benchmarks.problems import Question

PROGRAM = """
import sys
from benchmarks.problems import Question
from optimizer import solve
size, seed, gap, limit_s = sys.argv[1:]
question = Question(size=size, seed=int(seed), gap=float(gap), limit_s=float(limit_s))
outcome = solve(question.problem, question.config)
sys.stdout.write(outcome.model_dump_json(by_alias=True, exclude={"timing"}))
"""


def measure(question: Question) -> dict[str, float]:
    """`same_bytes` is 1 if both outcomes are equal byte by byte, timing excluded; hash seeds differ on purpose."""
    first, second = (_outcome(question, hash_seed) for hash_seed in ("1", "2"))
    digests = {sha256(outcome).hexdigest() for outcome in (first, second)}
    return {"same_bytes": float(len(digests) == 1), "bytes": len(first)}


def _outcome(question: Question, hash_seed: str) -> bytes:
    arguments = [question.size, str(question.seed), str(question.gap), str(question.limit_s)]
    return subprocess.run(
        [sys.executable, "-c", PROGRAM, *arguments],
        capture_output=True,
        check=True,
        env={**os.environ, "PYTHONHASHSEED": hash_seed},
    ).stdout
