import pytest
from fastapi.testclient import TestClient

from service.allocations.preferences import read_preference
from tests.service.asking import ALLOCATIONS, a_hard_problem, a_problem, exactly


@pytest.mark.parametrize(
    "header, wait_s, applied",
    [
        (None, 10, None),
        ("wait=3", 3, "wait=3"),
        ("wait=99", 30, "wait=30"),
        ("respond-async", 0, "respond-async"),
        ("respond-async, wait=5", 5, "respond-async, wait=5"),
        ('Wait="4"; x=1', 4, "wait=4"),
        ('foo="a, wait=1", wait=2', 2, "wait=2"),
        ("wait=2, wait=9", 2, "wait=2"),
        ("wait=soon", 10, None),
        ("wait=-1", 10, None),
        ("return=minimal", 10, None),
    ],
)
def test_prefer_is_parsed_as_rfc_7240_requires(header: str | None, wait_s: float, applied: str | None) -> None:
    preference = read_preference(header)
    assert preference.wait_s == wait_s
    assert preference.applied == applied


def test_a_problem_that_ends_in_time_is_answered_with_200(client: TestClient) -> None:
    response = client.post(ALLOCATIONS, json=a_problem(), headers={"Prefer": "wait=20"})
    assert response.status_code == 200
    assert response.headers["preference-applied"] == "wait=20"
    assert response.headers["vary"] == "Prefer"


def test_a_problem_that_takes_longer_is_answered_with_202_and_the_same_envelope(client: TestClient) -> None:
    response = client.post(ALLOCATIONS, json=exactly(a_hard_problem()), headers={"Prefer": "wait=1"})
    envelope = response.json()
    client.delete(response.headers["location"])
    assert response.status_code == 202
    assert envelope.keys() == {"id", "parent", "job", "outcome", "links"}
    assert response.headers["retry-after"]
    assert envelope["outcome"] is None


def test_respond_async_is_answered_at_once(client: TestClient) -> None:
    response = client.post(ALLOCATIONS, json=a_problem(), headers={"Prefer": "respond-async"})
    assert response.status_code == 202
    assert response.headers["preference-applied"] == "respond-async"


def test_without_a_preference_none_is_reported_as_applied(client: TestClient) -> None:
    assert "preference-applied" not in client.post(ALLOCATIONS, json=a_problem()).headers
