import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from examples.flank.document import as_text, southern_flank, southern_flank_futures
from examples.southern_flank import FUTURES, PROBLEM
from models.config import Config, SolverConfig
from models.outcome import Solved
from models.problem.problem import Problem
from optimizer import solve
from tests.support.bounds import bound_of

ROOT = Path(__file__).resolve().parents[2]
BOTH = (PROBLEM, FUTURES)
LISTS = (
    "resources",
    "members",
    "partners",
    "theatres",
    "frameworks",
    "activities",
    "positions",
    "cascades",
    "spoilers",
    "rivalries",
    "scenarios",
)
FLOORS = ("min_spend", "min_coverage", "pillar_share", "run")
ALLIANCE = "alliance"
ROUGHLY = Config(solver=SolverConfig(mip_gap=0.1, time_limit_s=100))


@pytest.fixture(scope="module", name="document")
def _document() -> dict[str, Any]:
    return json.loads(FUTURES.read_text(encoding="utf-8")) | json.loads(PROBLEM.read_text(encoding="utf-8"))


def test_the_script_reproduces_the_committed_documents_byte_for_byte(tmp_path: Path) -> None:
    subprocess.run(
        [sys.executable, "examples/southern_flank.py", str(tmp_path)], cwd=ROOT, check=True, capture_output=True
    )
    assert [(tmp_path / path.name).read_bytes() == path.read_bytes() for path in BOTH] == [True, True]


def test_the_documents_follow_from_the_rules() -> None:
    assert as_text(southern_flank()) == PROBLEM.read_text(encoding="utf-8")
    assert as_text(southern_flank_futures()) == FUTURES.read_text(encoding="utf-8")


@pytest.mark.parametrize("path", BOTH, ids=lambda path: path.stem)
def test_the_document_validates(path: Path) -> None:
    problem = Problem.model_validate(json.loads(path.read_text(encoding="utf-8")))
    assert (len(problem.members), len(problem.partners), len(problem.theatres)) == (29, 4, 11)
    assert 30 <= len(problem.activities) <= 60
    assert {activity.pillar for activity in problem.activities} == {
        "surveillance",
        "capacity_building",
        "partner_cooperation",
    }


def test_a_plan_is_found_and_passes_the_check() -> None:
    problem = Problem.model_validate(json.loads(PROBLEM.read_text(encoding="utf-8")))
    first = problem.model_copy(update={"objectives": problem.objectives[:1]})
    outcome = solve(first, ROUGHLY)
    assert isinstance(outcome, Solved)
    assert outcome.check.passed
    [best] = outcome.objectives
    assert best.gap is not None
    assert best.gap <= 0.1
    assert 230 <= best.value <= bound_of(best) <= 290


def test_the_document_with_scenarios_differs_only_in_the_stated_fields(document: dict[str, Any]) -> None:
    futures = json.loads(FUTURES.read_text(encoding="utf-8"))
    differ = {name for name in document if futures.get(name) != json.loads(PROBLEM.read_text()).get(name)}
    assert differ == {"title", "notes", "scenarios", "criterion", "rivalries", "divergence"}


@pytest.mark.parametrize("name", LISTS)
def test_every_record_has_a_source(document: dict[str, Any], name: str) -> None:
    assert [record for record in document[name] if not _is_sourced(record)] == []


@pytest.mark.parametrize("name", FLOORS)
def test_every_floor_of_policy_has_a_source(document: dict[str, Any], name: str) -> None:
    assert [record for record in document["policy"][name] if not _is_sourced(record)] == []


def test_every_caveat_has_a_source(document: dict[str, Any]) -> None:
    caveats = [caveat for member in document["members"] for caveat in member.get("caveats", [])]
    assert caveats
    assert [caveat for caveat in caveats if not _is_sourced(caveat)] == []


def _is_sourced(record: dict[str, Any]) -> bool:
    """Whether a record has a source, and a confidence if it is a rule or an assumption."""
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


@pytest.mark.parametrize("path", BOTH, ids=lambda path: path.stem)
def test_no_line_names_a_path_of_the_machine_it_was_built_on(path: Path) -> None:
    assert str(ROOT) not in path.read_text(encoding="utf-8")
