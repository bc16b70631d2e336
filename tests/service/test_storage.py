"""A database that is locked, full or gone."""

import resource
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from httpx2 import Response

from service.database import engine
from service.errors import Code
from tests.service.asking import ALLOCATIONS, a_problem, refusal
from tests.service.conftest import Start


@contextmanager
def locked(file: Path) -> Iterator[None]:
    with closing(sqlite3.connect(file)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield


@contextmanager
def full_disk() -> Iterator[None]:
    """Let no file of this process grow beyond a few bytes: SQLite fails as on a disk without space."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (64, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def is_unavailable(response: Response) -> bool:
    refusal(response, 503, Code.storage_unavailable.name)
    return bool(response.headers["retry-after"])


def readiness(client: TestClient) -> tuple[int, str]:
    response = client.get("/health/ready")
    return response.status_code, response.json()["database"]


def test_a_locked_database_is_answered_503_with_retry_after_and_is_not_ready(
    start: Start, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine.Database.__init__, "__kwdefaults__", {"busy_timeout_ms": 200})
    with start() as client:
        with locked(tmp_path / "concord.db"):
            assert is_unavailable(client.post(ALLOCATIONS, json=a_problem()))
            assert readiness(client) == (503, "failed")
            assert client.get("/health/live").status_code == 200
        assert readiness(client) == (200, "ok")
        assert client.post(ALLOCATIONS, json=a_problem()).status_code == 200


def test_a_full_disk_is_answered_503_with_retry_after_and_is_not_ready(start: Start) -> None:
    with start() as client:
        with full_disk():
            assert readiness(client) == (503, "failed")
            assert is_unavailable(client.post(ALLOCATIONS, json=a_problem()))
        assert readiness(client) == (200, "ok")
        assert client.post(ALLOCATIONS, json=a_problem()).status_code == 200


@pytest.mark.parametrize("replaced", [False, True])
def test_a_database_whose_file_is_gone_accepts_nothing_and_is_not_ready(
    start: Start, tmp_path: Path, *, replaced: bool
) -> None:
    with start() as client:
        file = tmp_path / "concord.db"
        file.rename(tmp_path / "away.db")
        if replaced:
            file.write_bytes((tmp_path / "away.db").read_bytes())
        assert readiness(client) == (503, "missing")
        assert is_unavailable(client.post(ALLOCATIONS, json=a_problem()))
        assert is_unavailable(client.get(ALLOCATIONS))
        assert file.exists() == replaced
