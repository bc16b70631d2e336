"""Compares the published schemas with the recorded ones in `tests/models/snapshots`.

To record an intended change, run the tests with `UPDATE_SNAPSHOTS=1`.
"""

import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from models.problem.problem import Problem
from models.schema import outcome_schema, problem_schema, study_schema

SNAPSHOTS = Path(__file__).parent / "snapshots"
SCHEMAS = {"problem": problem_schema, "outcome": outcome_schema, "study": study_schema}


def fields(schema: Any) -> Iterator[tuple[str, dict[str, Any]]]:
    for name, record in {"": schema, **schema["$defs"]}.items():
        for field, schema_of_field in record.get("properties", {}).items():
            yield f"{name}.{field}", schema_of_field


@pytest.mark.parametrize("name", SCHEMAS)
def test_the_schema_equals_the_recorded_one(name: str) -> None:
    path = SNAPSHOTS / f"{name}.json"
    text = json.dumps(SCHEMAS[name](), indent=1, ensure_ascii=False) + "\n"
    if os.environ.get("UPDATE_SNAPSHOTS"):
        path.write_text(text, encoding="utf-8")
    assert text == path.read_text(encoding="utf-8"), (
        f"the published schema changed. If it only gained fields, record it: UPDATE_SNAPSHOTS=1 make test "
        f"PYTEST_ARGS=tests/models/test_schema.py, then read the difference of {path.name}"
    )


@pytest.mark.parametrize("name", SCHEMAS)
def test_every_field_says_what_it_means(name: str) -> None:
    silent = [field for field, said in fields(SCHEMAS[name]()) if not said.get("description")]
    assert silent == [], "add a text in quotes below each of these fields in models/"


def test_every_optional_field_of_a_problem_has_a_default() -> None:
    schema = problem_schema()
    for name, record in {"": schema, **schema["$defs"]}.items():
        optional = record.get("properties", {}).keys() - set(record.get("required", ()))
        assert [field for field in optional if "default" not in record["properties"][field]] == [], name


def test_the_schema_names_every_field() -> None:
    names = {info.alias or name for name, info in Problem.model_fields.items()}
    assert problem_schema()["properties"].keys() == names
    assert problem_schema()["additionalProperties"] is False
