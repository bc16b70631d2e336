"""Problems on which an answer was once wrong, with the right answer."""

import json
from pathlib import Path

import pytest

from models.outcome import Outcome
from models.reading import read_problem
from optimizer import solve

FOLDER = Path(__file__).resolve().parents[1] / "cases"


def solved(name: str) -> Outcome:
    return solve(read_problem(json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))))


def test_an_end_without_a_bound_is_not_called_a_time_limit() -> None:
    """1,140.0000019 points (closed form) at 300 M EUR. HiGHS ends the cost "optimal" at the start, without a bound."""
    outcome = solved("growth_over_many_periods")
    assert outcome.status == "optimal"
    assert [one.value for one in outcome.objectives] == pytest.approx([1140.0000019, 300])
    assert [one.bound for one in outcome.objectives] == pytest.approx([1140.0000019, 300])


def test_a_threat_at_the_limit_does_not_block() -> None:
    """4 x 0.35 - 2 is -0.6 in decimals; in binary fractions it would fall below -0.6, and b would object: 0 points."""
    outcome = solved("threat_at_the_limit")
    assert outcome.status == "optimal"
    assert outcome.objectives[0].value == pytest.approx(3)
