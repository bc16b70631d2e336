from typing import Any

from fastapi.testclient import TestClient

from tests.service.asking import JSON, a_problem, refusal

CHECKS = "/v1/checks"


def check(client: TestClient, body: Any) -> dict[str, Any]:
    response = client.post(CHECKS, json=body)
    assert response.status_code == 200, response.text
    return dict(response.json())


def test_a_sound_problem_gets_its_size_and_the_effective_config(client: TestClient) -> None:
    found = check(client, a_problem())
    assert found["sound"]
    assert found["issues"] == []
    assert found["program"]["columns"] > 0
    assert found["config"]["solver"]["time_limit_s"] == 60


def test_the_issues_of_a_document_are_an_answer_and_not_an_error(client: TestClient) -> None:
    found = check(client, a_problem(positions=[{"member": "atlantis", "activity": "train", "value": 1}]))
    assert not found["sound"]
    assert found["issues"][0]["code"] == "unknown_reference"
    assert found["issues"][0]["severity"] == "error"


def test_an_issue_of_the_precheck_has_a_suggestion(client: TestClient) -> None:
    quorum = [{"id": "coalition", "rule": {"type": "participants", "min_participants": 2}}]
    found = check(client, a_problem(frameworks=quorum))
    assert not found["sound"]
    assert found["issues"][0]["code"] == "min_contribution_required"
    assert found["issues"][0]["suggestion"]


def test_an_override_is_checked_together_with_its_problem(client: TestClient) -> None:
    found = check(client, {"problem": a_problem(), "config": {"overrides": {"members/a/votes": -1}}})
    assert not found["sound"]
    assert found["issues"]


def test_a_check_warns_of_all_that_the_outcome_warns_of(client: TestClient) -> None:
    problem = a_problem(policy={"pillar_share": [{"pillar": "partner_cooperation", "min": 0.2}]})
    for body in (problem, {"problem": problem, "config": {"relax": ["policy"]}}):
        found = check(client, body)
        outcome = client.post("/v1/allocations", json=body, headers={"Prefer": "wait=30"}).json()["outcome"]
        assert found["sound"]
        assert {(issue["severity"], issue["code"]) for issue in found["issues"]} <= {("warning", "warning")}
        assert [issue["message"] for issue in found["issues"]] == outcome["warnings"]


def test_a_warning_names_its_record_or_rule(client: TestClient) -> None:
    shares = {"pillar_share": [{"pillar": "partner_cooperation", "min": 0.2}]}
    closed = a_problem(theatres=[{"id": "iraq", "risk": 10, "consent": False}, {"id": "libya", "risk": 6}])
    for problem, address, pointer in (
        (a_problem(policy=shares), "policy/pillar_share", "/policy/pillar_share"),
        (closed, "activities/train", "/activities/0"),
    ):
        (issue,) = check(client, problem)["issues"]
        assert (issue["severity"], issue["address"], issue["pointer"]) == ("warning", address, pointer)


def test_a_check_of_one_scenario_warns_of_that_scenario_alone(client: TestClient) -> None:
    scenarios = [{"id": "calm"}, {"id": "closed", "overrides": {"theatres/iraq/consent": False}}]
    problem = a_problem(scenarios=scenarios)
    assert not check(client, {"problem": problem, "config": {"scenario": "calm"}})["issues"]
    assert check(client, {"problem": problem, "config": {"scenario": "closed"}})["issues"]


def test_a_check_stores_nothing(client: TestClient) -> None:
    before = client.get("/v1/allocations").json()
    check(client, a_problem())
    assert client.get("/v1/allocations").json() == before


def test_invalid_json_is_refused(client: TestClient) -> None:
    refusal(client.post(CHECKS, content="{", headers=JSON), 400, "malformed_json")
