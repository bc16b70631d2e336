"""The benchmark problems, and their programs as MPS files for other solvers."""

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
"""Sizes that are solved with recourse."""


@dataclass(frozen=True, kw_only=True)
class Question:
    """A benchmark problem with the relative gap and the time limit, in seconds, of its solve."""

    size: str
    seed: int
    gap: float
    limit_s: float

    @property
    def problem(self) -> Problem:
        """The problem with risk reduction as its only objective, so that all solvers optimise the same."""
        changes: dict[str, Any] = {"objectives": [{"metric": "risk_reduction"}]}
        if self.size in RECOURSE:
            changes["criterion"] = {"type": "expected", "recourse": True}
        return Problem.model_validate(generate(self.size, self.seed) | changes)

    @property
    def config(self) -> Config:
        """Configuration: this gap and time limit, one thread, seed 0."""
        return Config(solver=SolverConfig(mip_gap=self.gap, time_limit_s=self.limit_s))

    @contextmanager
    def mps(self) -> Iterator[str]:
        """Context with the path of the program as an MPS file, a minimisation.

        A separate process writes the file. So this process loads only what it measures, and never two builds of HiGHS.
        """
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "program.mps"
            with path.open("w", encoding="utf-8") as file:
                command = [sys.executable, "-m", "benchmarks.program", self.size, str(self.seed)]
                subprocess.run(command, stdout=file, check=True)
            yield str(path)
