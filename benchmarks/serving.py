"""Starts a service to measure, sends it HTTP requests and reads the processor time of its processes."""

import json
import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path
from typing import Any

LONGEST_S = 240.0
"""Timeout of a request, in seconds."""
SETTLE_S = 0.3
"""Seconds between two checks whether the service is ready."""

Document = dict[str, Any]


class Client:
    """An HTTP client with one connection that stays open."""

    def __init__(self, port: int) -> None:
        """Prepare the connection; it opens with the first request."""
        self._port = port
        self._connection = HTTPConnection("127.0.0.1", port, timeout=LONGEST_S)

    def ask(
        self, method: str, path: str, body: Document | None = None, *, prefer: str = "wait=30"
    ) -> tuple[int, Document]:
        """Send a request; returns the status and the JSON document."""
        headers = {"Content-Type": "application/json", "Prefer": prefer}
        try:
            self._connection.request(method, path, None if body is None else json.dumps(body), headers)
            response = self._connection.getresponse()
            return response.status, json.loads(response.read() or b"{}")
        except OSError:
            self._connection.close()
            raise

    def kinds(self, path: str, within_s: float) -> Iterator[str]:
        """Names of the server-sent events at `path`, as they arrive within the given time."""
        events = HTTPConnection("127.0.0.1", self._port, timeout=within_s)
        until = time.monotonic() + within_s
        with suppress(TimeoutError), closing(events):
            events.request("GET", path)
            response = events.getresponse()
            while (line := response.readline().decode()) and time.monotonic() < until:
                if line.startswith("event:"):
                    yield line.partition(":")[2].strip()


@dataclass(frozen=True)
class Used:
    """Processor seconds since the start of the service: web process, and worker processes together."""

    web_s: float
    workers_s: float

    def since(self, before: "Used") -> "Used":
        """Processor seconds used after `before`."""
        return Used(web_s=self.web_s - before.web_s, workers_s=self.workers_s - before.workers_s)


@dataclass(frozen=True)
class Served:
    """A running service: a client and the process id."""

    client: Client
    pid: int

    @property
    def used(self) -> Used:
        """Processor seconds that its processes have used so far."""
        return Used(web_s=_processor_s(self.pid), workers_s=sum(map(_processor_s, _children(self.pid))))


@contextmanager
def running_service() -> Iterator[Served]:
    """Context with a new service on a free port, with a temporary database."""
    with tempfile.TemporaryDirectory() as folder, socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
        free.close()
        settings = {"CONCORD_DATABASE": f"sqlite:///{folder}/bench.db", "CONCORD_LOG_LEVEL": "ERROR"}
        command = [str(Path(sys.executable).with_name("concord")), "serve", "--port", str(port)]
        with subprocess.Popen(command, env=os.environ | settings, stderr=subprocess.DEVNULL) as process:
            try:
                client = Client(port)
                while not _is_ready(client):
                    if process.poll() is not None:
                        raise SystemExit("the service did not start")
                    time.sleep(SETTLE_S)
                yield Served(client, process.pid)
            finally:
                process.terminate()


def _is_ready(client: Client) -> bool:
    try:
        return client.ask("GET", "/health/ready")[0] == 200  # noqa: PLR2004  (HTTP's OK)
    except OSError:
        return False


def _processor_s(pid: int) -> float:
    """Processor seconds of a process, ended threads included; computes the id of its clock as Linux does."""
    with suppress(OSError):
        return time.clock_gettime((~pid << 3) | 2)
    return 0.0


def _children(pid: int) -> list[int]:
    found = [int(child) for task in Path(f"/proc/{pid}/task").glob("*/children") for child in task.read_text().split()]
    return [process for child in found for process in (child, *_children(child))]
