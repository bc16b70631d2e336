"""/v1/schemas: the documents as JSON Schema."""

from functools import cache
from typing import Any, Literal

from fastapi import APIRouter, Response
from fastapi.responses import JSONResponse

from models.schema import outcome_schema, problem_schema, study_schema

router = APIRouter(prefix="/v1/schemas", tags=["schemas"])

Document = Literal["problem", "outcome", "study"]
SCHEMAS = {"problem": problem_schema, "outcome": outcome_schema, "study": study_schema}


@router.get("/{name}.json", summary="JSON Schema of a document")
async def schema(name: Document) -> Response:
    """For editors, validators and generators of clients."""
    return JSONResponse(_made_once(name), media_type="application/schema+json")


@cache
def _made_once(name: Document) -> dict[str, Any]:
    return SCHEMAS[name]()
