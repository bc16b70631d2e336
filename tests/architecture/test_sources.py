import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
LOCKS = sorted(ROOT.glob("*.lock"))

# Put together here, so that this file does not name them either.
MACHINE_PATHS = (*(f"/{folder}/" for folder in ("work", "root", "Users")), "file:" + "//")


def tracked_files() -> list[Path]:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True)  # noqa: S607
    return [path for name in listed.stdout.split("\0") if name and (path := ROOT / name).is_file()]


def test_no_file_names_a_path_of_some_machine() -> None:
    found = [
        f"{path.relative_to(ROOT)}: {machine_path}"
        for path in tracked_files()
        for machine_path in MACHINE_PATHS
        if machine_path.encode() in path.read_bytes()
    ]
    assert not found, "write a path relative to the checkout instead"


@pytest.mark.parametrize("path", LOCKS, ids=lambda path: path.name)
def test_a_lock_holds_hashes_and_no_address_of_a_registry(path: Path) -> None:
    lines = path.read_text(encoding="utf-8").splitlines()
    pins = [line for line in lines if "==" in line and not line.lstrip().startswith("#")]
    assert pins, "no package is pinned: run `make lock`"
    assert all(line.endswith("\\") for line in pins), "a pin has no hashes: run `make lock`"
    addresses = [line for line in lines if "://" in line or line.startswith("-")]
    assert not addresses, "a lock must not name a registry: run `make lock`, which writes none"
