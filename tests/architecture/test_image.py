"""The container image and its compose file are as a careful operator would write them."""

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[2]
DOCKERFILE = (ROOT / "Dockerfile").read_text(encoding="utf-8")
SERVICE: dict[str, Any] = yaml.safe_load((ROOT / "compose.yaml").read_text(encoding="utf-8"))["services"]["concord"]


def test_every_base_is_named_by_its_digest() -> None:
    bases = re.findall(r"^FROM (\S+)", DOCKERFILE, re.MULTILINE)
    assert len(bases) == 2
    assert all(re.fullmatch(r"python:3\.11-slim@sha256:[0-9a-f]{64}", base) for base in bases)
    assert len(set(bases)) == 1


def test_the_build_installs_no_development_tools() -> None:
    assert set(re.findall(r"requirements\S*\.lock", DOCKERFILE)) == {
        "requirements-runtime.lock",
        "requirements-build.lock",
    }
    packages = re.findall(r"^(\S+)==", (ROOT / "requirements-build.lock").read_text(encoding="utf-8"), re.MULTILINE)
    assert "hatchling" in packages
    assert len(packages) < 10


def test_what_the_build_copies_is_in_its_context() -> None:
    ignored = (ROOT / ".dockerignore").read_text(encoding="utf-8").split()
    copied = {
        name for line in re.findall(r"^COPY (?!--from)(.+) \S+$", DOCKERFILE, re.MULTILINE) for name in line.split()
    }
    assert {f"!{name}" for name in copied} <= set(ignored)


@pytest.mark.parametrize("key", ["mem_limit", "memswap_limit", "cpus", "pids_limit", "init", "read_only"])
def test_the_container_is_limited(key: str) -> None:
    assert SERVICE[key]


def test_logs_are_rotated_and_temporary_files_are_limited() -> None:
    assert set(SERVICE["logging"]["options"]) == {"max-size", "max-file"}
    assert all("size=" in mount for mount in SERVICE["tmpfs"])
