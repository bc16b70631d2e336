"""T13: duals with fixed integers mislead; re-solving shows what one more unit really buys."""

import pytest

from models.config import Config, SolverConfig
from models.problem.problem import Problem
from optimizer import solve
from tests.support.problems import a_problem


def stabilise_or_watch(money: float, **fields: object) -> Problem:
    """stabilise gives two points a level from a threshold of 8 on, watch one point a level from the start."""
    return a_problem(
        members=[{"id": "a", "resources": {"money": money}}],
        activities=[
            {"id": "stabilise", "effect": {"type": "threshold", "threshold": 8, "per_level": 2}, "max_level": 10},
            {"id": "watch"},
        ],
        **fields,
    )


def worth(problem: Problem) -> float:
    return solve(problem, Config(solver=SolverConfig(mip_gap=0.0))).objectives[0].value


def test_t13_with_choices_frozen_one_more_unit_seems_to_buy_a_ninth_of_what_it_buys() -> None:
    """At 7 M EUR the threshold is out of reach: 7 points. With fixed integers the eighth M EUR buys 1 point; re-solved,
    it buys 9.
    """
    without_stabilising = {"policy": {"forbid": [{"activity": "stabilise"}]}}
    frozen = worth(stabilise_or_watch(8, **without_stabilising)) - worth(stabilise_or_watch(7, **without_stabilising))
    assert frozen == pytest.approx(1)
    assert worth(stabilise_or_watch(8)) - worth(stabilise_or_watch(7)) == pytest.approx(9)


def test_t13_an_outcome_presents_no_frozen_dual_as_what_one_more_unit_buys() -> None:
    outcome = solve(stabilise_or_watch(7))
    assert outcome.explanation is not None
    assert all(one.method == "re-solved" for one in outcome.explanation.binding)
