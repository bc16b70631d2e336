from typing import Any

import pytest
from fastapi.testclient import TestClient

from tests.service.asking import ALLOCATIONS, a_hard_problem, a_problem, exactly


def ask(client: TestClient, problem: dict[str, Any], **config: Any) -> dict[str, Any]:
    return dict(client.post(ALLOCATIONS, json={"problem": problem, "config": config}).json())


def test_identical_work_is_answered_from_storage(client: TestClient) -> None:
    problem = a_problem()
    first, second = ask(client, problem), ask(client, problem)
    assert first["job"]["reused_from"] is None
    assert second["job"]["reused_from"] == first["id"]
    assert second["id"] != first["id"]
    assert second["outcome"] == first["outcome"]


def test_a_proof_of_infeasibility_is_reused_too(client: TestClient) -> None:
    problem = a_problem(policy={"min_spend": [{"theatre": "iraq", "amount": 1000}]})
    assert ask(client, problem)["outcome"]["status"] == "infeasible"
    assert ask(client, problem)["job"]["reused_from"]


def test_a_reused_outcome_survives_the_deletion_of_its_source(client: TestClient) -> None:
    problem = a_problem()
    first, second = ask(client, problem), ask(client, problem)
    client.delete(first["links"]["self"])
    assert client.get(second["links"]["self"]).json()["outcome"] == first["outcome"]


def test_reuse_false_forces_a_solve(client: TestClient) -> None:
    problem = a_problem()
    ask(client, problem)
    assert ask(client, problem, reuse=False)["job"]["reused_from"] is None


@pytest.mark.parametrize("config", [{"solver": {"seed": 1}}, {"relax": ["consent"]}])
def test_another_config_is_not_answered_from_storage(client: TestClient, config: dict[str, Any]) -> None:
    problem = a_problem()
    ask(client, problem)
    assert ask(client, problem, **config)["job"]["reused_from"] is None


def test_an_outcome_that_a_limit_cut_short_is_not_reused(client: TestClient) -> None:
    body = exactly(a_hard_problem(), time_limit_s=1)
    first, second = (client.post(ALLOCATIONS, json=body).json() for _ in range(2))
    assert first["outcome"]["status"] == "feasible"
    assert second["job"]["reused_from"] is None
