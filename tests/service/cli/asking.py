"""Runs the command line: in this process, or in a new process if streams or signals matter."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

from typer.testing import CliRunner, Result

from service.cli.main import app

ROOT = Path(__file__).parents[3]
ENTRY = "from service.cli.main import app; app(prog_name='concord')"

SMALLEST: dict[str, Any] = {
    "schema": "concord.problem/1",
    "members": [{"id": "a", "resources": {"money": 6}}, {"id": "b", "resources": {"money": 4}}],
    "theatres": [{"id": "iraq", "risk": 10}, {"id": "libya", "risk": 6, "weight": 2}],
    "activities": [
        {
            "id": "train",
            "theatre": "iraq",
            "pillar": "capacity_building",
            "effect": {"type": "linear", "per_level": 1},
        },
        {
            "id": "watch",
            "theatre": "libya",
            "pillar": "surveillance",
            "needs": {"money": 2},
            "effect": {"type": "linear", "per_level": 1.5},
        },
    ],
}
"""Optimum 14: train at level 2, watch at level 4."""


def concord(*arguments: str | Path, given: bytes | str | None = None) -> Result:
    """Run a command in this process."""
    return CliRunner().invoke(app, [str(argument) for argument in arguments], input=given)


def command(*arguments: str | Path) -> list[str]:
    """Arguments of a new process that runs a command."""
    return [sys.executable, "-c", ENTRY, *map(str, arguments)]


def run_process(*arguments: str | Path, given: bytes = b"") -> "subprocess.CompletedProcess[bytes]":
    """Run a command in a new process and wait for it."""
    return subprocess.run(command(*arguments), input=given, capture_output=True, check=False, cwd=ROOT)


def write_document(folder: Path, document: object, name: str = "problem.json") -> Path:
    """Write a document to a file in `folder`; returns its path."""
    path = folder / name
    path.write_text(json.dumps(document), encoding="utf-8")
    return path
