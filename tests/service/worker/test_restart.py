"""Tests of the service in a separate process that is killed with SIGKILL."""

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx2

from tests.service.asking import ALLOCATIONS, ASYNC, a_hard_problem, a_problem, exactly, until

SERVE = "import uvicorn; from service.app import create_app; from service.settings import Settings; s = Settings(); \
uvicorn.run(create_app(s), host=s.host, port=s.port, log_config=None)"


def a_free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def a_process(database: Path, port: int) -> Iterator[subprocess.Popen[bytes]]:
    settings = {
        "CONCORD_DATABASE": f"sqlite:///{database}",
        "CONCORD_PORT": str(port),
        "CONCORD_WORKERS": "1",
        "CONCORD_LEASE_S": "2",
        "CONCORD_LOG_LEVEL": "ERROR",
    }
    with subprocess.Popen([sys.executable, "-c", SERVE], env=os.environ | settings) as process:
        try:
            yield process
        finally:
            process.terminate()
            process.wait(timeout=20)


def answers(client: httpx2.Client, path: str) -> bool:
    try:
        return client.get(path).status_code == 200
    except httpx2.TransportError:
        return False


def children_of(pid: int) -> list[int]:
    """Return the child processes of a process, without the resource tracker of spawn."""
    tasks = Path(f"/proc/{pid}/task").glob("*/children")
    listed = [child for task in tasks for child in task.read_text(encoding="ascii").split()]
    return [int(child) for child in listed if b"spawn_main" in Path(f"/proc/{child}/cmdline").read_bytes()]


def test_kill_9_of_the_service_loses_no_accepted_job_and_leaves_no_process(tmp_path: Path) -> None:
    port, database = a_free_port(), tmp_path / "concord.db"
    with httpx2.Client(base_url=f"http://127.0.0.1:{port}") as client:
        with a_process(database, port) as process:
            until(lambda: answers(client, "/health/ready"))
            running = client.post(ALLOCATIONS, json=exactly(a_hard_problem(), time_limit_s=3), headers=ASYNC).json()
            waiting = client.post(ALLOCATIONS, json=a_problem(), headers=ASYNC).json()
            until(lambda: client.get(running["links"]["self"]).json()["job"]["started_at"] is not None)
            workers = children_of(process.pid)
            process.send_signal(signal.SIGKILL)
            process.wait()
        assert workers
        until(lambda: not any(is_alive(worker) for worker in workers), within_s=10)
        with a_process(database, port):
            until(lambda: answers(client, "/health/live"))
            until(lambda: all(has_succeeded(client, accepted) for accepted in (running, waiting)))
            assert client.get(running["links"]["self"]).json()["job"]["attempt"] == 2


def has_succeeded(client: httpx2.Client, accepted: dict[str, Any]) -> bool:
    return bool(client.get(accepted["links"]["self"]).json()["job"]["status"] == "succeeded")


def is_alive(pid: int) -> bool:
    status = Path(f"/proc/{pid}/stat")
    return status.exists() and status.read_text(encoding="ascii").rsplit(") ", 1)[1][0] != "Z"
