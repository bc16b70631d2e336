"""The command line: help, version and unknown commands."""

import subprocess
import sys
from typing import get_args

import pytest
from typer.testing import CliRunner

from models.config import Group, SolverConfig
from service.cli.main import app

HEAVY = ("pyomo", "highspy", "numpy", "fastapi", "sqlalchemy", "uvicorn", "pydantic", "models")
AFTER_HELP = f"""
import sys
from service.cli.main import app
try:
    app(["--help"])
except SystemExit:
    pass
print([name for name in {HEAVY!r} if name in sys.modules])
"""


def test_help_does_not_load_the_solver_or_the_service() -> None:
    done = subprocess.run([sys.executable, "-c", AFTER_HELP], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "[]"


def test_lists_the_commands() -> None:
    done = CliRunner().invoke(app, ["--help"])
    assert done.exit_code == 0
    assert [name for name in ("solve", "check", "example", "serve") if name not in done.stdout] == []


@pytest.mark.parametrize("command", ["solve", "check", "example", "serve"])
def test_shows_help_for_every_command(command: str) -> None:
    done = CliRunner().invoke(app, [command, "--help"])
    assert done.exit_code == 0
    assert "Exit status: 0 success" in " ".join(done.stdout.split())


def test_help_shows_the_actual_defaults() -> None:
    shown = " ".join(CliRunner().invoke(app, ["solve", "--help"], env={"COLUMNS": "200"}).stdout.split())
    defaults = SolverConfig()
    for value in (defaults.mip_gap, f"{defaults.time_limit_s:g}", defaults.seed):
        assert f"[default: {value}]" in shown


def test_names_every_group_that_can_be_relaxed() -> None:
    shown = CliRunner().invoke(app, ["solve", "--help"], env={"COLUMNS": "200"}).stdout
    assert [group for group in get_args(Group) if group not in shown] == []


def test_prints_its_version() -> None:
    done = CliRunner().invoke(app, ["--version"])
    assert done.exit_code == 0
    assert done.stdout.startswith("concord ")


def test_refuses_an_unknown_command_as_bad_input() -> None:
    done = CliRunner().invoke(app, ["sovle"])
    assert done.exit_code == 2
    assert "solve" in done.stderr
