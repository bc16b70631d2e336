import json
from io import StringIO

import pytest
from rich.console import Console

from examples.demo_picture import show_picture
from examples.southern_flank import PROBLEM
from models.config import Config
from models.problem.problem import Problem
from optimizer import solve


def picture(name: str) -> str:
    problem = Problem.model_validate(json.loads((PROBLEM.parent / f"{name}.json").read_text(encoding="utf-8")))
    paper = StringIO()
    show_picture(Console(file=paper, width=120), solve(problem, Config()), problem)
    return paper.getvalue()


def test_shows_contributions_by_framework() -> None:
    shown = picture("objection_and_coalition")
    alliance, coalition = (
        shown.index("alliance: who contributes what, 6 M EUR"),
        shown.index("coalition: who contributes"),
    )
    assert alliance < shown.index("advise_jordan") < coalition < shown.index("train_libya")
    assert "north 6" in shown
    assert "south 6" in shown


def test_shows_activities_that_an_objection_moves_to_another_framework() -> None:
    shown = picture("objection_and_coalition")
    line = shown[shown.index("Activities blocked by objections") :].splitlines()[3]
    assert line.split() == ["train_libya", "east", "coalition"]


def test_shows_a_level_for_each_year() -> None:
    lines = [line for line in picture("early_training_lasts").splitlines() if line.startswith(("patrol", "train"))]
    assert [line.split()[:2] for line in lines] == [["patrol", "4"], ["train", "4"]]


@pytest.mark.parametrize("words", ["PROVEN OPTIMAL: risk reduction 13 points", "Independent check passed"])
def test_shows_the_proof(words: str) -> None:
    assert words in picture("early_training_lasts")


def test_shows_that_a_problem_has_no_plan() -> None:
    assert "NO PLAN CAN KEEP ALL RULES" in picture("floor_out_of_reach")
