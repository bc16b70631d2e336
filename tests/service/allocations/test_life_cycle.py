from typing import Any

import pytest
from fastapi.testclient import TestClient

from tests.service.asking import ALLOCATIONS, a_hard_problem, a_problem, begin, exactly, job, refusal, until, until_job


def value_of(envelope: dict[str, Any]) -> float:
    return float(envelope["outcome"]["objectives"][0]["value"])


def test_a_bare_problem_comes_back_as_a_proven_plan(client: TestClient) -> None:
    response = client.post(ALLOCATIONS, json=a_problem())
    envelope = response.json()
    assert response.status_code == 200, response.text
    assert envelope["outcome"]["status"] == "optimal"
    assert value_of(envelope) == pytest.approx(14)
    assert envelope["outcome"]["check"]["passed"]
    assert envelope["job"]["status"] == "succeeded"


def test_a_problem_with_its_config_comes_back_with_the_config_that_took_effect(client: TestClient) -> None:
    body = {"problem": a_problem(), "config": {"solver": {"seed": 7}}}
    outcome = client.post(ALLOCATIONS, json=body).json()["outcome"]
    assert outcome["config"]["solver"]["seed"] == 7
    assert outcome["config"]["solver"]["time_limit_s"] == 60


def test_the_location_header_is_the_path_of_the_allocation(client: TestClient) -> None:
    response = client.post(ALLOCATIONS, json=a_problem())
    assert response.headers["location"] == response.json()["links"]["self"]
    assert client.get(response.headers["location"]).json() == response.json()


def test_an_infeasible_problem_is_a_job_that_succeeded(client: TestClient) -> None:
    floor = [{"theatre": "iraq", "amount": 1000}]
    envelope = client.post(ALLOCATIONS, json=a_problem(policy={"min_spend": floor})).json()
    assert envelope["job"]["status"] == "succeeded"
    assert envelope["outcome"]["status"] == "infeasible"


def test_the_problem_comes_back_as_it_was_sent(client: TestClient) -> None:
    problem = a_problem()
    envelope = client.post(ALLOCATIONS, json=problem).json()
    assert client.get(envelope["links"]["problem"]).json() == problem


def test_the_problem_as_solved_has_its_overrides_applied(client: TestClient) -> None:
    body = {"problem": a_problem(), "config": {"overrides": {"members/a/resources/money": 0}}}
    envelope = client.post(ALLOCATIONS, json=body).json()
    solved = client.get(envelope["links"]["problem"]).json()
    assert solved["members"][0]["resources"]["money"] == 0
    assert value_of(client.post(ALLOCATIONS, json=solved).json()) == value_of(envelope)


def test_the_cursor_leads_from_page_to_page_newest_first(client: TestClient) -> None:
    made = [client.post(ALLOCATIONS, json=a_problem()).json()["id"] for _ in range(3)]
    first = client.get(ALLOCATIONS, params={"limit": 2}).json()
    second = client.get(ALLOCATIONS, params={"limit": 2, "cursor": first["next_cursor"]}).json()
    listed = [item["id"] for item in (*first["items"], *second["items"])]
    assert listed[:3] == made[::-1]
    assert first["items"][0]["outcome_status"] == "optimal"


def test_a_page_of_more_than_a_hundred_is_refused(client: TestClient) -> None:
    details = refusal(client.get(ALLOCATIONS, params={"limit": 101}), 422, "invalid_request")
    assert details["errors"][0]["address"] == "query/limit"
    assert details["errors"][0]["code"] == "out_of_range"


def test_an_id_that_is_too_long_is_not_found(client: TestClient) -> None:
    refusal(client.get(f"{ALLOCATIONS}/{'a' * 101}"), 404, "not_found")


def test_a_removed_allocation_is_gone(client: TestClient) -> None:
    path = client.post(ALLOCATIONS, json=a_problem()).json()["links"]["self"]
    assert client.delete(path).status_code == 204
    for gone in (client.get(path), client.get(f"{path}/problem"), client.get(f"{path}/events"), client.delete(path)):
        refusal(gone, 404, "not_found")


def test_removing_one_of_two_allocations_of_a_problem_leaves_the_other_its_problem(client: TestClient) -> None:
    problem = a_problem()
    first, second = (client.post(ALLOCATIONS, json=problem).json()["links"] for _ in range(2))
    client.delete(first["self"])
    assert client.get(second["problem"]).json() == problem


def test_removing_an_allocation_that_runs_frees_its_worker(client: TestClient) -> None:
    running = begin(client, exactly(a_hard_problem()))
    until_job(client, running, "running")
    assert client.delete(f"{ALLOCATIONS}/{running}").status_code == 204
    assert client.post(ALLOCATIONS, json=a_problem()).status_code == 200


def test_a_cancelled_solve_ends_within_about_a_second_and_keeps_its_plan(client: TestClient) -> None:
    running = begin(client, exactly(a_hard_problem()))
    until_job(client, running, "running")
    until_plan(client, running)
    client.post(f"{ALLOCATIONS}/{running}/cancel")
    assert until_job(client, running, "cancelled", within_s=3)["cancel_requested"]
    outcome = client.get(f"{ALLOCATIONS}/{running}").json()["outcome"]
    assert outcome["status"] == "feasible"
    assert outcome["plan"]["activities"]


def test_cancelling_again_or_too_late_changes_nothing(client: TestClient) -> None:
    ended = client.post(ALLOCATIONS, json=a_problem()).json()
    for _ in range(2):
        response = client.post(ended["links"]["cancel"])
        assert response.status_code == 200
        assert response.json() == ended


def test_a_job_that_waits_is_cancelled_at_once(client: TestClient) -> None:
    running, waiting = begin(client, exactly(a_hard_problem())), begin(client, exactly(a_hard_problem()))
    envelope = client.post(f"{ALLOCATIONS}/{waiting}/cancel").json()
    client.delete(f"{ALLOCATIONS}/{running}")
    assert envelope["job"]["status"] == "cancelled"
    assert envelope["outcome"] is None


def test_the_job_shows_its_latest_plan_and_bound_while_it_runs(client: TestClient) -> None:
    running = begin(client, exactly(a_hard_problem()))
    until_plan(client, running)
    progress = job(client, running)["progress"]
    client.delete(f"{ALLOCATIONS}/{running}")
    assert progress["metric"] == "risk_reduction"
    assert progress["bound"] >= progress["incumbent"] > 0


def until_plan(client: TestClient, allocation_id: str) -> None:
    until(lambda: (job(client, allocation_id)["progress"] or {}).get("incumbent") is not None)
