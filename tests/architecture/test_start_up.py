"""What a light command or process must not import: each of these packages takes a tenth of a second or more."""

import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]

SOLVER = "highspy", "pyomo"
WEB = "alembic", "fastapi", "starlette", "uvicorn"
SLOW_PARTS_OF_NUMPY = "numpy.f2py", "numpy.ma", "numpy.testing"
ARRAYS = "scipy", *SLOW_PARTS_OF_NUMPY

REPORT = """
import atexit, sys
atexit.register(lambda: print("imported:", *sorted({heavy} & set(sys.modules)), file=sys.stderr))
"""
COMMAND = "from service.cli.main import app; app({arguments}, standalone_mode=False)"
WORKER = """
from service.settings import Settings
from service.worker import run
from service.worker.pool import SPAWN
service, worker = SPAWN.Pipe()
run.prepare(Settings(database="sqlite:///{folder}/worker.db"), worker)
"""
SMALLEST = "examples/problems/smallest.json"

LIGHT: dict[str, tuple[str, tuple[str, ...]]] = {
    "concord --help": (
        COMMAND.format(arguments=["--help"]),
        (*SOLVER, *WEB, *ARRAYS, "models", "numpy", "optimizer", "pydantic", "sqlalchemy", "yaml"),
    ),
    "concord check": (
        COMMAND.format(arguments=["check", SMALLEST]),
        (*SOLVER, *WEB, *ARRAYS, "pebble", "sqlalchemy", "structlog", "yaml"),
    ),
    "concord solve": (
        COMMAND.format(arguments=["solve", SMALLEST, "--json"]),
        ("pyomo", *WEB, *ARRAYS, "pebble", "sqlalchemy", "structlog", "yaml"),
    ),
    "a worker": (WORKER, ("pyomo", *WEB, *ARRAYS, "typer", "yaml")),
    "the service": ("import service.app", SOLVER),
}
"""{what starts: (its program, the modules that it must not import)}. The only list of this kind."""


@pytest.mark.parametrize("name", LIGHT)
def test_a_light_start_imports_nothing_heavy(name: str, tmp_path: Path) -> None:
    program, heavy = LIGHT[name]
    report = REPORT.format(heavy=set(heavy))
    done = subprocess.run(
        [sys.executable, "-c", report + program.format(folder=tmp_path)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    imported = done.stderr.splitlines()[-1].removeprefix("imported:").split()
    assert imported == [], f"{name} imports {', '.join(imported)}: import it inside the function that needs it"


@pytest.mark.parametrize("module", sorted({module for _, heavy in LIGHT.values() for module in heavy}))
def test_every_heavy_module_exists(module: str) -> None:
    assert find_spec(module) is not None, "a renamed package would make this test empty"
