"""Requests and waits of the service tests."""

import time
from collections.abc import Callable
from typing import Any
from uuid import uuid4

from fastapi.testclient import TestClient
from httpx2 import Response

BASE = "http://127.0.0.1:8000"
JSON = {"Content-Type": "application/json"}
ASYNC = {"Prefer": "respond-async"}
ALLOCATIONS = "/v1/allocations"

Document = dict[str, Any]


def a_problem(**changes: Any) -> Document:
    """Return the smallest problem (optimum 14) with a unique title, so that no stored outcome answers it."""
    return {
        "schema": "concord.problem/1",
        "title": uuid4().hex,
        "members": [{"id": "a", "resources": {"money": 6}}, {"id": "b", "resources": {"money": 4}}],
        "theatres": [{"id": "iraq", "risk": 10}, {"id": "libya", "risk": 6, "weight": 2}],
        "activities": [
            {
                "id": "train",
                "theatre": "iraq",
                "pillar": "capacity_building",
                "effect": {"type": "linear", "per_level": 1},
            },
            {
                "id": "watch",
                "theatre": "libya",
                "pillar": "surveillance",
                "needs": {"money": 2},
                "effect": {"type": "linear", "per_level": 1.5},
            },
        ],
        **changes,
    }


def a_hard_problem() -> Document:
    """Return a knapsack of 80 binary projects and 5 budgets: the first plan comes at once, the proof takes minutes."""
    budgets, projects = 5, 80
    needs = [
        [20 + (37 * i * i + 61 * (j + 1) * i + 17 * j) % 83 for j in range(budgets)] for i in range(1, projects + 1)
    ]
    resources = [f"r{j}" for j in range(budgets)]
    return {
        "schema": "concord.problem/1",
        "title": uuid4().hex,
        "resources": [{"id": name} for name in resources],
        "members": [
            {"id": "a", "resources": {name: sum(row[j] for row in needs) / 2 for j, name in enumerate(resources)}}
        ],
        "theatres": [{"id": "t", "risk": 1_000_000}],
        "activities": [
            {
                "id": f"x{i}",
                "theatre": "t",
                "pillar": "other",
                "needs": dict(zip(resources, row, strict=True)),
                "max_level": 1,
                "effect": {"type": "threshold", "threshold": 1, "per_level": sum(row) + (i * 29) % 31},
            }
            for i, row in enumerate(needs)
        ],
        "objectives": [{"metric": "risk_reduction"}],
    }


def exactly(problem: Document, **solver: Any) -> Document:
    """Return a body with relative gap 0, so that the solve must prove optimality."""
    return {"problem": problem, "config": {"solver": {"mip_gap": 0, **solver}}}


def begin(client: TestClient, body: Document) -> str:
    """Submit without waiting and return the id of the allocation."""
    response = client.post(ALLOCATIONS, json=body, headers=ASYNC)
    assert response.status_code == 202, response.text
    return str(response.json()["id"])


def job(client: TestClient, allocation_id: str) -> Document:
    """Return the job of an allocation."""
    response = client.get(f"{ALLOCATIONS}/{allocation_id}")
    assert response.status_code == 200, response.text
    return dict(response.json()["job"])


def until_job(client: TestClient, allocation_id: str, *statuses: str, within_s: float = 60) -> Document:
    """Wait until the job has one of these statuses, and return it."""
    until(lambda: job(client, allocation_id)["status"] in statuses, within_s=within_s)
    return job(client, allocation_id)


def until(condition: Callable[[], bool], *, within_s: float = 60) -> None:
    """Wait until the condition holds; fail after `within_s` seconds."""
    end = time.monotonic() + within_s
    while not condition():
        assert time.monotonic() < end, f"the condition did not hold within {within_s:g} s"
        time.sleep(0.05)


def until_ready(client: TestClient) -> None:
    """Wait until the worker processes are prepared."""
    until(lambda: client.get("/health/ready").status_code == 200)


def refusal(response: Response, status: int, code: str) -> Document:
    """Check status and code of a refusal and return its problem details."""
    assert response.status_code == status, response.text
    assert response.headers["content-type"] == "application/problem+json"
    details: Document = response.json()
    assert details["status"] == status
    assert details["code"] == code
    return details
