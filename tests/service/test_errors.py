import asyncio
import json
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import text
from starlette.requests import ClientDisconnect
from starlette.types import Message, Receive, Scope, Send

from models.errors import ConcordError, InvalidDocument, Issue, NotReadable, UnknownAddress
from service.database.engine import Database
from service.errors import Code, ErrorGuard, translate
from tests.service.asking import ALLOCATIONS, refusal
from tests.service.conftest import Start


def test_an_unknown_path_answers_problem_details(client: TestClient) -> None:
    refusal(client.get("/v1/nothing"), 404, "not_found")


def test_an_unsupported_method_is_refused_with_the_allowed_methods(client: TestClient) -> None:
    response = client.put(ALLOCATIONS)
    refusal(response, 405, "method_not_allowed")
    assert response.headers["allow"]


def test_every_error_has_all_keys_of_problem_details(client: TestClient) -> None:
    details = client.get("/v1/nothing").json()
    assert details.keys() == {"type", "title", "status", "detail", "code", "errors"}
    assert details["type"] == "urn:concord:error:not_found"


@pytest.mark.parametrize(
    "error, code",
    [
        (NotReadable("line 1"), Code.malformed_json),
        (InvalidDocument([Issue(address="a", pointer="/a", code="c", message="m")]), Code.invalid_document),
        (UnknownAddress("a/b", ["a/c"]), Code.invalid_document),
    ],
)
def test_an_error_of_a_document_has_a_client_error_code(error: ConcordError, code: Code) -> None:
    assert translate(error).code is code


def test_every_code_is_listed_in_the_documentation(client: TestClient) -> None:
    described = client.get("/openapi.json").json()["components"]["schemas"]["ProblemDetails"]["description"]
    assert all(f"`{code.name}`" in described for code in Code)


def test_every_code_has_a_distinct_name() -> None:
    assert len({code.name for code in Code}) == len(list(Code))


def test_a_client_that_disconnects_within_its_body_causes_no_error(caplog: pytest.LogCaptureFixture) -> None:
    sent: list[Message] = []

    async def disconnects(_: Scope, __: Receive, ___: Send) -> None:
        raise ClientDisconnect

    async def receive() -> Message:
        return {"type": "http.disconnect"}

    async def send(message: Message) -> None:
        sent.append(message)

    asyncio.run(ErrorGuard(disconnects)({"type": "http"}, receive, send))
    assert sent == []
    assert "ERROR" not in caplog.text


def test_an_internal_error_answers_problem_details_and_reveals_nothing(start: Start, tmp_path: Path) -> None:
    with start(workers=0) as client:
        broken = Database(f"sqlite:///{tmp_path}/concord.db")
        with broken.writing() as session:
            session.execute(text("DROP TABLE outcomes"))
        broken.close()
        response = client.get(ALLOCATIONS)
        details = refusal(response, 500, "internal_error")
    assert "outcomes" not in json.dumps(details)
    assert response.headers["x-request-id"]
    assert response.headers["x-content-type-options"] == "nosniff"
