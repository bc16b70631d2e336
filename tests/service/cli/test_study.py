"""`concord study`: many solves, one report."""

import json
import signal
import subprocess
from pathlib import Path
from typing import Any

import pytest
from typer.testing import Result

from models.study.report import StudyReport
from tests.service.cli.asking import ROOT, SMALLEST, command, concord, write_document
from tests.support.studies import MONEY, a_sweep, a_tornado


def run_study(folder: Path, study: dict[str, Any], *arguments: str | Path) -> Result:
    return concord("study", write_document(folder, study, "study.json"), "--workers", "1", *arguments)


def test_shows_every_point_and_the_extremes(tmp_path: Path) -> None:
    result = run_study(tmp_path, a_sweep(problem=SMALLEST, title="Means of a"))
    assert result.exit_code == 0, result.stderr
    assert "Means of a" in result.stdout
    assert "sweep, 4 of 4 points answered" in result.stdout
    line = next(line for line in result.stdout.splitlines() if line.startswith("risk reduction"))
    assert line.split() == ["risk", "reduction", "14", "points", "6", "points", "1", "16", "points", "3", "*"]
    assert "4 of 4 points answered" in result.stderr


def test_shows_what_matters_most_first(tmp_path: Path) -> None:
    inputs = [{"address": MONEY, "low": 5, "high": 7}, {"address": "theatres/libya/weight", "low": 1, "high": 3}]
    result = run_study(tmp_path, a_tornado(*inputs, problem=SMALLEST, measures=["risk_reduction"]))
    assert result.exit_code == 0, result.stderr
    assert "Effect on risk reduction, largest first" in result.stdout
    assert result.stdout.index("theatres/libya/weight") < result.stdout.index(MONEY)


def test_prints_the_report_as_json_and_nothing_else_and_writes_it(tmp_path: Path) -> None:
    output = tmp_path / "report.json"
    result = run_study(tmp_path, a_sweep(problem=SMALLEST), "--json", "-o", output)
    assert (result.exit_code, result.stderr) == (0, "")
    assert json.loads(result.stdout) == json.loads(output.read_text(encoding="utf-8"))
    assert StudyReport.model_validate_json(result.stdout).is_complete


def test_reads_the_problem_from_a_separate_file(tmp_path: Path) -> None:
    result = run_study(tmp_path, a_sweep(), "--problem", write_document(tmp_path, SMALLEST))
    assert result.exit_code == 0, result.stderr


def test_study_and_problem_cannot_both_come_from_standard_input() -> None:
    result = concord("study", "-", "--problem", "-", given="{}")
    assert result.exit_code == 2
    assert "standard input" in result.stderr


def test_a_point_without_a_plan_is_shown_and_is_not_a_failure(tmp_path: Path) -> None:
    result = run_study(tmp_path, a_sweep({"address": "policy/min_spend/iraq", "values": [9, 11]}, problem=SMALLEST))
    assert result.exit_code == 0
    assert "no plan possible" in result.stdout


@pytest.mark.parametrize(
    "study, expected",
    [
        ({"schema": "concord.study/1", "kind": "monte_carlo"}, "sweep, tornado"),
        (a_sweep({"address": "members/a/resources/mony", "values": [1]}), "did you mean"),
        (a_sweep({"address": MONEY, "values": [-1]}), "axes/0/values/0"),
    ],
)
def test_bad_input_ends_with_2_and_says_what_is_wrong(tmp_path: Path, study: dict[str, Any], expected: str) -> None:
    result = run_study(tmp_path, study | {"problem": SMALLEST})
    assert (result.exit_code, result.stdout) == (2, "")
    assert expected in result.stderr


def test_ctrl_c_reports_what_is_answered_as_partial(tmp_path: Path) -> None:
    values = [number / 1000 for number in range(5000)]
    study = write_document(tmp_path, a_sweep({"address": MONEY, "values": values}, problem=SMALLEST), "study.json")
    output = tmp_path / "report.json"
    arguments = command("study", study, "--workers", "1", "-o", output)
    process = subprocess.Popen(arguments, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=ROOT)
    assert process.stderr is not None
    assert "points answered" in process.stderr.readline()
    process.send_signal(signal.SIGINT)
    shown, _ = process.communicate(timeout=60)
    assert process.returncode == 0
    assert "PARTIAL" in shown
    report = json.loads(output.read_text(encoding="utf-8"))
    assert not report["is_complete"]
    assert 0 < len(report["rows"]) < report["points"] == 5001
