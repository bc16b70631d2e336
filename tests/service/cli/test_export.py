"""`concord export`: writes the program of a problem to standard output or a file."""

from pathlib import Path

import pytest

from tests.service.cli.asking import SMALLEST, concord, write_document


@pytest.mark.parametrize("form, shows", [("lp", "subject to"), ("mps", "ENDATA"), ("tex", "\\end{document}")])
def test_prints_the_program_and_nothing_else(tmp_path: Path, form: str, shows: str) -> None:
    result = concord("export", write_document(tmp_path, SMALLEST), "--format", form)
    assert (result.exit_code, result.stderr) == (0, "")
    assert shows in result.stdout


def test_writes_to_a_file(tmp_path: Path) -> None:
    problem, target = write_document(tmp_path, SMALLEST), tmp_path / "program.lp"
    result = concord("export", problem, "--format", "lp", "-o", target)
    assert (result.exit_code, result.stdout) == (0, "")
    assert target.read_text(encoding="utf-8") == concord("export", problem, "--format", "lp").stdout


def test_set_and_relax_change_the_program(tmp_path: Path) -> None:
    problem = write_document(tmp_path, SMALLEST | {"policy": {"min_spend": [{"theatre": "iraq", "amount": 4}]}})
    assert "floors" in concord("export", problem, "--format", "lp").stdout
    assert "floors" not in concord("export", problem, "--format", "lp", "--relax", "policy").stdout
    changed = concord("export", problem, "--format", "lp", "--set", "members/a/resources/money=7.25").stdout
    assert " <= 7.25" in changed.splitlines()


def test_a_folder_that_is_not_there_is_bad_input(tmp_path: Path) -> None:
    result = concord(
        "export", write_document(tmp_path, SMALLEST), "--format", "lp", "-o", tmp_path / "no" / "program.lp"
    )
    assert result.exit_code == 2
    assert "there is no folder" in result.stderr


def test_an_unknown_form_is_bad_input(tmp_path: Path) -> None:
    assert concord("export", write_document(tmp_path, SMALLEST), "--format", "gms").exit_code == 2


def test_an_invalid_problem_is_bad_input(tmp_path: Path) -> None:
    result = concord("export", write_document(tmp_path, SMALLEST | {"members": []}), "--format", "lp")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "members" in result.stderr
