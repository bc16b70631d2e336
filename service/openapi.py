"""The OpenAPI document: FastAPI's, with the bodies that Concord parses itself and with its errors."""

import json
import re
from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi
from pydantic.json_schema import models_json_schema

from models.config import Config
from models.errors import CODES
from models.own_plan import OwnPlan
from models.problem.problem import Problem
from models.what_if import WhatIf
from service.allocations.start import start_schema
from service.errors import MEDIA_TYPE, Code, ProblemDetails
from service.evaluations.schemas import EXAMPLE, evaluation_request
from service.examples.service import Examples

REF = "#/components/schemas/{model}"
SUBMISSION: dict[str, Any] = {"requestBody": {"required": True, "content": {"application/json": {}}}}
"""Marks an endpoint whose body is a problem, or {problem, config}; `_document` adds schema and examples."""
SOLVE: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "content": {"application/json": {"schema": {"$ref": REF.format(model="AllocationRequest")}}},
    }
}
"""Marks an endpoint whose body is a problem, or {problem, config, start}; `_document` adds schema and examples."""
WHAT_IF: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "content": {
            "application/json": {
                "schema": {"$ref": REF.format(model="WhatIf")},
                "examples": {
                    "half_the_money": {
                        "summary": "Half the money for member a; activity watch must run (parent: smallest example)",
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
"""The body of a what-if; `_document` adds the schema."""
EVALUATION: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "content": {
            "application/json": {
                "schema": {"$ref": REF.format(model="EvaluationRequest")},
                "examples": {
                    "all_in_one_theatre": {"summary": "A plan that satisfies every constraint", "value": EXAMPLE}
                },
            }
        },
    }
}
"""The body of an evaluation; `_document` adds the schema."""
MAX_EXAMPLE_CHARACTERS = 20_000
"""Largest example on the documentation page; /v1/examples has all."""

DESCRIPTION = """
Finds out which contributor gives what to which activity under which framework, and how good the plan is.

Every example below can be sent unchanged. `/v1/examples` has larger examples, including a real problem.
Errors are `application/problem+json` (RFC 9457). *Schemas*, `ProblemDetails` lists their codes.
"""
CODES_OF_ERRORS = """
Error of a request (RFC 9457).

| status | code of the error | meaning |
| --- | --- | --- |
{errors}

| code of an issue in `errors` | meaning |
| --- | --- |
{issues}
"""


def set_openapi(app: FastAPI, examples: Examples, *, needs_key: bool) -> None:
    """Set the OpenAPI document of the application, which is built on the first request."""

    def document() -> dict[str, Any]:
        if app.openapi_schema is None:
            app.openapi_schema = _document(app, examples)
            if not needs_key:
                _make_key_optional(app.openapi_schema)
        return app.openapi_schema

    app.openapi = document  # type: ignore[method-assign]  # as the FastAPI documentation recommends


def _document(app: FastAPI, examples: Examples) -> dict[str, Any]:
    document = get_openapi(
        title=app.title,
        version=app.version,
        description=DESCRIPTION.strip(),
        routes=app.routes,
    )
    _, definitions = models_json_schema(
        [(kind, "validation") for kind in (Problem, Config, OwnPlan, WhatIf)] + [(ProblemDetails, "serialization")],
        ref_template=REF,
    )
    schemas = document["components"]["schemas"]
    names, inputs = _input_schemas(definitions["$defs"], schemas)
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
        "description": "A problem and the config of its solve.",
        "properties": {"problem": problem, "config": config},
        "required": ["problem"],
        "additionalProperties": False,
    }
    schemas["AllocationRequest"] = {
        **schemas["Submission"],
        "description": "A problem, the config of its solve, and the plan from which the solve starts.",
        "properties": {"problem": problem, "config": config, "start": start_schema(_ref(names["OwnPlan"]))},
    }
    schemas["EvaluationRequest"] = evaluation_request(problem, _ref(names["OwnPlan"]), config)
    bodies = _example_bodies(examples)
    for path in document["paths"].values():
        for operation in path.values():
            operation["responses"].pop("422", None)
            operation["responses"]["default"] = {
                "description": "Error with its code; for a document every issue with its address.",
                "content": {MEDIA_TYPE: {"schema": _ref("ProblemDetails")}},
            }
            for marker, model in ((SUBMISSION, "Submission"), (SOLVE, "AllocationRequest")):
                if operation.get("requestBody") != marker["requestBody"]:
                    continue
                body = {"schema": {"oneOf": [problem, _ref(model)]}, "examples": bodies}
                operation["requestBody"] = {"required": True, "content": {"application/json": body}}
    return document


def _make_key_optional(document: dict[str, Any]) -> None:
    """State that requests without a key are answered: an empty requirement is an alternative."""
    for path in document["paths"].values():
        for operation in path.values():
            if "security" in operation:
                operation["security"] = [{}, *operation["security"]]


def _example_bodies(examples: Examples) -> dict[str, Any]:
    return {
        name: {"summary": example.get("title") or name, "description": example.get("notes", ""), "value": example}
        for name, example in examples.all().items()
        if len(str(example)) <= MAX_EXAMPLE_CHARACTERS
    }


def _input_schemas(definitions: dict[str, Any], taken: dict[str, Any]) -> tuple[dict[str, str], dict[str, Any]]:
    """Return the names and schemas of the inputs.

    An input gets the suffix `Input` if an output has the same name and another schema: inputs may omit defaults.
    """
    names = {
        name: f"{name}Input" if taken.get(name, schema) != schema else name for name, schema in definitions.items()
    }
    text = re.sub(
        r'"#/components/schemas/(\w+)"', lambda found: f'"{REF.format(model=names[found[1]])}"', json.dumps(definitions)
    )
    return names, {names[name]: schema for name, schema in json.loads(text).items()}


def _ref(model: str) -> dict[str, str]:
    return {"$ref": REF.format(model=model)}
