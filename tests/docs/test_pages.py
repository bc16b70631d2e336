"""The pages that follow from the code are up to date, and what the written pages cite exists."""

import os
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

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
FAMILY_TABLES = runpy.run_path(str(DOCS / "families.py"))
PATHS = sorted({field.partition(" ")[0] for fields in FAMILY_TABLES["FIELDS"].values() for field in fields})
SCRIPTS = {"model": ("model",), "errors": ("errors",), "documents": ("problem", "outcome", "study")}
"""{script: the pages that it writes}"""
PAGES = [*DOCS.glob("**/*.md"), ROOT / "README.md", ROOT / "CONTRIBUTING.md"]
ALGEBRA = (DOCS / "algebra.md").read_text(encoding="utf-8")
LINK = re.compile(r"\[[^\]\n]*\]\((?!https?://)([^)#\s]*)(?:#([^)\s]*))?\)")


@pytest.mark.parametrize("script", SCRIPTS)
def test_a_page_is_what_the_code_says_today(script: str, tmp_path: Path) -> None:
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    subprocess.run([sys.executable, DOCS / f"{script}.py", tmp_path], check=True, cwd=ROOT, env=environment)
    for page in SCRIPTS[script]:
        written, kept = ((folder / f"{page}.md").read_text(encoding="utf-8") for folder in (tmp_path, DOCS))
        assert written == kept, f"docs/{page}.md is out of date: run `make docs` and commit the changed page"


@pytest.mark.parametrize("table", ["FIELDS", "EXAMPLES"])
def test_every_family_has_its_fields_and_an_example(table: str) -> None:
    expected, given = {family.name for family in FAMILIES}, FAMILY_TABLES[table].keys()
    assert not expected - given, f"docs/families.py: add an entry to {table} for {', '.join(sorted(expected - given))}"
    assert not given - expected, f"docs/families.py: {table} names no family: {', '.join(sorted(given - expected))}"


def test_every_example_shows_a_row_or_a_limit() -> None:
    page = (DOCS / "model.md").read_text(encoding="utf-8")
    sections = page.partition("## Objectives")[0].split("\n### ")[1:]
    assert len(sections) == len(FAMILIES), "docs/model.md is out of date: run `make docs`"
    shown = {section.partition("\n")[0]: section.rpartition("```text")[2] for section in sections}
    empty = [family for family, rows in shown.items() if not re.search(r"(<=|>=|=) -?\d", rows)]
    assert empty == [], (
        f"no row and no limit follows from the example of {', '.join(empty)}: "
        "change its entry in EXAMPLES of docs/families.py so that the family binds something, then run `make docs`"
    )


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
        assert fields, f"docs/families.py names {path} in FIELDS, but {step} is no field of a problem: correct the path"
        holders = {model for field in fields for model in models_in(field.annotation)}


@pytest.mark.parametrize("family", FAMILIES, ids=lambda family: family.name)
def test_the_algebra_states_every_family_with_the_group_that_relaxes_it(family: Any) -> None:
    section = re.search(rf"^### {family.number}\n(.*?)(?=^##)", ALGEBRA, re.MULTILINE | re.DOTALL)
    line = f"**{family.name}** · {f'`{family.group}`' if family.group else 'fact'} · "
    assert section, f"docs/algebra.md: add a section '### {family.number}' with the line '{line}<unit>' and the formula"
    assert f"\n{line}" in section[1], f"docs/algebra.md, section {family.number}: add the line '{line}<unit>'"


def test_every_family_and_trap_that_the_sources_cite_is_explained() -> None:
    cited: dict[str, Path] = {}
    for folder in ("models", "optimizer", "service", "tests"):
        for path in (ROOT / folder).rglob("*.py"):
            text = re.sub(r'"[^"\n]{0,40}"', "", path.read_text(encoding="utf-8"))  # ids and codes in quotes
            cited |= dict.fromkeys(re.findall(r"\b(?:C[1-9]\d?|T(?:[1-9]|1\d))\b", text), path.relative_to(ROOT))
    unknown = {number: str(path) for number, path in cited.items() if f"\n### {number}\n" not in ALGEBRA}
    assert not unknown, f"docs/algebra.md has no heading '### <number>' for these, cited in: {unknown}"


def anchors(page: Path) -> set[str]:
    """The anchors of a page's headings, as GitHub makes them."""
    text = re.sub(r"^```.*?^```", "", page.read_text(encoding="utf-8"), flags=re.MULTILINE | re.DOTALL)
    headings = re.findall(r"^#{1,6} (.+)$", text, re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_link_of_a_page_leads_somewhere(page: Path) -> None:
    for target, anchor in LINK.findall(page.read_text(encoding="utf-8")):
        other = (page.parent / target).resolve() if target else page
        assert other.exists(), f"{page.relative_to(ROOT)} links to {target}, which does not exist"
        if anchor:
            assert anchor in anchors(other), f"{page.relative_to(ROOT)}: {other.name} has no heading for #{anchor}"


def test_the_index_lists_every_decision_and_no_number_is_missing() -> None:
    pages = sorted(page.name for page in (DOCS / "decisions").glob("*.md"))
    index = (DOCS / "README.md").read_text(encoding="utf-8")
    unlisted = [page for page in pages if f"(decisions/{page})" not in index]
    assert not unlisted, f"docs/README.md: add a line for {', '.join(unlisted)}"
    assert [page[:4] for page in pages] == [f"{number:04}" for number in range(1, len(pages) + 1)]
