"""`concord check`: whether a problem is valid, in words and as JSON."""

import json
from pathlib import Path

from models.config import Config
from tests.service.cli.asking import SMALLEST, concord, write_document

UNCOUNTED = SMALLEST | {"frameworks": [{"id": "coalition", "rule": {"type": "participants", "min_participants": 2}}]}
"""A framework whose quorum counts members without a minimum contribution."""


def test_shows_size_and_configuration_of_a_valid_problem(tmp_path: Path) -> None:
    result = concord("check", write_document(tmp_path, SMALLEST), "--relax", "policy")
    assert (result.exit_code, result.stderr) == (0, "")
    assert "is valid" in result.stdout
    assert "members" in result.stdout
    assert "columns of the program (estimate)" in result.stdout
    assert '"time_limit_s": 60' in result.stdout


def test_prints_the_check_as_json(tmp_path: Path) -> None:
    result = concord("check", write_document(tmp_path, SMALLEST), "--json")
    result_document = json.loads(result.stdout)
    assert (result.exit_code, result.stderr) == (0, "")
    assert (result_document["sound"], result_document["issues"]) == (True, [])
    assert result_document["program"]["columns"] > 0
    assert Config.model_validate_json(json.dumps(result_document["config"])) == Config()


def test_reports_errors_that_only_the_precheck_finds(tmp_path: Path) -> None:
    result = concord("check", write_document(tmp_path, UNCOUNTED))
    assert (result.exit_code, result.stdout) == (2, "")
    assert "min_contribution_required" in result.stderr
    assert "defaults/members/min_contribution" in result.stderr


def test_prints_the_issues_as_json_on_standard_output(tmp_path: Path) -> None:
    result = concord("check", write_document(tmp_path, UNCOUNTED), "--json")
    result_document = json.loads(result.stdout)
    assert (result.exit_code, result.stderr, result_document["sound"]) == (2, "", False)
    assert [(issue["code"], issue["severity"]) for issue in result_document["issues"]] == [
        ("min_contribution_required", "error")
    ]


def test_shows_every_warning_that_the_outcome_has(tmp_path: Path) -> None:
    path = write_document(
        tmp_path, SMALLEST | {"policy": {"pillar_share": [{"pillar": "partner_cooperation", "min": 0.2}]}}
    )
    shown, as_json, solved = (
        concord(*words) for words in (("check", path), ("check", path, "--json"), ("solve", path, "--json"))
    )
    warnings = json.loads(solved.stdout)["warnings"]
    assert [issue["message"] for issue in json.loads(as_json.stdout)["issues"]] == warnings
    assert len(warnings) == 1
    assert " ".join(warnings[0].split()) in " ".join(shown.stdout.split())
    assert (shown.exit_code, as_json.exit_code) == (0, 0)


def test_checks_the_problem_with_its_overrides(tmp_path: Path) -> None:
    path = write_document(tmp_path, UNCOUNTED)
    assert concord("check", path, "--set", "defaults/members/min_contribution=1").exit_code == 0


def test_reports_an_address_that_does_not_exist(tmp_path: Path) -> None:
    result = concord("check", write_document(tmp_path, SMALLEST), "--set", "members/a/resorces/money=1")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "members/a/resorces" in result.stderr
    assert "resources" in result.stderr


def test_refuses_a_file_that_is_not_there() -> None:
    result = concord("check", "absent.json", "--json")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "there is no file absent.json" in result.stderr
