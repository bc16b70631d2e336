import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = "models", "optimizer", "service"
SOLVER_PACKAGES = "pyomo", "highspy"


def exists(module: str) -> bool:
    path = ROOT / module.replace(".", "/")
    return path.with_suffix(".py").exists() or (path / "__init__.py").exists()


@pytest.mark.skipif(not all(map(exists, PACKAGES)), reason="a package is not there yet")
def test_nothing_imports_against_the_arrow() -> None:
    done = subprocess.run(
        [Path(sys.executable).with_name("lint-imports"), "--no-cache"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, (
        "an import goes against the layers of pyproject.toml: move the code to a lower room, pass the value as an "
        f"argument, or place a new room in `layers`\n{done.stdout}{done.stderr}"
    )


@pytest.mark.parametrize("module", ["service.app", "service.cli.main"])
def test_starting_the_service_or_the_command_line_loads_no_solver(module: str) -> None:
    if not exists(module):
        pytest.skip(f"{module} is not there yet")
    assert all(find_spec(name) for name in SOLVER_PACKAGES), "a renamed package would make this test empty"
    program = f"import sys, {module}; print(*sorted(set({SOLVER_PACKAGES!r}) & set(sys.modules)))"
    done = subprocess.run(
        [sys.executable, "-c", program],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.split() == [], f"{module} imports a solver when it starts: import it inside the function"
