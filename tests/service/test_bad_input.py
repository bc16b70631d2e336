import json
from collections.abc import Iterator
from typing import Any

import pytest
from fastapi.testclient import TestClient

from tests.service.asking import ALLOCATIONS, JSON, a_problem, refusal

MIB = 1024**2


@pytest.fixture(autouse=True)
def _still_serves(client: TestClient) -> Iterator[None]:
    yield
    assert client.post(ALLOCATIONS, json=a_problem()).status_code == 200


def with_member(**fields: Any) -> dict[str, Any]:
    """Return a problem whose first member has these fields."""
    problem = a_problem()
    problem["members"][0] |= fields
    return problem


FIX_IN_MESSAGE = {"duplicate_id", "contradiction", "missing"}
"""Codes whose message itself shows the fix: `min (0.9) is above max (0.1)`."""

WRONG = {
    "wrong type": (with_member(votes="many"), "members/a/votes", "not_a_number"),
    "unknown key": (with_member(resorces={"money": 1}), "members/a/resorces", "unknown_key"),
    "unknown reference": (
        a_problem(positions=[{"member": "atlantis", "activity": "train", "value": -2}]),
        "positions/",
        "unknown_reference",
    ),
    "negative endowment": (with_member(resources={"money": -6}), "members/a/resources/money", "out_of_range"),
    "duplicate id": (a_problem(members=[{"id": "a"}, {"id": "a"}]), "members/", "duplicate_id"),
    "contradictory policy": (
        a_problem(policy={"pillar_share": [{"pillar": "other", "min": 0.9, "max": 0.1}]}),
        "policy/pillar_share/",
        "contradiction",
    ),
    "empty problem": ({"schema": "concord.problem/1"}, "members", "missing"),
    "empty body": ({}, "problem", "missing"),
    "no activities": (a_problem(activities=[]), "activities", "too_few"),
    "unknown schema": (a_problem(schema="concord.problem/9"), "schema", ""),
    "10,000 members": (a_problem(members=[{"id": f"m{n}"} for n in range(10_000)]), "members", "too_many"),
    "unknown key next to the problem": ({"problem": a_problem(), "confg": {}}, "confg", "unknown_key"),
    "a quorum without a stake": (
        a_problem(frameworks=[{"id": "coalition", "rule": {"type": "participants", "min_participants": 2}}]),
        "members/",
        "min_contribution_required",
    ),
}


@pytest.mark.parametrize("problem, address, code", WRONG.values(), ids=WRONG)
def test_an_invalid_document_is_refused_with_address_and_fix(
    client: TestClient, problem: Any, address: str, code: str
) -> None:
    details = refusal(client.post(ALLOCATIONS, json=problem), 422, "invalid_document")
    issue = details["errors"][0]
    assert issue["address"].startswith(address)
    assert issue["code"] == code or not code
    assert issue["message"]
    assert issue["suggestion"] or issue["allowed"] or issue["code"] in FIX_IN_MESSAGE


def test_the_pointer_leads_to_the_value_in_the_submitted_body(client: TestClient) -> None:
    body = {"problem": with_member(votes="many"), "config": {}}
    details = refusal(client.post(ALLOCATIONS, json=body), 422, "invalid_document")
    assert details["errors"][0]["pointer"] == "/problem/members/0/votes"


def test_a_wrong_config_is_refused_with_its_address(client: TestClient) -> None:
    body = {"problem": a_problem(), "config": {"solver": {"time_limit_s": -1}}}
    details = refusal(client.post(ALLOCATIONS, json=body), 422, "invalid_document")
    assert details["errors"][0]["pointer"] == "/config/solver/time_limit_s"


@pytest.mark.parametrize("config", [[], "", 0, False, None])
def test_a_config_that_is_no_object_is_refused(client: TestClient, config: object) -> None:
    body = {"problem": a_problem(), "config": config}
    details = refusal(client.post(ALLOCATIONS, json=body), 422, "invalid_document")
    assert details["errors"][0]["pointer"] == "/config"


def test_only_the_first_unknown_keys_are_listed_and_the_rest_is_counted(client: TestClient) -> None:
    body = {f"k{number:04}": 0 for number in range(5_000)}
    errors = refusal(client.post(ALLOCATIONS, json=body), 422, "invalid_document")["errors"]
    assert [errors[0]["address"], errors[99]["address"]] == ["k0000", "k0099"]
    assert errors[100]["code"] == "more"
    assert "4900 more" in errors[100]["message"]
    assert [error["code"] for error in errors[101:]] == ["missing"]


@pytest.mark.timeout(60)
def test_a_problem_too_large_to_count_is_refused_without_counting(client: TestClient) -> None:
    problem = a_problem(
        periods=[f"p{number}" for number in range(60)],
        members=[{"id": f"m{number}", "resources": {"money": 1}} for number in range(500)],
        activities=[{"id": f"x{number}", "theatre": "iraq", "pillar": "other"} for number in range(500)],
    )
    details = refusal(client.post(ALLOCATIONS, json=problem), 422, "program_too_large")
    assert "about 15,1" in details["detail"]
    assert "the limit of this service is 500,000" in details["detail"]
    [issue] = client.post("/v1/checks", json=problem).json()["issues"]
    assert (issue["code"], issue["message"]) == ("program_too_large", details["detail"])


def test_an_override_of_an_unknown_address_is_refused(client: TestClient) -> None:
    body = {"problem": a_problem(), "config": {"overrides": {"members/atlantis/resources/money": 1}}}
    details = refusal(client.post(ALLOCATIONS, json=body), 422, "invalid_document")
    assert "atlantis" in details["detail"]
    assert details["errors"][0]["pointer"] == "/config/overrides/members~1atlantis~1resources~1money"


def test_the_issue_of_an_invalid_override_points_at_the_override(client: TestClient) -> None:
    body = {"problem": a_problem(), "config": {"overrides": {"members/a/votes": "many"}}}
    [issue] = refusal(client.post(ALLOCATIONS, json=body), 422, "invalid_document")["errors"]
    assert issue["pointer"] == "/config/overrides/members~1a~1votes"
    assert client.post("/v1/checks", json=body).json()["issues"][0]["pointer"] == issue["pointer"]


@pytest.mark.parametrize("number", ["NaN", "Infinity", "-Infinity", "1e999"])
def test_a_number_that_json_cannot_express_is_refused(client: TestClient, number: str) -> None:
    text = json.dumps(with_member(votes=12345)).replace("12345", number)
    response = client.post(ALLOCATIONS, content=text, headers=JSON)
    assert response.status_code in {400, 422}, response.text


@pytest.mark.parametrize(
    "text", ["", "{", "hello", '{"schema": "concord.problem/1", "schema": "x"}', "[]", '"\\ud800', "\xff"]
)
def test_invalid_json_is_refused(client: TestClient, text: str) -> None:
    refusal(client.post(ALLOCATIONS, content=text.encode("latin-1"), headers=JSON), 400, "malformed_json")


@pytest.mark.parametrize("depth", [10_000, 1_000_000])
def test_json_that_is_nested_too_deeply_is_refused(client: TestClient, depth: int) -> None:
    response = client.post(ALLOCATIONS, content="[" * depth, headers=JSON)
    assert response.status_code in {400, 422}, response.text


@pytest.mark.parametrize("content_type", ["application/x-www-form-urlencoded", "text/plain", "application/yaml", ""])
def test_another_content_type_is_refused_with_the_accepted_one(client: TestClient, content_type: str) -> None:
    response = client.post(ALLOCATIONS, content=json.dumps(a_problem()), headers={"Content-Type": content_type})
    details = refusal(response, 415, "unsupported_media_type")
    assert "application/json" in details["detail"]
    assert response.headers["accept-post"] == "application/json"


def test_a_body_that_announces_50_mb_is_refused_before_it_is_sent(client: TestClient) -> None:
    headers = JSON | {"Content-Length": str(50 * MIB)}
    refusal(client.post(ALLOCATIONS, content=b"{", headers=headers), 413, "body_too_large")


def test_a_body_of_50_mb_that_announces_nothing_is_refused(client: TestClient) -> None:
    body = (b" " * MIB for _ in range(50))
    refusal(client.post(ALLOCATIONS, content=body, headers=JSON), 413, "body_too_large")
