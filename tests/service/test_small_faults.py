"""Requests that were once answered in a way that nobody expects."""

import gzip
import json

import pytest
from fastapi.testclient import TestClient

from tests.service.asking import ALLOCATIONS, ASYNC, JSON, a_problem, refusal
from tests.service.conftest import Start

NOBODY = f"{ALLOCATIONS}/alc_{'0' * 28}"


def test_a_compressed_body_is_refused_with_the_coding_that_is_accepted(client: TestClient) -> None:
    body = gzip.compress(json.dumps(a_problem()).encode())
    response = client.post("/v1/checks", content=body, headers=JSON | {"Content-Encoding": "gzip"})
    assert "gzip" in refusal(response, 415, "unsupported_media_type")["detail"]
    assert response.headers["accept-encoding"] == "identity"


@pytest.mark.parametrize("charset", ["utf-16", "latin-1"])
def test_a_body_in_another_encoding_is_refused(client: TestClient, charset: str) -> None:
    headers = {"Content-Type": f'application/json; charset="{charset}"'}
    response = client.post("/v1/checks", content=json.dumps(a_problem()).encode(charset), headers=headers)
    refusal(response, 415, "unsupported_media_type")


@pytest.mark.parametrize("charset", ["utf-8", "UTF-8", "us-ascii"])
def test_a_body_in_utf_8_may_say_so(client: TestClient, charset: str) -> None:
    headers = {"Content-Type": f"application/json; charset={charset}"}
    assert client.post("/v1/checks", content=json.dumps(a_problem()), headers=headers).status_code == 200


@pytest.mark.parametrize("cursor", ["zzz", "alc_", "alc_" + "g" * 28, ""])
def test_a_cursor_that_no_page_gave_is_refused(client: TestClient, cursor: str) -> None:
    details = refusal(client.get(ALLOCATIONS, params={"cursor": cursor}), 422, "invalid_request")
    assert details["errors"][0]["address"] == "query/cursor"


def test_the_cursor_of_a_page_gives_the_next(client: TestClient) -> None:
    for _ in range(2):
        client.post(ALLOCATIONS, json=a_problem(), headers=ASYNC)
    first = client.get(ALLOCATIONS, params={"limit": 1}).json()
    second = client.get(ALLOCATIONS, params={"limit": 1, "cursor": first["next_cursor"]}).json()
    assert second["items"][0]["id"] < first["items"][0]["id"]


def test_an_unknown_parameter_is_refused_with_the_one_that_was_meant(client: TestClient) -> None:
    details = refusal(client.get(ALLOCATIONS, params={"limits": 3}), 422, "invalid_request")
    assert (details["errors"][0]["address"], details["errors"][0]["suggestion"]) == ("query/limits", "limit")
    refusal(client.get(ALLOCATIONS, params={"status": "running"}), 422, "invalid_request")
    refusal(client.post("/v1/checks?verbose=1", json=a_problem()), 422, "invalid_request")


@pytest.mark.parametrize(
    "path, allowed",
    [
        (ALLOCATIONS, "GET, HEAD, POST"),
        (NOBODY, "DELETE, GET, HEAD"),
        (f"{NOBODY}/events", "GET, HEAD"),
        ("/v1/checks", "POST"),
    ],
)
@pytest.mark.parametrize("method", ["OPTIONS", "PATCH"])
def test_405_names_every_method_of_the_resource(client: TestClient, method: str, path: str, allowed: str) -> None:
    response = client.request(method, path)
    refusal(response, 405, "method_not_allowed")
    assert response.headers["allow"] == allowed


@pytest.mark.parametrize("path", [ALLOCATIONS, "/v1/checks"])
def test_a_bare_problem_without_schema_is_told_about_the_schema(client: TestClient, path: str) -> None:
    problem = a_problem()
    del problem["schema"]
    answer = client.post(path, json=problem).json()
    [issue] = answer["issues" if path == "/v1/checks" else "errors"]
    assert (issue["address"], issue["code"]) == ("schema", "missing")
    assert "schema is required" in issue["message"]
    assert "concord.problem/1" in issue["message"]


def test_the_interface_asks_for_a_key_only_where_the_service_does(client: TestClient, start: Start) -> None:
    def security(document: dict[str, object]) -> object:
        return document["paths"][ALLOCATIONS]["post"]["security"]  # type: ignore[index]

    assert security(client.get("/openapi.json").json()) == [{}, {"HTTPBearer": []}]
    with start(host="0.0.0.0", workers=0) as other:  # noqa: S104
        assert security(other.get("/openapi.json").json()) == [{"HTTPBearer": []}]


def test_the_media_type_of_a_schema_is_documented(client: TestClient) -> None:
    path = "/v1/schemas/{name}.json"
    described = client.get("/openapi.json").json()["paths"][path]["get"]["responses"]["200"]["content"]
    assert list(described) == [client.get("/v1/schemas/problem.json").headers["content-type"]]
