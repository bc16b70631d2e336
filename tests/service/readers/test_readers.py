"""Large documents are read in a process of their own, so that the others are answered meanwhile."""

import json
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import httpx2
import pytest

from tests.service.asking import ALLOCATIONS, JSON, a_problem, refusal, until
from tests.service.conftest import Start
from tests.service.worker.test_restart import a_free_port, a_process, answers

MIB = 1024**2
MEASURE = """
import http.client, json, sys, threading, time
ended, waits = threading.Event(), []
threading.Thread(target=lambda: (sys.stdin.read(), ended.set()), daemon=True).start()
connection = http.client.HTTPConnection("127.0.0.1", int(sys.argv[1]))
while not ended.is_set():
    began = time.perf_counter()
    connection.request("GET", "/health/live")
    assert connection.getresponse().read() == b'{"status":"live"}'
    waits.append(time.perf_counter() - began)
    time.sleep(0.01)
print(json.dumps(sorted(waits)))
"""


def many(periods: int, members: int, activities: int) -> dict[str, Any]:
    return a_problem(
        periods=[f"p{number}" for number in range(periods)],
        members=[{"id": f"m{number}", "resources": {"money": 1}} for number in range(members)],
        activities=[{"id": f"x{number}", "theatre": "iraq", "pillar": "other"} for number in range(activities)],
    )


def heavy_bodies() -> dict[str, bytes]:
    """Documents that would keep the interpreter busy for a second or more."""
    keys = ",".join(f'"k{number}":0' for number in range(400_000))
    return {
        "few bytes, many combinations": json.dumps(many(60, 200, 300)).encode(),
        "as many as are allowed": json.dumps(many(12, 190, 200)).encode(),
        "a repeated key after 11 MB": b'{"a":1,"notes":"' + b"x" * 11 * MIB + b'","a":2}',
        "many keys": ("{" + keys + "}").encode(),
    }


@pytest.mark.timeout(300)
def test_live_answers_at_once_while_large_documents_are_read(tmp_path: Path) -> None:
    """98 of 100 answers within 50 ms: other tests on the same cores may delay some."""
    port, database = a_free_port(), tmp_path / "concord.db"
    with a_process(database, port), httpx2.Client(base_url=f"http://127.0.0.1:{port}", timeout=120) as client:
        until(lambda: answers(client, "/health/ready"))
        with subprocess.Popen(
            [sys.executable, "-c", MEASURE, str(port)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        ) as measuring:
            for body in heavy_bodies().values():
                client.post("/v1/checks", content=body, headers=JSON)
                client.post(ALLOCATIONS, content=body, headers=JSON | {"Prefer": "respond-async"})
            waits = json.loads(measuring.communicate("")[0])
    assert waits[len(waits) * 98 // 100] < 0.05
    assert waits[-1] < 0.5


def test_a_document_that_takes_too_long_is_refused_and_the_next_is_read(start: Start) -> None:
    with start(workers=0, check_limit_s=0.3) as client:
        large = heavy_bodies()["many keys"]
        details = refusal(client.post("/v1/checks", content=large, headers=JSON), 422, "too_complex")
        assert "0.3 s" in details["detail"]
        middling = a_problem(notes="x" * 20_000)
        until(lambda: client.post("/v1/checks", json=middling).status_code == 200)


def test_a_document_that_takes_too_much_memory_is_refused(start: Start) -> None:
    with start(workers=0, check_memory_mb=256) as client:
        body = ("[" * 2 + "0," * 9_000_000 + "0]]").encode()
        began = time.monotonic()
        response = client.post("/v1/checks", content=body, headers=JSON)
        assert (response.status_code, response.json()["code"]) in {(422, "too_complex"), (400, "malformed_json")}
        assert time.monotonic() - began < 20


def test_a_small_document_that_asks_for_much_is_checked_in_the_process_too(start: Start) -> None:
    with start(workers=0) as client:
        readers = client.app.state.context.readers  # type: ignore[attr-defined]
        assert client.post("/v1/checks", json=a_problem()).json()["sound"]
        assert readers._pool is None
        assert client.post("/v1/checks", json=many(60, 20, 10)).json()["sound"]
        assert readers._pool is not None


def test_documents_beyond_what_may_wait_are_refused_with_retry_after(start: Start) -> None:
    with start(workers=0) as client:
        readers = client.app.state.context.readers  # type: ignore[attr-defined]
        readers._waiting_bytes = 8 * 20 * MIB
        response = client.post("/v1/checks", json=a_problem(notes="x" * 20_000))
        refusal(response, 429, "busy")
        assert response.headers["retry-after"]
