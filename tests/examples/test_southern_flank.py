import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from examples.flank.document import as_text, southern_flank
from examples.southern_flank import PROBLEM
from models.problem.problem import Problem

ROOT = Path(__file__).resolve().parents[2]
LISTS = ("resources", "members", "partners", "theatres", "frameworks", "activities", "positions")
FLOORS = ("min_spend", "min_coverage", "pillar_share", "run")
ALLIANCE = "alliance"


@pytest.fixture(scope="module", name="document")
def _document() -> dict[str, Any]:
    return json.loads(PROBLEM.read_text(encoding="utf-8"))


def test_the_script_reproduces_the_committed_document_byte_for_byte(tmp_path: Path) -> None:
    target = tmp_path / "again.json"
    subprocess.run(
        [sys.executable, "examples/southern_flank.py", str(target)], cwd=ROOT, check=True, capture_output=True
    )
    assert target.read_bytes() == PROBLEM.read_bytes()


def test_the_document_is_what_the_rules_say() -> None:
    assert as_text(southern_flank()) == PROBLEM.read_text(encoding="utf-8")


def test_the_document_validates(document: dict[str, Any]) -> None:
    problem = Problem.model_validate(document)
    assert (len(problem.members), len(problem.partners), len(problem.theatres)) == (29, 4, 11)
    assert 30 <= len(problem.activities) <= 60
    assert {activity.pillar for activity in problem.activities} == {
        "surveillance",
        "capacity_building",
        "partner_cooperation",
    }


@pytest.mark.parametrize("name", LISTS)
def test_every_record_says_where_it_comes_from(document: dict[str, Any], name: str) -> None:
    assert [record for record in document[name] if not _is_sourced(record)] == []


@pytest.mark.parametrize("name", FLOORS)
def test_every_floor_of_policy_says_where_it_comes_from(document: dict[str, Any], name: str) -> None:
    assert [record for record in document["policy"][name] if not _is_sourced(record)] == []


def _is_sourced(record: dict[str, Any]) -> bool:
    """A citation or a definition; a rule or an assumption says how sure its author is."""
    source = record.get("source", "")
    is_judgement = source.startswith(("assumption: ", "rule"))
    return bool(source) and (not is_judgement or 0 < record["confidence"] <= 1)


def test_some_members_object_and_a_coalition_remains(document: dict[str, Any]) -> None:
    blocked = {
        record.get("activity") or record["theatre"]
        for record in document["positions"]
        if record["value"] < -1 and record.get("framework", ALLIANCE) == ALLIANCE
    }
    assert {"libya", "force_training_sahel", "force_training_egypt"} <= blocked


def test_no_line_names_a_path_of_the_machine_it_was_built_on(document: dict[str, Any]) -> None:
    assert str(ROOT) not in json.dumps(document)
