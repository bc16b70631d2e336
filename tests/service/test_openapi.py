import json
from pathlib import Path
from typing import Any

from fastapi.testclient import TestClient

from service.app import create_app
from service.settings import Settings

SNAPSHOT = Path(__file__).with_name("openapi.json")
"""Snapshot of the interface. After an intended change, run `python -m tests.service.test_openapi`, review the diff."""


def shape(document: dict[str, Any]) -> dict[str, Any]:
    """Return paths, parameters, answers and the schemas of the service; the documents have a separate snapshot."""
    for path in document["paths"].values():
        for operation in path.values():
            for content in operation.get("requestBody", {}).get("content", {}).values():
                content.pop("examples", None)
    schemas = document["components"]["schemas"]
    schemas["ProblemDetails"].pop("description")
    own = (
        "Check",
        "ClosestPlan",
        "AllocationRequest",
        "Concern",
        "Diff",
        "Differences",
        "Envelope",
        "Evaluation",
        "EvaluationRequest",
        "JobView",
        "Links",
        "Page",
        "ProblemDetails",
        "Score",
        "Submission",
        "Summary",
    )
    return {
        "openapi": document["openapi"],
        "paths": document["paths"],
        "schemas": {name: schemas[name] for name in own},
    }


def test_the_interface_equals_its_snapshot(client: TestClient) -> None:
    assert shape(client.get("/openapi.json").json()) == json.loads(SNAPSHOT.read_text(encoding="utf-8"))


def test_it_is_openapi_3_1(client: TestClient) -> None:
    assert client.get("/openapi.json").json()["openapi"].startswith("3.1.")


def test_every_reference_has_a_schema(client: TestClient) -> None:
    text = client.get("/openapi.json").text
    known = set(json.loads(text)["components"]["schemas"])
    referred = {part.split('"')[0] for part in text.split("#/components/schemas/")[1:]}
    assert referred <= known


def test_a_submitted_config_may_omit_every_field(client: TestClient) -> None:
    schemas = client.get("/openapi.json").json()["components"]["schemas"]
    sent = schemas["Submission"]["properties"]["config"]["$ref"].rpartition("/")[2]
    assert "required" not in schemas[sent]


def test_every_operation_documents_its_errors_as_problem_details(client: TestClient) -> None:
    for path in client.get("/openapi.json").json()["paths"].values():
        for operation in path.values():
            assert "application/problem+json" in operation["responses"]["default"]["content"]


def _write() -> None:
    text = json.dumps(shape(create_app(Settings()).openapi()), indent=1, ensure_ascii=False)
    SNAPSHOT.write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    _write()
