import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = "models", "optimizer", "service"


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
