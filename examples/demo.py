"""Run by `make demo`: starts the service, POSTs the southern flank, shows the plan with its proof, stops the service.

`python examples/demo.py FILE` does the same with another problem. The service listens on loopback, on a free port, with
a temporary database.
"""

import json
import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path
from typing import Any, NamedTuple

from rich.console import Console

from examples.demo_picture import show_picture
from models.outcome import OUTCOME
from models.problem.problem import Problem

PROBLEM = Path(__file__).resolve().parent / "problems" / "southern_flank_2019.json"
CONCORD = Path(sys.executable).with_name("concord")
HOST = "127.0.0.1"
READY_WITHIN_S = 60.0
ANSWER_WITHIN_S = 120.0
POLL_S = 0.25
CONFIG = {"solver": {"mip_gap": 0.01, "time_limit_s": 60}}
OK, ACCEPTED = 200, 202
NARROW = 100


class Answer(NamedTuple):
    """An HTTP response: status and JSON body."""

    status: int
    body: dict[str, Any]


def main(arguments: list[str]) -> None:
    """Run the demonstration with the given problem, by default the southern flank; exit with 1 without an answer."""
    console = Console()
    if not console.is_terminal:
        console.width = max(console.width, NARROW)
    document = json.loads(Path(arguments[0] if arguments else PROBLEM).read_text(encoding="utf-8"))
    with tempfile.TemporaryDirectory(prefix="concord-demo-") as folder, service(Path(folder), console) as port:
        allocation = solve(port, document, console)
    if allocation["outcome"] is None:
        raise SystemExit(f"the job ended without an outcome: {json.dumps(allocation['job'])}")
    show_picture(console, OUTCOME.validate_python(allocation["outcome"]), Problem.model_validate(document))


@contextmanager
def service(folder: Path, console: Console) -> Iterator[int]:
    """Context that starts a service, yields its port and stops it at the end."""
    port = free_port()
    log = folder / "service.log"
    command = [str(CONCORD), "serve", "--port", str(port), "--database", f"sqlite:///{folder / 'demo.db'}"]
    with log.open("w") as file:
        process = subprocess.Popen(command, stdout=file, stderr=file, env={**os.environ, "CONCORD_HOST": HOST})  # noqa: S603  (our own executable)
    console.print(f"started the service on http://{HOST}:{port}")
    try:
        waited = wait_until_ready(port, process)
        if waited is None:
            raise SystemExit(f"the service did not become ready; its log:\n{log.read_text()[-4000:]}")
        console.print(f"ready after {waited:.1f} s")
        yield port
    finally:
        process.terminate()
        process.wait(timeout=30)
    console.print("stopped the service")


def free_port() -> int:
    """A free port."""
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])


def wait_until_ready(port: int, process: subprocess.Popen[bytes]) -> float | None:
    """Seconds until the service is ready; None if it ends or takes too long."""
    began = time.monotonic()
    while process.poll() is None and time.monotonic() - began < READY_WITHIN_S:
        try:
            if ask(port, "GET", "/health/ready").status == OK:
                return time.monotonic() - began
        except OSError:
            pass  # the service does not listen yet
        time.sleep(POLL_S)
    return None


def ask(port: int, method: str, path: str, body: object = None, **headers: str) -> Answer:
    """Send a request; raises `OSError` without a response."""
    connection = HTTPConnection(HOST, port, timeout=ANSWER_WITHIN_S)
    try:
        payload = None if body is None else json.dumps(body).encode()
        kind = {} if payload is None else {"Content-Type": "application/json"}
        connection.request(method, path, payload, {**kind, **headers})
        response = connection.getresponse()
        return Answer(response.status, json.loads(response.read() or b"{}"))
    finally:
        connection.close()


def solve(port: int, document: object, console: Console) -> dict[str, Any]:
    """POST the problem and wait for the answer; returns the envelope: id, job, outcome, links."""
    began = time.monotonic()
    answer = ask(port, "POST", "/v1/allocations", {"problem": document, "config": CONFIG}, Prefer="wait=30")
    console.print(f"POST /v1/allocations: {answer.status} after {time.monotonic() - began:.1f} s")
    path = f"/v1/allocations/{answer.body.get('id')}"
    while answer.status == ACCEPTED or (answer.status == OK and answer.body["job"]["status"] in {"queued", "running"}):
        if time.monotonic() - began > ANSWER_WITHIN_S:
            raise SystemExit(f"no answer within {ANSWER_WITHIN_S:.0f} s: GET {path} says {answer.body['job']}")
        time.sleep(POLL_S)
        answer = ask(port, "GET", path)
    if answer.status != OK:
        raise SystemExit(f"the service answered {answer.status}: {json.dumps(answer.body, indent=1)}")
    console.print(f"answered after {time.monotonic() - began:.1f} s: job {answer.body['job']['status']}")
    return answer.body


if __name__ == "__main__":
    main(sys.argv[1:])
