"""`concord diff`: two problems, plans or outcomes in words."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.service.cli.asking import SMALLEST, concord, write_document

RICHER: dict[str, Any] = SMALLEST | {
    "members": [{"id": "a", "resources": {"money": 8}}, {"id": "b", "resources": {"money": 4}}, {"id": "c"}]
}


def lines(*files: Path | str, given: str | None = None) -> list[str]:
    result = concord("diff", *files, given=given)
    assert (result.exit_code, result.stderr) == (0, "")
    return [line.strip(" ·") for line in result.stdout.splitlines()]


def outcome_of(folder: Path, problem: dict[str, Any], name: str) -> Path:
    solved = concord("solve", write_document(folder, problem, f"{name}.json"), "--json")
    return write_document(folder, json.loads(solved.stdout), f"{name}_outcome.json")


def test_names_the_values_and_records_in_which_two_problems_differ(tmp_path: Path) -> None:
    first, second = write_document(tmp_path, SMALLEST), write_document(tmp_path, RICHER, "richer.json")
    assert lines(first, second) == ["members/a/resources/money: 6 → 8", "members/c: only in the second"]
    assert lines(first, first) == ["no difference"]
    assert lines(first, "-", given=json.dumps(RICHER))[0] == "members/a/resources/money: 6 → 8"


def test_names_the_runs_contributions_and_values_in_which_two_outcomes_differ(tmp_path: Path) -> None:
    """All 4 levels of watch that help are run; the 2 M EUR more go to train."""
    first, second = outcome_of(tmp_path, SMALLEST, "first"), outcome_of(tmp_path, RICHER, "second")
    found = lines(first, second)
    assert any(line.startswith("risk_reduction: 14 → 16, bound by the solver's search 14 → 16") for line in found)
    assert "train in p1: alliance at level 2 → alliance at level 4" in found
    assert any(line.startswith("a gives ") for line in found)
    assert "a pays: 6 → 8 M EUR" in found
    assert lines(first, first) == ["no difference"]


def test_compares_a_plan_with_an_outcome(tmp_path: Path) -> None:
    outcome = outcome_of(tmp_path, SMALLEST, "first")
    plan = json.loads(outcome.read_text(encoding="utf-8"))["plan"]
    plan["activities"] = [run for run in plan["activities"] if run["id"] == "watch"]
    assert lines(outcome, write_document(tmp_path, plan, "plan.json")) == [
        "train in p1: alliance at level 2 → does not run"
    ]


def test_says_that_only_one_outcome_has_a_plan(tmp_path: Path) -> None:
    floor = {"policy": {"min_level": [{"activity": "watch", "level": 100}]}}
    first, second = outcome_of(tmp_path, SMALLEST, "first"), outcome_of(tmp_path, SMALLEST | floor, "second")
    assert lines(first, second) == [
        "status: optimal → infeasible",
        "risk_reduction: only in the first",
        "cost: only in the first",
        "only the first has a plan",
    ]


@pytest.mark.parametrize(
    "first, second, code",
    [
        (SMALLEST, {"allocations": []}, "not_comparable"),
        (SMALLEST, {"schema": "concord.problem/1"}, "missing"),
        ({"schema": "concord.outcome/1", "plan": None}, {"outcome": {}}, "invalid"),
        ([], SMALLEST, "malformed_json"),
    ],
)
def test_refuses_documents_that_it_cannot_compare(first: Any, second: Any, code: str, tmp_path: Path) -> None:
    result = concord("diff", write_document(tmp_path, first, "a.json"), write_document(tmp_path, second, "b.json"))
    assert (result.exit_code, result.stdout) == (2, "")
    assert code in result.stderr


def test_refuses_to_read_both_from_standard_input() -> None:
    assert concord("diff", "-", "-", given="{}").exit_code == 2
