from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import select

from service.allocations.idempotency import REQUEST_TIMEOUT, reserve_key
from service.database.engine import Database
from service.database.records import IdempotencyKey
from service.database.upgrade import upgrade
from service.errors import ApiError, Code
from tests.service.asking import ALLOCATIONS, a_problem, refusal

NOW = datetime(2026, 1, 1, tzinfo=UTC)


@pytest.fixture
def database(tmp_path: Path) -> Database:
    database = Database(f"sqlite:///{tmp_path}/concord.db")
    upgrade(database)
    return database


def test_a_request_sent_twice_creates_once(client: TestClient) -> None:
    problem, headers = a_problem(), {"Idempotency-Key": "twice"}
    first, second = (client.post(ALLOCATIONS, json=problem, headers=headers).json() for _ in range(2))
    assert first["id"] == second["id"]


def test_the_order_of_keys_does_not_make_another_payload(client: TestClient) -> None:
    problem, headers = a_problem(), {"Idempotency-Key": "order"}
    turned = dict(reversed(problem.items()))
    assert (
        client.post(ALLOCATIONS, json=problem, headers=headers).json()["id"]
        == client.post(ALLOCATIONS, json=turned, headers=headers).json()["id"]
    )


def test_another_payload_under_the_same_key_is_refused(client: TestClient) -> None:
    headers = {"Idempotency-Key": "other payload"}
    client.post(ALLOCATIONS, json=a_problem(), headers=headers)
    refusal(client.post(ALLOCATIONS, json=a_problem(), headers=headers), 422, "idempotency_key_reused")


def test_a_refused_document_does_not_use_up_its_key(client: TestClient) -> None:
    headers = {"Idempotency-Key": "refused"}
    assert client.post(ALLOCATIONS, json=a_problem(members=[]), headers=headers).status_code == 422
    assert client.post(ALLOCATIONS, json=a_problem(), headers=headers).status_code == 200


def test_a_key_whose_allocation_was_removed_is_free_again(client: TestClient) -> None:
    headers = {"Idempotency-Key": "removed"}
    client.delete(client.post(ALLOCATIONS, json=a_problem(), headers=headers).headers["location"])
    assert client.post(ALLOCATIONS, json=a_problem(), headers=headers).status_code == 200


def test_while_the_first_request_is_in_progress_the_second_is_refused_with_retry_after(database: Database) -> None:
    with reserve_key(database, "k", "payload", now=NOW):
        with pytest.raises(ApiError) as refused, reserve_key(database, "k", "payload", now=NOW):
            pass
        assert refused.value.code is Code.in_progress
        assert refused.value.headers == {"Retry-After": "1"}


def test_the_key_of_a_request_that_died_is_free_after_a_timeout(database: Database) -> None:
    later = NOW + REQUEST_TIMEOUT + timedelta(seconds=1)
    with reserve_key(database, "k", "payload", now=NOW), reserve_key(database, "k", "other", now=later) as earlier:
        assert earlier is None


def test_keys_are_deleted_after_a_day(database: Database) -> None:
    for key, at in (("old", NOW), ("young", NOW + timedelta(hours=23)), ("new", NOW + timedelta(hours=25))):
        with reserve_key(database, key, "p", now=at):
            pass
    with database.reading() as session:
        assert set(session.scalars(select(IdempotencyKey.key))) == {"young", "new"}
