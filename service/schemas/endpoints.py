"""/v1/schemas: JSON Schemas of the documents."""

from functools import cache
from typing import Any, Literal

from fastapi import APIRouter, Response
from fastapi.responses import JSONResponse

from models.schema import outcome_schema, problem_schema, study_schema

router = APIRouter(prefix="/v1/schemas", tags=["schemas"])

Document = Literal["problem", "outcome", "study"]
SCHEMAS = {"problem": problem_schema, "outcome": outcome_schema, "study": study_schema}


class SchemaResponse(JSONResponse):
    """A JSON Schema, with its media type."""

    media_type = "application/schema+json"


@router.get("/{name}.json", summary="Get the JSON Schema of a document", response_class=SchemaResponse)
async def schema(name: Document) -> Response:
    """Return the JSON Schema, for editors, validators and client generators."""
    return SchemaResponse(_cached_schema(name))


@cache
def _cached_schema(name: Document) -> dict[str, Any]:
    return SCHEMAS[name]()
