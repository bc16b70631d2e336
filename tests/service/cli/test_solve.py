"""`concord solve`: output, streams and exit status."""

import json
from pathlib import Path
from typing import Any

import pytest
import yaml
from typer.testing import Result

from models.outcome import OUTCOME
from tests.service.cli.asking import SMALLEST, concord, run_process, write_document

FLOOR: dict[str, Any] = {"policy": {"min_level": [{"activity": "watch", "level": 100}]}}


@pytest.fixture
def smallest(tmp_path: Path) -> Path:
    return write_document(tmp_path, SMALLEST)


def _value(result: Result) -> float:
    return float(json.loads(result.stdout)["objectives"][0]["value"])


def test_shows_a_planner_the_plan_and_its_proof(smallest: Path) -> None:
    result = concord("solve", smallest)
    assert result.exit_code == 0
    assert "PROVEN OPTIMAL: risk reduction 14 points" in result.stdout
    assert "Independent check passed" in result.stdout


def test_prints_the_outcome_and_nothing_else_as_json(smallest: Path) -> None:
    result = concord("solve", smallest, "--json")
    outcome = json.loads(result.stdout)
    assert (result.exit_code, result.stderr) == (0, "")
    assert outcome["schema"] == "concord.outcome/1"
    assert OUTCOME.validate_python(outcome).status == "optimal"


def test_prints_utf_8_whatever_the_locale(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONIOENCODING", "ascii")
    path = write_document(
        tmp_path, SMALLEST | {"members": [{"id": "a", "title": "Türkiye", "resources": {"money": 6}}]}
    )
    assert json.loads(run_process("solve", path, "--json").stdout.decode("utf-8"))["status"] == "optimal"
    assert b"T?rkiye 6 M EUR" in run_process("solve", path).stdout


def test_also_writes_the_outcome_to_a_file(smallest: Path, tmp_path: Path) -> None:
    result = concord("solve", smallest, "-o", tmp_path / "outcome.json")
    assert result.stdout.startswith("PROVEN OPTIMAL")
    assert json.loads((tmp_path / "outcome.json").read_text(encoding="utf-8"))["status"] == "optimal"


def test_reads_standard_input() -> None:
    assert _value(concord("solve", "-", "--json", given=json.dumps(SMALLEST))) == pytest.approx(14)


def test_reads_yaml_from_a_file_and_from_standard_input(tmp_path: Path) -> None:
    text = yaml.safe_dump(SMALLEST)
    (tmp_path / "problem.yaml").write_text(text, encoding="utf-8")
    assert _value(concord("solve", tmp_path / "problem.yaml", "--json")) == pytest.approx(14)
    assert _value(concord("solve", "-", "--json", given=text)) == pytest.approx(14)


def test_sets_values_at_addresses(smallest: Path) -> None:
    result = concord("solve", smallest, "--set", "members/a/resources/money=7", "--json")
    assert _value(result) == pytest.approx(15)
    assert json.loads(result.stdout)["config"]["overrides"] == {"members/a/resources/money": 7}


def test_reads_a_value_that_is_not_json_as_text(smallest: Path) -> None:
    assert concord("solve", smallest, "--set", "activities/watch/theatre=iraq", "--json").exit_code == 0


def test_removes_with_null(tmp_path: Path) -> None:
    capped = write_document(tmp_path, SMALLEST | {"policy": {"max_total_cost": 4}})
    assert _value(concord("solve", capped, "--json")) == pytest.approx(6)
    assert _value(concord("solve", capped, "--set", "policy/max_total_cost=null", "--json")) == pytest.approx(14)


def test_relaxes_groups(tmp_path: Path) -> None:
    blocked = SMALLEST | {"positions": [{"member": "a", "activity": "watch", "value": -2}]}
    path = write_document(tmp_path, blocked)
    result = concord("solve", path, "--relax", "decision, participation", "--json")
    assert _value(result) == pytest.approx(14)
    assert json.loads(result.stdout)["config"]["relax"] == ["decision", "participation"]


def test_lets_options_win_over_the_configuration_file(smallest: Path, tmp_path: Path) -> None:
    config = {
        "solver": {"seed": 3, "mip_gap": 0.5, "time_limit_s": 9},
        "overrides": {"members/a/resources/money": 1, "members/b/resources/money": 5},
        "relax": ["consent"],
    }
    options = ("--gap", "0", "--set", "members/a/resources/money=6", "--relax", "policy")
    result = concord("solve", smallest, "--json", "--config", write_document(tmp_path, config, "config.json"), *options)
    effective = json.loads(result.stdout)["config"]
    expected = {"seed": 3, "mip_gap": 0, "time_limit_s": 9, "stall_limit_s": None, "threads": 1}
    assert effective["solver"] == expected
    assert effective["overrides"] == {"members/a/resources/money": 6, "members/b/resources/money": 5}
    assert effective["relax"] == ["policy"]
    assert _value(result) == pytest.approx(15)


def test_ends_with_3_when_no_plan_can_exist(tmp_path: Path) -> None:
    path = write_document(tmp_path, SMALLEST | FLOOR)
    shown, printed = concord("solve", path), concord("solve", path, "--json")
    assert (shown.exit_code, printed.exit_code) == (3, 3)
    assert "NO PLAN CAN KEEP ALL RULES" in shown.stdout
    assert json.loads(printed.stdout)["status"] == "infeasible"


def test_ends_with_4_when_no_plan_was_found_in_the_limit(smallest: Path) -> None:
    result = concord("solve", smallest, "--time-limit", "1e-9", "--json")
    assert (result.exit_code, json.loads(result.stdout)["status"]) == (4, "no_plan_in_limit")


@pytest.mark.parametrize(
    "option, named",
    [
        (("--gap", "2"), "solver/mip_gap"),
        (("--gap", "nan"), "solver/mip_gap"),
        (("--time-limit", "0"), "solver/time_limit_s"),
        (("--seed", "-1"), "solver/seed"),
        (("--relax", "cosent"), "relax/0"),
        (("--set", "members/z/resources/money=1"), "members/z"),
        (("--set", "members/a/resources/money=NaN"), "members/a/resources/money"),
        (("--set", "nonsense"), "ADDRESS=VALUE"),
        (("--set", "=1"), "ADDRESS=VALUE"),
        (("--set", "policy/max_total_cost=1", "--set", "policy/max_total_cost=2"), "given twice"),
        (("--gap", "much"), "--gap"),
        (("--config", "no-such.json"), "no-such.json"),
        (("-o", "no-such/outcome.json"), "no-such"),
        (("-o", "."), "folder"),
        (("-o", "-"), "--json"),
    ],
)
def test_ends_with_2_on_a_bad_option_and_names_it(smallest: Path, option: tuple[str, ...], named: str) -> None:
    result = concord("solve", smallest, "--json", *option)
    assert (result.exit_code, result.stdout) == (2, "")
    assert named in result.stderr


def test_reports_every_error_with_address_code_and_suggestion(tmp_path: Path) -> None:
    broken = SMALLEST | {"members": [{"id": "a", "resources": {"mony": -6}, "vote": 2}]}
    result = concord("solve", write_document(tmp_path, broken), "--json")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "2 errors" in result.stderr
    assert [text for text in ("members/a/vote", "unknown_key", "votes") if text not in result.stderr] == []
    assert [text for text in ("members/a/resources/mony",) if text not in result.stderr] == []


@pytest.mark.parametrize(
    "name, sentence",
    [
        ("absent.json", "there is no file"),
        ("", "is a folder"),
        ("plan.xlsx", "is a workbook, which cannot be read yet"),
    ],
)
def test_refuses_a_file_it_cannot_read(tmp_path: Path, name: str, sentence: str) -> None:
    result = concord("solve", tmp_path / name)
    assert (result.exit_code, result.stdout) == (2, "")
    assert sentence in result.stderr


@pytest.mark.parametrize(
    "text, code",
    [
        ("{", "malformed_json"),
        ('{"schema": 1, "schema": 2}', "malformed_json"),
        ("[" * 100_000, "malformed_json"),
        ("", "malformed_json"),
        ("a: [", "malformed_yaml"),
        (" " * (20 * 2**20) + "{}", "body_too_large"),
        ("3", "malformed_yaml"),
        ("[3]", "malformed_json"),
    ],
    ids=["cut short", "a key twice", "nested", "empty", "yaml", "too large", "a number", "a list"],
)
def test_refuses_input_that_is_not_a_document(text: str, code: str) -> None:
    result = concord("solve", "-", "--json", given=text)
    assert (result.exit_code, result.stdout) == (2, "")
    assert code in result.stderr
    assert "standard input" in result.stderr


def test_starts_from_a_plan_of_ones_own(smallest: Path, tmp_path: Path) -> None:
    concord("solve", smallest, "-o", tmp_path / "outcome.json")
    again = concord("solve", smallest, "--start", tmp_path / "outcome.json", "--json")
    outcome = json.loads(again.stdout)
    assert (again.exit_code, outcome["found_by"]) == (0, "plan_before")
    assert _value(again) == pytest.approx(14)


def test_refuses_problem_and_start_both_from_standard_input() -> None:
    result = concord("solve", "-", "--start", "-", given="{}")
    assert result.exit_code != 0
    assert "both come from standard input" in result.stderr


def test_solves_several_files_with_one_line_each(smallest: Path, tmp_path: Path) -> None:
    richer = write_document(tmp_path, SMALLEST | {"members": [{"id": "a", "resources": {"money": 4}}]}, "other.json")
    result = concord("solve", smallest, richer)
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout.splitlines() == [
        f"{smallest}: PROVEN OPTIMAL: risk reduction 14 points; no plan does better",
        f"{richer}: PROVEN OPTIMAL: risk reduction 6 points; no plan does better",
    ]


def test_prints_one_line_of_json_for_each_of_several_files(smallest: Path) -> None:
    found = [json.loads(line) for line in concord("solve", smallest, smallest, "--json").stdout.splitlines()]
    assert [outcome["status"] for outcome in found] == ["optimal", "optimal"]


@pytest.mark.parametrize(
    "others, status",
    [(("impossible",), 3), (("impossible", "broken"), 2), (("broken", "impossible"), 2), (("missing",), 2)],
)
def test_the_exit_status_of_several_files_is_the_worst(
    smallest: Path, tmp_path: Path, others: tuple[str, ...], status: int
) -> None:
    """A file that is refused does not keep the others from being solved."""
    write_document(tmp_path, SMALLEST | FLOOR, "impossible.json")
    write_document(tmp_path, {"schema": "concord.problem/1"}, "broken.json")
    result = concord("solve", *(tmp_path / f"{name}.json" for name in others), smallest)
    assert result.exit_code == status
    assert result.stdout.splitlines()[-1].startswith(f"{smallest}: PROVEN OPTIMAL")


def test_no_plan_in_the_limit_is_worse_than_no_plan_at_all(smallest: Path, tmp_path: Path) -> None:
    impossible = write_document(tmp_path, SMALLEST | FLOOR, "impossible.json")
    statuses = [
        concord("solve", *files, "--time-limit", "1e-9").exit_code for files in ((smallest,), (impossible, smallest))
    ]
    assert statuses == [4, 4]


def test_refuses_one_output_for_several_files(smallest: Path, tmp_path: Path) -> None:
    result = concord("solve", smallest, smallest, "-o", tmp_path / "outcome.json")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "--json" in result.stderr
