"""`concord evaluate`: whether a plan keeps all rules, and how good it is."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

from tests.service.cli.asking import SMALLEST, concord, write_document


@pytest.fixture
def outcome(tmp_path: Path) -> dict[str, Any]:
    result = concord("solve", write_document(tmp_path, SMALLEST), "--json")
    return dict(json.loads(result.stdout))


def overspent(outcome: dict[str, Any]) -> dict[str, Any]:
    plan = dict(outcome["plan"])
    plan["allocations"] = [gift | {"amount": gift["amount"] + 100} for gift in plan["allocations"]]
    return plan


def test_a_valid_plan_exits_with_0_and_is_compared_with_the_best(tmp_path: Path, outcome: dict[str, Any]) -> None:
    result = concord(
        "evaluate", write_document(tmp_path, SMALLEST), "--plan", write_document(tmp_path, outcome["plan"], "plan.json")
    )
    assert result.exit_code == 0, result.stderr
    assert "THE PLAN KEEPS ALL RULES" in result.stdout
    line = next(line for line in result.stdout.splitlines() if line.startswith("risk reduction"))
    assert line.split("  ", 1)[1].split() == ["14", "points", "14", "0", "%", "14", "0", "%"]


def test_reads_the_plan_from_an_outcome(tmp_path: Path, outcome: dict[str, Any]) -> None:
    plan = write_document(tmp_path, outcome, "outcome.json")
    assert concord("evaluate", write_document(tmp_path, SMALLEST), "--plan", plan).exit_code == 0


def test_a_plan_that_breaks_rules_exits_with_3_and_names_them(tmp_path: Path, outcome: dict[str, Any]) -> None:
    plan = write_document(tmp_path, overspent(outcome), "plan.json")
    result = concord("evaluate", write_document(tmp_path, SMALLEST), "--plan", plan)
    assert result.exit_code == 3
    assert "THE PLAN BREAKS RULES: 4 of 25 conditions checked" in result.stdout
    assert "availability" in result.stdout
    assert "a/money/p1" in result.stdout
    assert "This plan does not." in result.stdout


def test_prints_the_evaluation_as_json_and_nothing_else(tmp_path: Path, outcome: dict[str, Any]) -> None:
    plan = write_document(tmp_path, overspent(outcome), "plan.json")
    result = concord("evaluate", write_document(tmp_path, SMALLEST), "--plan", plan, "--json")
    document = json.loads(result.stdout)
    assert (result.exit_code, result.stderr) == (3, "")
    assert document["schema"] == "concord.evaluation/1"
    assert not document["check"]["passed"]


def test_set_and_relax_apply_to_the_check_of_the_plan(tmp_path: Path, outcome: dict[str, Any]) -> None:
    problem, plan = write_document(tmp_path, SMALLEST), write_document(tmp_path, outcome["plan"], "plan.json")
    assert concord("evaluate", problem, "--plan", plan, "--set", "members/a/resources/money=1").exit_code == 3
    objecting = SMALLEST | {"positions": [{"member": "a", "activity": "watch", "value": -2}]}
    opposed = write_document(tmp_path, objecting, "opposed.json")
    assert concord("evaluate", opposed, "--plan", plan).exit_code == 3
    assert concord("evaluate", opposed, "--plan", plan, "--relax", "decision,participation").exit_code == 0


def test_reports_an_unknown_id(tmp_path: Path, outcome: dict[str, Any]) -> None:
    plan = dict(outcome["plan"])
    plan["allocations"] = [plan["allocations"][0] | {"contributor": "atlantis"}]
    result = concord(
        "evaluate", write_document(tmp_path, SMALLEST), "--plan", write_document(tmp_path, plan, "plan.json")
    )
    assert result.exit_code == 3
    assert "atlantis" in result.stdout


def test_says_if_no_plan_is_possible(tmp_path: Path, outcome: dict[str, Any]) -> None:
    floored = write_document(
        tmp_path, SMALLEST | {"policy": {"min_spend": [{"theatre": "iraq", "amount": 99}]}}, "floor.json"
    )
    result = concord("evaluate", floored, "--plan", write_document(tmp_path, outcome, "outcome.json"))
    assert result.exit_code == 3
    whose = re.search(r"No plan can keep all rules \((.*)\), so there is no best plan", result.stdout)
    assert whose
    assert whose[1] in ("proven", "by the solver's search")


def test_an_invalid_plan_is_bad_input_with_its_address(tmp_path: Path) -> None:
    plan = write_document(tmp_path, {"plan": {"allocations": [{"contributor": "a"}]}}, "plan.json")
    result = concord("evaluate", write_document(tmp_path, SMALLEST), "--plan", plan)
    assert (result.exit_code, result.stdout) == (2, "")
    assert "plan/allocations/0/activity" in result.stderr


def test_an_outcome_without_a_plan_is_bad_input(tmp_path: Path) -> None:
    plan = write_document(tmp_path, {"status": "infeasible", "plan": None}, "plan.json")
    result = concord("evaluate", write_document(tmp_path, SMALLEST), "--plan", plan)
    assert result.exit_code == 2
    assert "there is no plan in this outcome" in result.stderr


def test_problem_and_plan_cannot_both_come_from_standard_input() -> None:
    result = concord("evaluate", "-", "--plan", "-", given="{}")
    assert result.exit_code == 2
    assert "standard input" in result.stderr


def test_who_gives_what_is_plan_enough(tmp_path: Path) -> None:
    """10 of 14 points: 28.6 % of the best are missing."""
    gifts = [
        {"contributor": giver, "activity": "train", "resource": "money", "amount": amount}
        for giver, amount in (("a", 6), ("b", 4))
    ]
    plan = write_document(tmp_path, {"allocations": gifts}, "plan.json")
    result = concord("evaluate", write_document(tmp_path, SMALLEST), "--plan", plan)
    assert result.exit_code == 0, result.stderr
    line = next(line for line in result.stdout.splitlines() if line.startswith("risk reduction"))
    assert line.split("  ", 1)[1].split() == ["10", "points", "14", "28.6", "%", "14", "28.6", "%"]


def test_a_plan_without_a_period_that_it_needs_is_refused_under_its_own_name(tmp_path: Path) -> None:
    gift = {"contributor": "a", "activity": "train", "resource": "money", "amount": 6}
    plan = write_document(tmp_path, {"allocations": [gift]}, "plan.json")
    problem = write_document(tmp_path, SMALLEST | {"periods": ["p1", "p2"]})
    result = concord("evaluate", problem, "--plan", plan)
    assert result.exit_code == 2
    assert "plan.json" in result.stderr
    assert "allocations/0/period" in result.stderr
