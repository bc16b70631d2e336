"""`concord check`: whether a problem is sound, in words and as JSON."""

import json
from pathlib import Path

from models.config import Config
from tests.service.cli.asking import SMALLEST, concord, written

UNCOUNTED = SMALLEST | {"frameworks": [{"id": "coalition", "rule": {"type": "participants", "min_participants": 2}}]}
"""A quorum that counts members with nothing at stake."""


def test_tells_size_and_configuration_of_a_sound_problem(tmp_path: Path) -> None:
    result = concord("check", written(tmp_path, SMALLEST), "--relax", "policy")
    assert (result.exit_code, result.stderr) == (0, "")
    assert "is sound" in result.stdout
    assert "members" in result.stdout
    assert "columns of the program, about" in result.stdout
    assert '"time_limit_s": 60' in result.stdout


def test_prints_the_check_as_json(tmp_path: Path) -> None:
    result = concord("check", written(tmp_path, SMALLEST), "--json")
    verdict = json.loads(result.stdout)
    assert (result.exit_code, result.stderr) == (0, "")
    assert (verdict["sound"], verdict["issues"]) == (True, [])
    assert verdict["program"]["columns"] > 0
    assert Config.model_validate_json(json.dumps(verdict["config"])) == Config()


def test_tells_what_the_mathematics_misses(tmp_path: Path) -> None:
    result = concord("check", written(tmp_path, UNCOUNTED))
    assert (result.exit_code, result.stdout) == (2, "")
    assert "min_contribution_required" in result.stderr
    assert "defaults/members/min_contribution" in result.stderr


def test_prints_the_issues_as_json_on_standard_output(tmp_path: Path) -> None:
    result = concord("check", written(tmp_path, UNCOUNTED), "--json")
    verdict = json.loads(result.stdout)
    assert (result.exit_code, result.stderr, verdict["sound"]) == (2, "", False)
    assert [(issue["code"], issue["severity"]) for issue in verdict["issues"]] == [
        ("min_contribution_required", "error")
    ]


def test_checks_the_problem_with_its_overrides(tmp_path: Path) -> None:
    path = written(tmp_path, UNCOUNTED)
    assert concord("check", path, "--set", "defaults/members/min_contribution=1").exit_code == 0


def test_tells_an_address_at_which_there_is_nothing(tmp_path: Path) -> None:
    result = concord("check", written(tmp_path, SMALLEST), "--set", "members/a/resorces/money=1")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "members/a/resorces" in result.stderr
    assert "resources" in result.stderr


def test_refuses_a_file_that_is_not_there() -> None:
    result = concord("check", "absent.json", "--json")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "there is no file absent.json" in result.stderr
