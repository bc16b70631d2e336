"""JSON Schema of the documents, with what every field means."""

from typing import Annotated, Any, get_args

from pydantic import Field, TypeAdapter
from pydantic.json_schema import GenerateJsonSchema

from models.outcome import OUTCOME
from models.problem.problem import Problem
from models.study.spec import Spec

STUDY: TypeAdapter[Spec] = TypeAdapter(Annotated[Spec, Field(discriminator="kind")])
ABOUT = {
    "type": "object",
    "description": "What it is about: a document of concord.problem/1, whose schema is its own. Default: the problem "
    "that is given beside the study.",
    "default": None,
    "properties": {"schema": {"const": "concord.problem/1", "description": "Which kind of document this is."}},
    "required": ["schema"],
}
DIALECT = GenerateJsonSchema.schema_dialect


def problem_schema() -> dict[str, Any]:
    """JSON Schema of `concord.problem/1`: what people send."""
    return _published("concord.problem/1", Problem.model_json_schema(by_alias=True, mode="validation"))


def outcome_schema() -> dict[str, Any]:
    """JSON Schema of `concord.outcome/1`: what they get."""
    return _published("concord.outcome/1", OUTCOME.json_schema(by_alias=True, mode="validation"))


def study_schema() -> dict[str, Any]:
    """JSON Schema of `concord.study/1`: a question that takes many solves, with the problem that it is about."""
    schema = STUDY.json_schema(by_alias=True, mode="validation")
    for kind in get_args(Spec):
        schema["$defs"][kind.__name__]["properties"]["problem"] = ABOUT
    return _published("concord.study/1", schema)


def _published(name: str, schema: dict[str, Any]) -> dict[str, Any]:
    return {"$schema": DIALECT, "title": name, **{key: value for key, value in schema.items() if key != "title"}}
