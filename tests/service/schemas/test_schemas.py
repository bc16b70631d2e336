import pytest
from fastapi.testclient import TestClient

from models.schema import outcome_schema, problem_schema, study_schema
from tests.service.asking import refusal

SCHEMAS = [("problem", problem_schema), ("outcome", outcome_schema), ("study", study_schema)]


@pytest.mark.parametrize("name, schema", SCHEMAS)
def test_the_schema_of_a_document_is_the_one_of_the_models(client: TestClient, name: str, schema: object) -> None:
    response = client.get(f"/v1/schemas/{name}.json")
    assert response.headers["content-type"] == "application/schema+json"
    assert callable(schema)
    assert response.json() == schema()


def test_an_unknown_schema_is_not_found(client: TestClient) -> None:
    details = refusal(client.get("/v1/schemas/atlantis.json"), 404, "not_found")
    assert "'problem', 'outcome' or 'study'" in details["detail"]
