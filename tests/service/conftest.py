from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from service.app import create_app
from service.settings import Settings
from tests.service.asking import BASE, until_ready

Start = Callable[..., AbstractContextManager[TestClient]]


@contextmanager
def a_service(database: Path, **settings: object) -> Iterator[TestClient]:
    """Run a complete service with worker processes and a database file."""
    chosen = Settings.model_validate(
        {"database": f"sqlite:///{database}", "workers": 1, "log_level": "ERROR"} | settings
    )
    with TestClient(create_app(chosen), base_url=BASE) as client:
        if chosen.workers:
            until_ready(client)
        yield client


@pytest.fixture(scope="session")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """A service that most tests share; each test uses its own problem."""
    with a_service(tmp_path_factory.mktemp("service") / "concord.db") as started:
        yield started


@pytest.fixture
def start(tmp_path: Path) -> Start:
    """Return a function that starts a separate service; its database survives between starts."""
    return lambda **settings: a_service(tmp_path / "concord.db", **settings)
