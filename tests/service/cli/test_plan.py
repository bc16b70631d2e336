"""How plans over several periods and scenarios are shown, with coordination, concessions and investments."""

import io
from typing import Any

from rich.console import Console

from models.config import Config
from models.problem.problem import Problem
from models.reading import read_problem
from optimizer import solve
from service.cli.show.outcome import show_outcome
from tests.service.cli.asking import SMALLEST
from tests.support.golden import cases

GOLDEN = {golden.name: golden.problem for golden in cases()}


def _shown(document: dict[str, Any]) -> list[str]:
    problem: Problem = read_problem(document)
    console = Console(file=io.StringIO(), width=100, highlight=False, markup=False)
    show_outcome(console, solve(problem, Config()), problem)
    assert isinstance(console.file, io.StringIO)
    return [" ".join(line.split()) for line in console.file.getvalue().splitlines()]


def test_shows_periods_with_the_same_level_together() -> None:
    shown = _shown(
        SMALLEST
        | {
            "periods": ["y1", "y2", "y3"],
            "members": [{"id": "a", "resources": {"money": [8, 8, 9]}}],
            "activities": [{"id": "train", "theatre": "iraq", "pillar": "other"}],
        }
    )
    at = shown.index("train alliance 8 in y1–y2 25")
    assert shown[at + 1 : at + 3] == ["9 in y3", "a 8–9 M EUR"]


def test_shows_coverage_over_time() -> None:
    shown = _shown(SMALLEST | {"periods": ["y1", "y2"], "members": [{"id": "a", "resources": {"money": [0, 12]}}]})
    assert "libya 12 6 6 50 % ██████████░░░░░░░░░░ ▁█" in shown


def test_shows_drivers_below_their_theatre() -> None:
    shown = _shown(
        SMALLEST
        | {
            "theatres": [{"id": "iraq", "risk": {"violence": 10, "grievance": 10}}],
            "activities": [{"id": "train", "theatre": "iraq", "pillar": "other", "reduces": {"violence": 1}}],
        }
    )
    at = shown.index("iraq 20 10 10 50 % ██████████░░░░░░░░░░")
    assert shown[at + 1].startswith("violence 10 10 0 100 %")
    assert shown[at + 2].startswith("grievance 10 0 10 0 %")


def test_shows_the_scenarios() -> None:
    shown = _shown(GOLDEN["G17_cvar"])
    at = shown.index("What the plan achieves in each scenario")
    assert [line.split()[0] for line in shown[at + 3 : at + 7]] == ["s1", "s2", "s3", "s4"]


def test_shows_regret() -> None:
    assert _shown(GOLDEN["G16_regret"])[0] == "PROVEN OPTIMAL: greatest regret 6 points; no plan does better"


def test_shows_who_pays_to_coordinate_with_a_partner() -> None:
    assert "· a gives 2 M EUR to coordinate with eu" in _shown(GOLDEN["G14_partner_6"])


def test_shows_what_political_capital_wins() -> None:
    assert "· political capital of 1 wins c over for support under alliance" in _shown(GOLDEN["G05_concession_1"])


def test_names_all_but_the_first_resource_of_a_unit() -> None:
    shown = _shown(
        SMALLEST
        | {
            "resources": [{"id": "money"}, {"id": "funds", "title": "Civil funds"}],
            "members": [{"id": "a", "resources": {"money": 3, "funds": 3}}],
            "activities": [
                {"id": "train", "theatre": "iraq", "pillar": "other", "needs": {"money": 1, "funds": 1}},
            ],
        }
    )
    assert "a 3 M EUR + 3 M EUR (Civil funds)" in shown


def test_shows_what_a_run_achieves_in_each_scenario() -> None:
    """Without recourse amounts stand once; the threshold differs by scenario."""
    effect = {"type": "threshold", "threshold": 5, "per_level": 1}
    shown = _shown(
        SMALLEST
        | {
            "members": [{"id": "a", "resources": {"money": 7}}],
            "activities": [{"id": "train", "theatre": "iraq", "pillar": "other", "effect": effect}],
            "scenarios": [{"id": "s0"}, {"id": "s1", "overrides": {"activities/train/effect/threshold": 9}}],
        }
    )
    assert len([line for line in shown if line.startswith("Who contributes what")]) == 1
    at = shown.index("train alliance 7 0 to 7")
    assert " ".join(shown[at + 1 : at + 5]) == (
        "s0: needs 5: met, effect 7 s1: needs 9: short by 2, effect 0 a 7 M EUR"
    )
