"""The Python of README.md and of the recipe in CONTRIBUTING.md runs."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

from models.problem.problem import Problem
from optimizer import program
from optimizer.formulation.families import FAMILIES
from tests.support.plans import a_plan, rows_of
from tests.support.problems import a_problem

ROOT = Path(__file__).parents[2]
README, CONTRIBUTING = ((ROOT / name).read_text(encoding="utf-8") for name in ("README.md", "CONTRIBUTING.md"))
PAIR = [{"id": "train"}, {"id": "watch"}]


def blocks(page: str, language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", page, re.DOTALL)


def test_the_python_of_the_readme_runs_in_order(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The smallest problem is worth 14; with `train` capped at 1.5 it is worth 13.5."""
    (tmp_path / "problem.json").write_text(blocks(README, "json")[0], encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    names: dict[str, Any] = {"__name__": "readme"}
    for block in blocks(README, "python"):
        exec(block, names)  # noqa: S102  (our own page)
    solved, checked = capsys.readouterr().out.splitlines()
    assert solved == "optimal 14.0 14.0"
    assert checked.startswith("True {'risk_reduction': 13.5")


def test_the_smallest_problem_of_the_readme_is_the_example() -> None:
    example = (ROOT / "examples" / "problems" / "smallest.json").read_text(encoding="utf-8")
    shown, kept = json.loads(blocks(README, "json")[0]), json.loads(example)
    assert {key: kept[key] for key in shown} == shown


def recipe(path: str) -> dict[str, Any]:
    """The names that a file of the recipe defines."""
    block = re.search(rf"`{path}`[^`]*```python\n(.*?)```", CONTRIBUTING, re.DOTALL)
    assert block, f"CONTRIBUTING.md shows no code for {path}"
    names: dict[str, Any] = {}
    exec(block[1], names)  # noqa: S102  (our own page)
    return names


def with_a_limit(problem: Problem) -> Problem:
    """Give every theatre the field of the recipe, whether or not `Theatre` has a field of that name."""
    for theatre in problem.theatres:
        object.__setattr__(theatre, "max_activities", 1)
    return problem


def test_the_family_of_the_recipe_has_a_row_for_each_limit_and_period() -> None:
    family = recipe("optimizer/formulation/constraints/crowding.py")["FAMILY"]
    model = program(with_a_limit(a_problem(periods=["p1", "p2"], activities=PAIR)), families=(*FAMILIES, family))
    assert {index: str(row.expr) for index, row in model.crowding.items()} == {
        ("iraq", t): f"y[train,alliance,{t}] + y[watch,alliance,{t}]  <=  1" for t in ("p1", "p2")
    }


def test_the_check_of_the_recipe_counts_what_runs() -> None:
    rows = recipe("optimizer/check/crowding.py")["rows"]
    problem = with_a_limit(a_problem(activities=PAIR))
    found = rows_of(rows, problem, a_plan(problem, {"a/train/money": 1, "a/watch/money": 1}))
    assert [(row.key, row.left, row.right, row.holds) for row in found] == [("iraq/p1", 2, 1, False)]
