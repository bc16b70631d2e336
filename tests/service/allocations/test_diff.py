from typing import Any

import pytest
from fastapi.testclient import TestClient
from httpx2 import Response

from tests.service.asking import ALLOCATIONS, a_problem, refusal, until_job
from tests.service.conftest import Start


def an_allocation(client: TestClient, problem: dict[str, Any], **overrides: Any) -> str:
    body = {"problem": problem, "config": {"overrides": overrides}}
    return str(client.post(ALLOCATIONS, json=body, headers={"Prefer": "wait=30"}).json()["id"])


def test_a_what_if_is_compared_with_its_parent(client: TestClient) -> None:
    base = an_allocation(client, a_problem())
    body: dict[str, Any] = {"changes": {"withdrawn/b": {}}}
    changed = client.post(f"{ALLOCATIONS}/{base}/what-if", json=body).json()["id"]
    until_job(client, changed, "succeeded")
    response = client.get(f"{ALLOCATIONS}/{changed}/diff", params={"against": base})
    assert response.status_code == 200, response.text
    diff = response.json()
    assert diff["schema"] == "concord.diff/1"
    assert diff["objectives"][0] == {
        "metric": "risk_reduction",
        "unit": "risk points",
        **{key: pytest.approx(9) for key in ("here", "here_bound", "here_proven")},
        **{key: pytest.approx(14) for key in ("there", "there_bound", "there_proven")},
    }
    assert diff["closest"]["optimal"]
    assert "b" in {change["contributor"] for change in diff["forced"]["participation"]}
    assert {run["activity"] for run in diff["forced"]["runs"]} == {"train"}


def without_workers(start: Start, here: str, there: str, time_limit_s: float) -> Response:
    """The answer of a service that cannot compare anything again."""
    with start(workers=0) as client:
        parameters = {"against": there, "time_limit_s": str(time_limit_s)}
        return client.get(f"{ALLOCATIONS}/{here}/diff", params=parameters)


def test_a_comparison_that_ended_is_answered_from_storage(start: Start) -> None:
    with start() as client:
        here, there = (an_allocation(client, a_problem(), **{"members/a/votes": votes}) for votes in (1, 2))
        first = client.get(f"{ALLOCATIONS}/{here}/diff", params={"against": there})
    for time_limit_s in (0.001, 20):
        again = without_workers(start, here, there, time_limit_s)
        assert (again.status_code, again.json()) == (200, first.json())
    refusal(without_workers(start, there, here, 20), 503, "no_worker")


def test_an_undecided_comparison_answers_only_an_equal_or_shorter_limit(start: Start) -> None:
    with start() as client:
        here, there = (an_allocation(client, a_problem(), **{"members/a/votes": votes}) for votes in (1, 2))
        parameters = {"against": there, "time_limit_s": "1e-9"}
        first = client.get(f"{ALLOCATIONS}/{here}/diff", params=parameters).json()
    assert first["closest"]["distance"] is None
    assert without_workers(start, here, there, 1e-10).json() == first
    refusal(without_workers(start, here, there, 20), 503, "no_worker")
    with start() as client:
        assert client.get(f"{ALLOCATIONS}/{here}/diff", params={"against": there}).json()["closest"]["optimal"]
    assert without_workers(start, here, there, 20).json()["closest"]["optimal"]


def test_a_stored_comparison_is_removed_with_either_allocation(start: Start) -> None:
    with start() as client:
        here, there, third = (an_allocation(client, a_problem(), **{"members/a/votes": votes}) for votes in (1, 2, 3))
        for against in (there, third):
            assert client.get(f"{ALLOCATIONS}/{here}/diff", params={"against": against}).status_code == 200
        client.delete(f"{ALLOCATIONS}/{there}")
        refusal(client.get(f"{ALLOCATIONS}/{here}/diff", params={"against": there}), 404, "not_found")
        assert client.get(f"{ALLOCATIONS}/{here}/diff", params={"against": third}).status_code == 200


def test_an_allocation_without_a_plan_is_not_compared(client: TestClient) -> None:
    base = an_allocation(client, a_problem())
    impossible = an_allocation(client, a_problem(policy={"min_spend": [{"theatre": "iraq", "amount": 1000}]}))
    for here, there in ((base, impossible), (impossible, base)):
        response = client.get(f"{ALLOCATIONS}/{here}/diff", params={"against": there})
        assert "infeasible" in refusal(response, 409, "no_plan")["detail"]


def test_both_allocations_must_exist_and_the_other_must_be_given(client: TestClient) -> None:
    base = an_allocation(client, a_problem())
    refusal(client.get(f"{ALLOCATIONS}/alc_0/diff", params={"against": base}), 404, "not_found")
    refusal(client.get(f"{ALLOCATIONS}/{base}/diff", params={"against": "alc_0"}), 404, "not_found")
    refusal(client.get(f"{ALLOCATIONS}/{base}/diff"), 422, "invalid_request")


def test_without_worker_processes_a_comparison_is_refused(start: Start) -> None:
    with start() as client:
        base = an_allocation(client, a_problem())
    with start(workers=0) as client:
        refusal(client.get(f"{ALLOCATIONS}/{base}/diff", params={"against": base}), 503, "no_worker")
