"""The solver reaches the optimum that the notes of each small problem derive."""

import json
import re
from pathlib import Path

import pytest

from examples.southern_flank import FUTURES, PROBLEM
from models.config import Config, SolverConfig
from models.outcome import Infeasible, Solved
from models.problem.problem import Problem
from optimizer import solve

FOLDER = PROBLEM.parent
SMALL = sorted(path.stem for path in FOLDER.glob("*.json") if path not in {PROBLEM, FUTURES})
EXACT = Config(solver=SolverConfig(mip_gap=0))


def the_problem(name: str) -> Problem:
    return Problem.model_validate(json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8")))


def stated_optimum(problem: Problem) -> float | None:
    """The optimum at the start of the notes; None if they say that there is no plan."""
    start = re.match(r"Optimum ([\d.]+): |Infeasible: ", problem.notes)
    assert start, problem.notes
    return None if start[1] is None else float(start[1])


@pytest.mark.parametrize("name", SMALL)
def test_has_a_title_and_says_what_to_look_for(name: str) -> None:
    problem = the_problem(name)
    assert problem.title
    assert "Look for " in problem.notes


@pytest.mark.parametrize("name", SMALL)
def test_solves_to_the_value_in_its_notes(name: str) -> None:
    problem = the_problem(name)
    expected, outcome = stated_optimum(problem), solve(problem, EXACT)
    if expected is None:
        assert isinstance(outcome, Infeasible)
    else:
        assert isinstance(outcome, Solved)
        assert outcome.check.passed
        assert outcome.objectives[0].value == pytest.approx(expected, abs=1e-5)


def test_the_index_names_every_problem() -> None:
    index = (Path(FOLDER).parent / "README.md").read_text(encoding="utf-8")
    assert [name for name in (*SMALL, PROBLEM.stem, FUTURES.stem) if f"{name}.json" not in index] == []
