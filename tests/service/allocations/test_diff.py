from typing import Any

import pytest
from fastapi.testclient import TestClient

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
    assert diff["objectives"][0] == {"metric": "risk_reduction", "here": pytest.approx(9), "there": pytest.approx(14)}
    assert diff["closest"]["optimal"]
    assert "b" in {change["contributor"] for change in diff["forced"]["participation"]}
    assert {run["activity"] for run in diff["forced"]["runs"]} == {"train"}


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
