"""The OpenAPI document: what FastAPI derives, with the bodies that Concord reads itself and its errors put in."""

import json
import re
from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi
from pydantic.json_schema import models_json_schema

from models.config import Config
from models.errors import CODES
from models.plan import Plan
from models.problem.problem import Problem
from models.what_if import WhatIf
from service.errors import MEDIA_TYPE, Code, ProblemDetails
from service.evaluations.schemas import EXAMPLE, evaluation_request
from service.examples.service import Examples

REF = "#/components/schemas/{model}"
SUBMISSION: dict[str, Any] = {"requestBody": {"required": True, "content": {"application/json": {}}}}
"""Marks an endpoint whose body is a problem, or {problem, config}; schema and examples are put in below."""
WHAT_IF: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "content": {
            "application/json": {
                "schema": {"$ref": REF.format(model="WhatIf")},
                "examples": {
                    "without_half_the_means": {
                        "summary": "a has half of its money, and watch must run (the smallest example as parent)",
                        "value": {
                            "changes": {"members/a/resources/money": 3},
                            "locks": {"run": [{"activity": "watch"}]},
                            "session": "planner-1",
                        },
                    }
                },
            }
        },
    }
}
"""The body of a what-if; its schema is put in below."""
EVALUATION: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "content": {
            "application/json": {
                "schema": {"$ref": REF.format(model="EvaluationRequest")},
                "examples": {"all_in_one_theatre": {"summary": "A plan that keeps to every row", "value": EXAMPLE}},
            }
        },
    }
}
"""The body of an evaluation; its schema is put in below."""
LARGEST_EXAMPLE = 20_000
"""Characters of an example that is still shown on the documentation page; larger ones are under /v1/examples."""

DESCRIPTION = """
Decides who contributes what to which activity under which framework, and proves how good the plan is.

Every example below can be run as it stands; the larger ones, a real problem among them, are under `/v1/examples`.
Errors are `application/problem+json` (RFC 9457); their codes are listed under *Schemas*, `ProblemDetails`.
"""
CODES_OF_ERRORS = """
What is wrong with a request (RFC 9457).

| status | code of an error | means |
| --- | --- | --- |
{errors}

| code of an issue in `errors` | means |
| --- | --- |
{issues}
"""


def describe(app: FastAPI, examples: Examples) -> None:
    """Make the application give its document; it is put together once, when first asked for."""

    def document() -> dict[str, Any]:
        if app.openapi_schema is None:
            app.openapi_schema = _document(app, examples)
        return app.openapi_schema

    app.openapi = document  # type: ignore[method-assign]  # as FastAPI says to do it


def _document(app: FastAPI, examples: Examples) -> dict[str, Any]:
    document = get_openapi(
        title=app.title,
        version=app.version,
        description=DESCRIPTION.strip(),
        routes=app.routes,
    )
    _, definitions = models_json_schema(
        [(kind, "validation") for kind in (Problem, Config, Plan, WhatIf)] + [(ProblemDetails, "serialization")],
        ref_template=REF,
    )
    schemas = document["components"]["schemas"]
    names, inputs = _as_input(definitions["$defs"], schemas)
    schemas |= inputs
    problem, config = _ref(names["Problem"]), _ref(names["Config"])
    schemas["ProblemDetails"]["description"] = CODES_OF_ERRORS.strip().format(
        errors="\n".join(f"| {code.status} | `{code.name}` | {code.title} |" for code in Code),
        issues="\n".join(f"| `{code}` | {meaning} |" for code, meaning in CODES.items()),
    )
    for unused in ("HTTPValidationError", "ValidationError"):
        schemas.pop(unused, None)
    schemas["Submission"] = {
        "type": "object",
        "description": "A problem, and how it is to be solved.",
        "properties": {"problem": problem, "config": config},
        "required": ["problem"],
        "additionalProperties": False,
    }
    schemas["EvaluationRequest"] = evaluation_request(problem, _ref(names["Plan"]), config)
    shown = _shown(examples)
    for path in document["paths"].values():
        for operation in path.values():
            operation["responses"].pop("422", None)
            operation["responses"]["default"] = {
                "description": "What is wrong, by code and, for a document, by address.",
                "content": {MEDIA_TYPE: {"schema": _ref("ProblemDetails")}},
            }
            if operation.get("requestBody") == SUBMISSION["requestBody"]:
                body = {"schema": {"oneOf": [problem, _ref("Submission")]}, "examples": shown}
                operation["requestBody"] = {"required": True, "content": {"application/json": body}}
    return document


def _shown(examples: Examples) -> dict[str, Any]:
    return {
        name: {"summary": example.get("title") or name, "description": example.get("notes", ""), "value": example}
        for name, example in examples.all().items()
        if len(str(example)) <= LARGEST_EXAMPLE
    }


def _as_input(definitions: dict[str, Any], taken: dict[str, Any]) -> tuple[dict[str, str], dict[str, Any]]:
    """What is read, under another name where something that is written has the same: defaults may be left out here."""
    names = {
        name: f"{name}Input" if taken.get(name, schema) != schema else name for name, schema in definitions.items()
    }
    text = re.sub(
        r'"#/components/schemas/(\w+)"', lambda found: f'"{REF.format(model=names[found[1]])}"', json.dumps(definitions)
    )
    return names, {names[name]: schema for name, schema in json.loads(text).items()}


def _ref(model: str) -> dict[str, str]:
    return {"$ref": REF.format(model=model)}
