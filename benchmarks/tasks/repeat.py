"""Determinism: the same problem, seed and one thread, cold, in two fresh processes: the same bytes but for timing."""

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
    """1 where both outcomes are the same bytes; the hash seeds differ on purpose."""
    first, second = (_outcome(question, hash_seed) for hash_seed in ("1", "2"))
    digests = {sha256(one).hexdigest() for one in (first, second)}
    return {"same_bytes": float(len(digests) == 1), "bytes": len(first)}


def _outcome(question: Question, hash_seed: str) -> bytes:
    arguments = [question.size, str(question.seed), str(question.gap), str(question.limit_s)]
    return subprocess.run(
        [sys.executable, "-c", PROGRAM, *arguments],
        capture_output=True,
        check=True,
        env={**os.environ, "PYTHONHASHSEED": hash_seed},
    ).stdout
