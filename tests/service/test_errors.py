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
from service.errors import Code, Faults, translate
from tests.service.asking import ALLOCATIONS, refusal
from tests.service.conftest import Start


def test_an_unknown_path_is_answered_as_problem_details(client: TestClient) -> None:
    refusal(client.get("/v1/nothing"), 404, "not_found")


def test_a_method_that_is_not_answered_says_which_are(client: TestClient) -> None:
    response = client.put(ALLOCATIONS)
    refusal(response, 405, "method_not_allowed")
    assert response.headers["allow"]


def test_every_error_carries_all_members_of_the_form(client: TestClient) -> None:
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
def test_an_error_of_a_document_has_a_status_of_the_caller(error: ConcordError, code: Code) -> None:
    assert translate(error).code is code


def test_every_code_is_listed_in_the_documentation(client: TestClient) -> None:
    described = client.get("/openapi.json").json()["components"]["schemas"]["ProblemDetails"]["description"]
    assert all(f"`{code.name}`" in described for code in Code)


def test_codes_with_one_status_are_told_apart_by_name_alone() -> None:
    assert len({code.name for code in Code}) == len(list(Code))


def test_who_hangs_up_in_the_middle_of_a_body_is_no_fault(caplog: pytest.LogCaptureFixture) -> None:
    sent: list[Message] = []

    async def hung_up(_: Scope, __: Receive, ___: Send) -> None:
        raise ClientDisconnect

    async def receive() -> Message:
        return {"type": "http.disconnect"}

    async def send(message: Message) -> None:
        sent.append(message)

    asyncio.run(Faults(hung_up)({"type": "http"}, receive, send))
    assert sent == []
    assert "ERROR" not in caplog.text


def test_a_fault_is_answered_in_the_same_form_and_tells_nothing(start: Start, tmp_path: Path) -> None:
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
