"""JSON Schema of the documents, with what every field means."""

from typing import Any

from pydantic.json_schema import GenerateJsonSchema

from models.outcome import OUTCOME
from models.problem.problem import Problem

DIALECT = GenerateJsonSchema.schema_dialect


def problem_schema() -> dict[str, Any]:
    """JSON Schema of `concord.problem/1`: what people send."""
    return _published("concord.problem/1", Problem.model_json_schema(by_alias=True, mode="validation"))


def outcome_schema() -> dict[str, Any]:
    """JSON Schema of `concord.outcome/1`: what they get."""
    return _published("concord.outcome/1", OUTCOME.json_schema(by_alias=True, mode="validation"))


def _published(name: str, schema: dict[str, Any]) -> dict[str, Any]:
    return {"$schema": DIALECT, "title": name, **{key: value for key, value in schema.items() if key != "title"}}
