"""`python -m benchmarks.program SIZE SEED`: writes the program of a benchmark problem as MPS to standard output."""

import sys

from benchmarks.problems import Question
from optimizer.export.lp_mps import export

if __name__ == "__main__":
    question = Question(size=sys.argv[1], seed=int(sys.argv[2]), gap=0.0, limit_s=60.0)
    sys.stdout.write(export(question.problem, question.config, "mps"))
