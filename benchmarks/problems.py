"""The problems that are measured, and the programs that all who are compared get."""

import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.generate import generate
from models.config import Config, SolverConfig
from models.problem.problem import Problem

RECOURSE = ("MS", "LS")
"""Sizes whose efforts follow the future."""


@dataclass(frozen=True, kw_only=True)
class Question:
    """One problem of the family, how exactly it is to be solved, and how long that may take."""

    size: str
    seed: int
    gap: float
    limit_s: float

    @property
    def problem(self) -> Problem:
        """With one objective, so that everybody optimises the same."""
        said: dict[str, Any] = {"objectives": [{"metric": "risk_reduction"}]}
        if self.size in RECOURSE:
            said["criterion"] = {"type": "expected", "recourse": True}
        return Problem.model_validate(generate(self.size, self.seed) | said)

    @property
    def config(self) -> Config:
        """One thread, seed 0."""
        return Config(solver=SolverConfig(mip_gap=self.gap, time_limit_s=self.limit_s))

    @contextmanager
    def mps(self) -> Iterator[str]:
        """The program as an MPS file, a minimisation.

        Another process writes it, so that this one loads no more than it measures, and two builds of HiGHS never meet.
        """
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "program.mps"
            with path.open("w", encoding="utf-8") as file:
                command = [sys.executable, "-m", "benchmarks.program", self.size, str(self.seed)]
                subprocess.run(command, stdout=file, check=True)
            yield str(path)
