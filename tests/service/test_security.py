import re
from typing import Any

import pytest
from fastapi.testclient import TestClient

from tests.service.asking import ALLOCATIONS, BASE, a_problem, refusal
from tests.service.conftest import Start

ELSEWHERE: dict[str, Any] = {"host": "0.0.0.0", "workers": 0}  # noqa: S104  (the subject of the tests)


@pytest.mark.parametrize("host", ["evil.example", "localhost.evil.example", "127.0.0.1.evil.example", "10.0.0.1", ""])
def test_a_foreign_host_name_that_resolves_to_loopback_is_refused(client: TestClient, host: str) -> None:
    refusal(client.get("/v1/examples", headers={"Host": host}), 403, "foreign_host")


@pytest.mark.parametrize("host", ["localhost", "localhost:8000", "127.0.0.1:1234", "[::1]:8000"])
def test_loopback_names_are_accepted(client: TestClient, host: str) -> None:
    assert client.get("/v1/examples", headers={"Host": host}).status_code == 200


@pytest.mark.parametrize(
    "origin",
    [
        "https://evil.example",
        "http://localhost:8000",
        "http://127.0.0.1:1",
        "null",
        "http://[",
        BASE.replace("http", "https"),
        "http://127.0.0.1",
    ],
)
def test_a_page_of_another_origin_is_refused(client: TestClient, origin: str) -> None:
    response = client.post(ALLOCATIONS, json=a_problem(), headers={"Origin": origin})
    refusal(response, 403, "foreign_origin")
    assert "access-control-allow-origin" not in response.headers


def test_a_page_of_the_service_itself_is_accepted(client: TestClient) -> None:
    assert client.get("/v1/examples", headers={"Origin": BASE}).status_code == 200


def test_every_answer_has_security_headers_and_a_request_id(client: TestClient) -> None:
    for path in ("/v1/examples", "/docs", "/nothing", "/health/live"):
        headers = client.get(path).headers
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["x-frame-options"] == "DENY"
        assert "default-src 'none'" in headers["content-security-policy"]
        assert headers["x-request-id"]


def test_a_refused_host_is_answered_with_security_headers_too(client: TestClient) -> None:
    assert client.get("/docs", headers={"Host": "evil.example"}).headers["x-content-type-options"] == "nosniff"


def printed_key(capsys: pytest.CaptureFixture[str]) -> str | None:
    found = re.search(r"concord_\S+", capsys.readouterr().out)
    return None if found is None else found[0]


def test_on_another_address_a_key_is_printed_once_and_always_required(
    start: Start, capsys: pytest.CaptureFixture[str]
) -> None:
    with start(**ELSEWHERE) as client:
        key = printed_key(capsys)
        assert key is not None
        response = client.get("/v1/examples")
        refusal(response, 401, "key_required")
        assert response.headers["www-authenticate"] == "Bearer"
        assert client.get("/v1/examples", headers={"Authorization": f"Bearer {key}"}).status_code == 200
        refusal(client.get("/v1/examples", headers={"Authorization": f"Bearer {key}x"}), 401, "key_unknown")
    with start(**ELSEWHERE) as client:
        assert printed_key(capsys) is None
        assert client.get("/v1/examples", headers={"Authorization": f"Bearer {key}"}).status_code == 200


def test_the_database_contains_no_key(start: Start, capsys: pytest.CaptureFixture[str], tmp_path: Any) -> None:
    with start(**ELSEWHERE):
        key = printed_key(capsys)
    assert key is not None
    assert not any(key.encode() in file.read_bytes() for file in tmp_path.glob("concord.db*"))


def test_health_and_documentation_need_no_key(start: Start) -> None:
    with start(**ELSEWHERE) as client:
        assert client.get("/health/live").status_code == 200
        assert client.get("/docs").status_code == 200


def test_an_open_service_prints_and_requires_no_key(start: Start, capsys: pytest.CaptureFixture[str]) -> None:
    with start(**ELSEWHERE, open=True) as client:
        assert printed_key(capsys) is None
        assert client.get("/v1/examples", headers={"Host": "localhost"}).status_code == 200
        foreign = client.get("/v1/examples", headers={"Host": "localhost", "Origin": "https://evil.example"})
        refusal(foreign, 403, "foreign_origin")


@pytest.mark.parametrize("host", ["evil.example", "evil.example:8000", "10.0.0.1", "", "[::"])
def test_an_open_service_refuses_names_that_it_does_not_have(start: Start, host: str) -> None:
    with start(**ELSEWHERE, open=True) as client:
        refusal(client.get("/v1/examples", headers={"Host": host}), 403, "foreign_host")


@pytest.mark.parametrize("host", ["concord.example", "concord.example:8000", "CONCORD.example", "localhost"])
def test_an_open_service_answers_to_the_names_that_are_allowed(
    start: Start, host: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CONCORD_ALLOWED_HOSTS", "other.example, Concord.example")
    with start(**ELSEWHERE, open=True) as client:
        assert client.get("/v1/examples", headers={"Host": host}).status_code == 200


def test_a_star_allows_every_name(start: Start) -> None:
    with start(**ELSEWHERE, open=True, allowed_hosts="*") as client:
        assert client.get("/v1/examples", headers={"Host": "any.example"}).status_code == 200


def test_a_service_with_keys_checks_the_name_if_names_are_listed(start: Start) -> None:
    with start(**ELSEWHERE) as client:
        refusal(client.get("/v1/examples", headers={"Host": "any.example"}), 401, "key_required")
    with start(**ELSEWHERE, allowed_hosts="concord.example") as client:
        refusal(client.get("/v1/examples", headers={"Host": "any.example"}), 403, "foreign_host")


def test_a_request_with_two_lengths_is_refused(client: TestClient) -> None:
    headers = {"Content-Length": "3", "Transfer-Encoding": "chunked"}
    response = client.get("/v1/examples", headers=headers)
    refusal(response, 400, "bad_request")
    assert response.headers["connection"] == "close"


def test_the_log_contains_no_control_characters(start: Start, caplog: pytest.LogCaptureFixture) -> None:
    with start(workers=0, log_level="INFO") as client:
        client.get("/%1b%5b2J%0aforged")
    assert "/%1B%5B2J%0Aforged" in caplog.text
    assert "\x1b" not in caplog.text


def test_the_log_contains_requests_but_never_a_key(
    start: Start, capsys: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    with start(**ELSEWHERE, log_level="INFO") as client:
        key = printed_key(capsys)
        response = client.get("/v1/examples", headers={"Authorization": f"Bearer {key}"})
    assert response.headers["x-request-id"] in caplog.text
    assert key is not None
    assert key not in caplog.text
