"""Clients that send a head or a body so slowly that it never ends."""

import asyncio
import socket
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import uvicorn

from service import http_protocol
from service.app import create_app
from service.http_protocol import TimedProtocol
from service.settings import Settings
from tests.service.asking import until

LIMIT_S = 0.4


@pytest.fixture
def port(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[int]:
    monkeypatch.setattr(http_protocol, "HEAD_TIMEOUT_S", LIMIT_S)
    settings = Settings(
        database=f"sqlite:///{tmp_path}/concord.db", workers=0, body_timeout_s=LIMIT_S, log_level="ERROR"
    )
    server = uvicorn.Server(uvicorn.Config(create_app(settings), http=TimedProtocol, ws="none", log_config=None))
    listener = socket.create_server(("127.0.0.1", 0))
    thread = threading.Thread(target=lambda: asyncio.run(server.serve([listener])))
    thread.start()
    until(lambda: server.started)
    yield listener.getsockname()[1]
    server.should_exit = True
    thread.join()
    listener.close()


def answer_to(port: int, *parts: bytes) -> bytes:
    """Send parts, wait in between, and return what comes until the connection ends."""
    with socket.create_connection(("127.0.0.1", port), timeout=5) as connection:
        for part in parts:
            connection.sendall(part)
            time.sleep(LIMIT_S / 8)
        received = b""
        while data := connection.recv(65536):
            received += data
        return received


HEAD = b"POST /v1/checks HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
LIVE = b"GET /health/live HTTP/1.1\r\nHost: localhost\r\n"


@pytest.mark.parametrize("parts", [(), (b"GET /health",), (LIVE,), (LIVE + b"\r\n", b"GET /he")])
def test_a_head_that_does_not_end_ends_the_connection(port: int, parts: tuple[bytes, ...]) -> None:
    began = time.monotonic()
    answer = answer_to(port, *parts)
    assert answer.count(b"200 OK") == sum(part.endswith(b"\r\n\r\n") for part in parts)
    assert time.monotonic() - began < LIMIT_S * 4


def test_a_body_that_does_not_end_is_answered_408(port: int) -> None:
    began = time.monotonic()
    answer = answer_to(port, HEAD + b"Content-Length: 100\r\n\r\n{", b" ")
    assert answer.startswith(b"HTTP/1.1 408 ")
    assert b"body_timeout" in answer
    assert time.monotonic() - began < LIMIT_S * 4


def test_a_request_that_is_whole_is_answered_after_the_limit_of_its_head(port: int) -> None:
    with socket.create_connection(("127.0.0.1", port), timeout=5) as connection:
        for _ in range(2):
            connection.sendall(LIVE + b"\r\n")
            answer = b""
            while not answer.endswith(b"}"):
                answer += connection.recv(65536)
            assert answer.startswith(b"HTTP/1.1 200")
            time.sleep(LIMIT_S * 2)
