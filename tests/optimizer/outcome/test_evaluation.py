"""Evaluation needs no solver, because the web process runs it."""

import subprocess
import sys


def test_evaluation_loads_no_solver() -> None:
    program = "import sys, optimizer.outcome.evaluation; print(*{'pyomo', 'highspy'} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.split() == []
