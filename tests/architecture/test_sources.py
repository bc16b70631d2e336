import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = "models", "optimizer", "service"
SOURCES = sorted(path for package in PACKAGES for path in (ROOT / package).rglob("*.py"))
LOCKS = sorted(ROOT.glob("*.lock"))

LONGEST = 300  # lines; past 200 a file is worth splitting, past this it must be

# Put together here, so that this file does not name them either.
MACHINE_PATHS = (*(f"/{folder}/" for folder in ("work", "root", "Users")), "file:" + "//")


def tracked_files() -> list[Path]:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True)  # noqa: S607
    return [path for name in listed.stdout.split("\0") if name and (path := ROOT / name).is_file()]


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_source_file_is_short_enough_to_read_at_one_sitting(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= LONGEST


def test_no_file_names_a_path_of_some_machine() -> None:
    found = [
        f"{path.relative_to(ROOT)}: {machine_path}"
        for path in tracked_files()
        for machine_path in MACHINE_PATHS
        if machine_path.encode() in path.read_bytes()
    ]
    assert not found


@pytest.mark.parametrize("path", LOCKS, ids=lambda path: path.name)
def test_a_lock_holds_hashes_and_no_address_of_a_registry(path: Path) -> None:
    lines = path.read_text(encoding="utf-8").splitlines()
    pins = [line for line in lines if "==" in line and not line.lstrip().startswith("#")]
    assert pins
    assert all(line.endswith("\\") for line in pins), "a pin without hashes"
    assert not [line for line in lines if "://" in line or line.startswith("-")]
