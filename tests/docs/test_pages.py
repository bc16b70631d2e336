"""The pages that follow from the code are up to date, and what they say of fields is so."""

import re
import runpy
import subprocess
import sys
from pathlib import Path
from typing import Any, get_args

import pytest
from pydantic import BaseModel

from models.problem.problem import Problem
from optimizer.formulation.families import FAMILIES

DOCS = Path(__file__).parents[2] / "docs"
SAID = runpy.run_path(str(DOCS / "families.py"))
PATHS = sorted({field.partition(" ")[0] for fields in SAID["FIELDS"].values() for field in fields})


@pytest.mark.parametrize("page", ["model", "errors"])
def test_a_page_is_what_the_code_says_today(page: str, tmp_path: Path) -> None:
    subprocess.run([sys.executable, DOCS / f"{page}.py", tmp_path], check=True, cwd=DOCS.parent)
    written, kept = ((folder / f"{page}.md").read_text(encoding="utf-8") for folder in (tmp_path, DOCS))
    assert written == kept, "run `make docs`, and read the difference"


@pytest.mark.parametrize("said", ["FIELDS", "EXAMPLES"])
def test_every_family_has_its_fields_and_an_example(said: str) -> None:
    assert SAID[said].keys() == {family.name for family in FAMILIES}


def test_every_example_shows_a_row_or_a_limit() -> None:
    page = (DOCS / "model.md").read_text(encoding="utf-8")
    sections = page.partition("## Objectives")[0].split("\n### ")[1:]
    assert len(sections) == len(FAMILIES)
    shown = {section.partition("\n")[0]: section.rpartition("```text")[2] for section in sections}
    empty = [family for family, rows in shown.items() if not re.search(r"(<=|>=|=) -?\d", rows)]
    assert empty == []


def models_in(annotation: Any) -> set[type[BaseModel]]:
    """Every model that a field can hold, however deep in lists and unions."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return {annotation}
    return {model for part in get_args(annotation) for model in models_in(part)}


@pytest.mark.parametrize("path", PATHS)
def test_a_field_that_is_named_exists(path: str) -> None:
    holders: set[type[BaseModel]] = {Problem}
    for step in path.replace("[]", "").split("."):
        fields = [holder.model_fields[step] for holder in holders if step in holder.model_fields]
        assert fields, f"{step} of {path} is no field"
        holders = {model for field in fields for model in models_in(field.annotation)}
