"""A solver that breaks, stops or lies at one chosen run, and the stages that a search then takes."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
import pytest

from models.errors import SolverFailure
from optimizer.search import branch_and_dive, uniform_start
from optimizer.solver.highs import HighsProgram
from optimizer.solver.statuses import RunResult

Fault = Literal["breaks", "breaks twice", "limit", "infeasible", "caller"]
"""What happens at the chosen run. `breaks twice`: at the next run too, which may be the same tried again. `caller`: the
caller asks to stop from then on."""

FAULTS: tuple[Fault, ...] = ("breaks", "breaks twice", "limit", "infeasible", "caller")


@dataclass(kw_only=True)
class BrokenSolver:
    """Counts the runs of every program, and does something else at the chosen one."""

    fault: Fault | None = None
    at: int = -1
    """Number of the run, from 0 on."""
    runs: int = 0

    def should_stop(self) -> bool:
        """Whether the caller asks to stop."""
        return self.fault == "caller" and self.runs > self.at

    def run(self, run: Callable[..., RunResult], program: HighsProgram, limits: dict[str, Any]) -> RunResult:
        """Run a program, unless its turn has come."""
        number = self.runs
        self.runs += 1
        match self.fault:
            case "breaks" if number == self.at:
                raise SolverFailure("lost")
            case "breaks twice" if number in (self.at, self.at + 1):
                raise SolverFailure("lost")
            case "limit" if number == self.at:
                return RunResult(termination="limit", values=None, objective=None, bound=-np.inf, nodes=0)
            case "infeasible" if number == self.at:
                return RunResult(termination="infeasible", values=None, objective=None, bound=np.inf, nodes=0)
            case _:
                return run(program, **limits)


def broken_solver(monkeypatch: pytest.MonkeyPatch, fault: Fault | None = None, at: int = -1) -> BrokenSolver:
    """Make every run go through a `BrokenSolver`; without a fault it only counts."""
    broken, run = BrokenSolver(fault=fault, at=at), HighsProgram.run
    monkeypatch.setattr(HighsProgram, "run", lambda program, **limits: broken.run(run, program, limits))
    return broken


def take_every_stage(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make small programs count as large, so that a search takes every stage of a large one."""
    monkeypatch.setattr(branch_and_dive, "SMALL", 0)
    monkeypatch.setattr(branch_and_dive, "LARGE", 0)
    monkeypatch.setattr(uniform_start, "LARGE", 0)
