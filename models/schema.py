"""JSON Schema of the documents; the strings below the fields are the descriptions."""

from typing import Annotated, Any, get_args

from pydantic import Field, TypeAdapter
from pydantic.json_schema import GenerateJsonSchema

from models.outcome import OUTCOME
from models.problem.problem import Problem
from models.study.spec import Spec

STUDY: TypeAdapter[Spec] = TypeAdapter(Annotated[Spec, Field(discriminator="kind")])
PROBLEM_FIELD = {
    "type": "object",
    "description": "The problem of the study: a document of concord.problem/1, which has a separate schema. Default: "
    "the problem that is sent with the study.",
    "default": None,
    "properties": {"schema": {"const": "concord.problem/1", "description": "Kind of document: `concord.problem/1`."}},
    "required": ["schema"],
}
DIALECT = GenerateJsonSchema.schema_dialect


def problem_schema() -> dict[str, Any]:
    """Return the JSON Schema of `concord.problem/1`, the document of a problem."""
    return _published("concord.problem/1", Problem.model_json_schema(by_alias=True, mode="validation"))


def outcome_schema() -> dict[str, Any]:
    """Return the JSON Schema of `concord.outcome/1`, the document of an outcome."""
    return _published("concord.outcome/1", OUTCOME.json_schema(by_alias=True, mode="validation"))


def study_schema() -> dict[str, Any]:
    """Return the JSON Schema of `concord.study/1`, the document of a study and its problem."""
    schema = STUDY.json_schema(by_alias=True, mode="validation")
    for kind in get_args(Spec):
        schema["$defs"][kind.__name__]["properties"]["problem"] = PROBLEM_FIELD
    return _published("concord.study/1", schema)


def _published(name: str, schema: dict[str, Any]) -> dict[str, Any]:
    return {"$schema": DIALECT, "title": name, **{key: value for key, value in schema.items() if key != "title"}}
