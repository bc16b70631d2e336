import subprocess
import sys
from pathlib import Path

from examples.southern_flank import PROBLEM

ROOT = Path(__file__).resolve().parents[2]


def test_the_demonstration_starts_the_service_shows_plan_and_proof_and_stops_it() -> None:
    smallest = PROBLEM.parent / "smallest.json"
    done = subprocess.run(
        [sys.executable, "examples/demo.py", str(smallest)], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    expected = ["started the service on", "ready after", "job succeeded", "stopped the service", "PROVEN OPTIMAL"]
    assert [done.stdout.index(words) for words in expected] == sorted(done.stdout.index(words) for words in expected)
