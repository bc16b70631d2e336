import os
from typing import Any

import highspy
import pytest

from models.config import Config
from models.problem.problem import Problem
from models.reading import read_problem
from optimizer import solve
from optimizer.solver.silence import silent_standard_output

PROBLEM: Problem = read_problem(
    {
        "schema": "concord.problem/1",
        "members": [{"id": "a", "resources": {"money": 1}}],
        "theatres": [{"id": "t", "risk": 1}],
        "activities": [{"id": "x", "theatre": "t", "pillar": "other"}],
    }
)


def test_what_native_code_writes_inside_is_discarded_and_nothing_else(capfd: pytest.CaptureFixture[str]) -> None:
    os.write(1, b"before ")
    with silent_standard_output():
        os.write(1, b"banner")
    os.write(1, b"after")
    assert capfd.readouterr().out == "before after"


def test_standard_output_comes_back_after_an_error(capfd: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(ZeroDivisionError), silent_standard_output():
        raise ZeroDivisionError
    os.write(1, b"back")
    assert capfd.readouterr().out == "back"


def test_a_solver_that_prints_a_banner_prints_none_here(
    capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    silent = highspy.Highs

    def with_banner() -> Any:
        os.write(1, b"Running HiGHS 1.16.0\n")
        return silent()

    monkeypatch.setattr(highspy, "Highs", with_banner)
    assert solve(PROBLEM, Config()).status == "optimal"
    assert capfd.readouterr().out == ""
