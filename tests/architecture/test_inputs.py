"""Every model of an input is strict: no text, flag or infinity passes as a number, no name of Python as a key.

A lax field is found in the schema that validates, so a bare `float` in a nested type counts as much as one in a model.
"""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, get_args

import pytest
from pydantic import BaseModel, TypeAdapter

from models.base import Part
from models.config import Config
from models.errors import InvalidDocument
from models.own_plan import OwnPlan
from models.problem.problem import Problem
from models.reading import read_as
from models.schema import STUDY
from models.study.spec import Spec
from models.what_if import WhatIf

INPUTS: Mapping[str, Any] = {
    "problem": Problem,
    "config": Config,
    "plan": OwnPlan,
    "what-if": WhatIf,
    **{f"{kind.__name__} study": kind for kind in get_args(Spec)},
    "study": STUDY,
}
"""Every document that the service, the command line or the library reads. A new one belongs here."""

LAX_TYPES = frozenset({"float", "int", "bool", "bytes", "complex", "decimal"})


def core_schema(kind: Any) -> Any:
    return kind.core_schema if isinstance(kind, TypeAdapter) else kind.__pydantic_core_schema__


def lax_places(schema: Any, place: str = "", strict: bool = False) -> Iterator[str]:  # noqa: FBT001, FBT002
    """Yield the place of each scalar of a core schema that accepts other types, or numbers that are not finite."""
    if isinstance(schema, list | tuple):
        for item in schema:
            yield from lax_places(item, place, strict)
    if not isinstance(schema, dict):
        return
    strict = schema.get("config", {}).get("strict", strict)
    if schema.get("type") in LAX_TYPES and not schema.get("strict", strict):
        yield f"{place}: {schema['type']} takes other types"
    if schema.get("type") == "float" and schema.get("allow_inf_nan", True):
        yield f"{place}: float takes NaN and infinity"
    for key, value in schema.items():
        if key in {"metadata", "serialization"}:
            continue
        below = f"{place}/{key}" if key in schema.get("fields", {}) else place
        if key == "fields" and isinstance(value, dict):
            for name, field in value.items():
                yield from lax_places(field, f"{schema.get('model_name', place)}.{name}", strict)
        else:
            yield from lax_places(value, below, strict)


@pytest.mark.parametrize("kind", INPUTS.values(), ids=INPUTS)
def test_every_field_of_an_input_is_strict(kind: Any) -> None:
    assert sorted(set(lax_places(core_schema(kind)))) == []


def test_every_kind_of_document_that_is_read_is_listed() -> None:
    """All documents pass through `read_as`; a variable there stands for the kinds of its caller."""
    root = Path(__file__).resolve().parents[2]
    files = (path for room in ("models", "optimizer", "service") for path in (root / room).rglob("*.py"))
    read = {name for path in files for name in re.findall(r"\bread_as\((\w+), ", path.read_text(encoding="utf-8"))}
    assert {name for name in read if name[0].isupper()} <= {getattr(kind, "__name__", "") for kind in INPUTS.values()}


class _Lax(Part):
    number: float
    count: int
    flags: tuple[bool, ...]


def test_a_lax_field_would_be_found() -> None:
    assert sorted(set(lax_places(core_schema(_Lax)))) == [
        "_Lax.count: int takes other types",
        "_Lax.flags: bool takes other types",
        "_Lax.number: float takes NaN and infinity",
        "_Lax.number: float takes other types",
    ]


def parts_of(kind: type[BaseModel], seen: set[type[BaseModel]]) -> Iterator[type[BaseModel]]:
    """Yield a model and all models in its fields."""
    if kind in seen:
        return
    seen.add(kind)
    yield kind
    for info in kind.model_fields.values():
        for inner in models_in(info.annotation):
            yield from parts_of(inner, seen)


def models_in(annotation: Any) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for inner in get_args(annotation):
        yield from models_in(inner)


INPUT_PARTS = sorted(
    {part for kind in INPUTS.values() if isinstance(kind, type) for part in parts_of(kind, set())},
    key=lambda part: part.__name__,
)
WITH_ALIAS = [(part, name) for part in INPUT_PARTS for name, info in part.model_fields.items() if info.alias]


@pytest.mark.parametrize("part, name", WITH_ALIAS, ids=[f"{part.__name__}.{name}" for part, name in WITH_ALIAS])
def test_the_name_of_a_field_in_python_is_an_unknown_key(part: type[Part], name: str) -> None:
    """`from_` is how Python writes `from`; documents have one name for a field."""
    alias = part.model_fields[name].alias
    with pytest.raises(InvalidDocument) as refused:
        read_as(part, {name: {}})
    (issue,) = [issue for issue in refused.value.issues if issue.address == name]
    assert (issue.code, issue.suggestion) == ("unknown_key", alias)


def test_there_are_fields_with_another_name_in_python() -> None:
    assert {name for _, name in WITH_ALIAS} == {"from_", "schema_"}
