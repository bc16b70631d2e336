"""Every text of a document that users send has a greatest length."""

from collections.abc import Iterator
from typing import Any

import pytest

from models.config import Config
from models.errors import InvalidDocument
from models.own_plan import OwnPlan
from models.plan import Plan
from models.reading import read_problem
from models.schema import problem_schema, study_schema
from models.what_if import WhatIf

SCHEMAS = {
    "problem": problem_schema(),
    "study": study_schema(),
    "config": Config.model_json_schema(),
    "plan": Plan.model_json_schema(),
    "own_plan": OwnPlan.model_json_schema(),
    "what_if": WhatIf.model_json_schema(),
}


def unlimited_texts(schema: Any, at: str = "") -> Iterator[str]:
    if isinstance(schema, dict):
        is_text = schema.get("type") == "string" and schema.keys().isdisjoint({"enum", "const", "maxLength"})
        if is_text:
            yield at
        for key, value in schema.items():
            yield from unlimited_texts(value, f"{at}/{key}")
    elif isinstance(schema, list):
        for number, value in enumerate(schema):
            yield from unlimited_texts(value, f"{at}/{number}")


@pytest.mark.parametrize("name", SCHEMAS)
def test_every_text_has_a_greatest_length(name: str) -> None:
    assert list(unlimited_texts(SCHEMAS[name])) == []


def a_problem(**fields: Any) -> dict[str, Any]:
    return {
        "schema": "concord.problem/1",
        "members": [{"id": "a", "resources": {"money": 1}}],
        "theatres": [{"id": "t", "risk": 1}],
        "activities": [{"id": "x", "theatre": "t", "pillar": "other"}],
        **fields,
    }


def test_texts_of_the_greatest_length_are_read() -> None:
    assert len(read_problem(a_problem(title="x" * 300, notes="é" * 20_000)).title) == 300


@pytest.mark.parametrize(
    "fields, address, code, words",
    [
        ({"title": "x" * 301}, "title", "too_long", "the text has 301 characters; at most 300 are allowed"),
        ({"notes": "x" * 20_001}, "notes", "too_long", "at most 20,000 are allowed"),
        ({"title": "a\0b"}, "title", "not_text", "NUL"),
        ({"members": [{"id": "a", "title": "x" * 301}]}, "members/a/title", "too_long", "at most 300"),
        ({"members": [{"id": "a" * 101}]}, "members/" + "a" * 100 + "…/id", "bad_id", "at most 100 characters"),
    ],
)
def test_a_longer_text_is_refused_at_its_address(fields: Any, address: str, code: str, words: str) -> None:
    with pytest.raises(InvalidDocument) as refused:
        read_problem(a_problem(**fields))
    issue = refused.value.issues[0]
    assert (issue.address, issue.code) == (address, code)
    assert words in issue.message
    assert len(str(issue.given)) <= 130
