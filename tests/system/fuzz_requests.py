"""`make fuzz`, second part: schemathesis sends requests of the OpenAPI document to a service, in all its phases."""

import argparse
import subprocess
import sys
import tempfile
from pathlib import Path

import httpx2

from tests.service.asking import until
from tests.service.worker.test_restart import a_free_port, a_process, answers

OPERATIONS = 15
"""About as many operations as the interface has: schemathesis counts the cases of each."""


def run(schemathesis: str, cases: int, seed: int) -> int:
    """Return the exit status of schemathesis: 0 if no answer was a 5xx."""
    port = a_free_port()
    url = f"http://127.0.0.1:{port}"
    with tempfile.TemporaryDirectory() as folder, a_process(Path(folder) / "concord.db", port):
        with httpx2.Client(base_url=url) as client:
            until(lambda: answers(client, "/health/ready"))
        command = [schemathesis, "run", f"{url}/openapi.json", "--checks", "not_a_server_error", "--seed", str(seed)]
        limits = [
            "--max-examples",
            str(max(cases // OPERATIONS, 1)),
            "--request-timeout",
            "40",
            "--header",
            "Prefer: wait=1",
        ]
        # Event streams last as long as their jobs.
        return subprocess.run([*command, *limits, "--exclude-path-regex", "/events$"], check=False).returncode


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("schemathesis", help="path of the command")
    parser.add_argument("--cases", type=int, default=20_000)
    parser.add_argument("--seed", type=int, default=0)
    given = parser.parse_args()
    sys.exit(run(given.schemathesis, given.cases, given.seed))
