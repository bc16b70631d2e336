"""Ctrl-C during a solve."""

import json
import random
import signal
import subprocess
from pathlib import Path
from typing import Any

from tests.service.cli.asking import ROOT, command, write_document

RESOURCES = 8
ACTIVITIES = 120


def _knapsacks() -> dict[str, Any]:
    """A problem with plans found at once and a proof that takes minutes: all-or-nothing activities, many budgets."""
    drawn = random.Random(1)  # noqa: S311  (figures, not secrets)
    needs = [{f"r{r}": drawn.randint(10, 99) for r in range(RESOURCES)} for _ in range(ACTIVITIES)]
    return {
        "schema": "concord.problem/1",
        "resources": [{"id": f"r{r}"} for r in range(RESOURCES)],
        "members": [
            {"id": "a", "resources": {f"r{r}": sum(need[f"r{r}"] for need in needs) / 2 for r in range(RESOURCES)}}
        ],
        "theatres": [{"id": "t", "risk": 1_000_000}],
        "activities": [
            {
                "id": f"x{number}",
                "theatre": "t",
                "pillar": "other",
                "needs": need,
                "max_level": 1,
                "effect": {
                    "type": "threshold",
                    "threshold": 1,
                    "per_level": sum(need.values()) / 5 + drawn.randint(1, 50),
                },
            }
            for number, need in enumerate(needs)
        ],
    }


def _running(path: Path) -> subprocess.Popen[str]:
    """A solve process that has just found its first plan."""
    arguments = command("solve", path, "--gap", "0", "--time-limit", "100", "-o", path.with_suffix(".out"))
    process = subprocess.Popen(arguments, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=ROOT)
    assert process.stderr is not None
    while "best plan" not in process.stderr.readline():
        assert process.poll() is None
    return process


def test_keeps_the_best_plan(tmp_path: Path) -> None:
    path = write_document(tmp_path, _knapsacks())
    process = _running(path)
    process.send_signal(signal.SIGINT)
    shown, remarks = process.communicate(timeout=60)
    assert process.returncode == 0
    assert "NOT PROVEN OPTIMAL" in shown
    assert "stopping, keeping the best plan" in remarks
    assert json.loads(path.with_suffix(".out").read_text(encoding="utf-8"))["status"] == "feasible"
