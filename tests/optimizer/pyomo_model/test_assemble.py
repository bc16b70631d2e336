"""Rows keep apart, whatever things are called."""

from typing import Any

import pytest

from models.problem.problem import Problem
from tests.support.optima import is_infeasible, optimum
from tests.support.problems import a_problem


@pytest.mark.parametrize("name", ["each", "members", "everywhere"])
def test_a_share_for_each_stands_beside_one_for_a_contributor_of_any_name(name: str) -> None:
    """One has 10 M EUR, b 4, nobody gives more than half: 8. That one may give no more than 0.9 says less."""
    rules = [{"share": 0.5}, {"share": 0.9, "contributor": name}]
    assert optimum(payers(name, max_contributor_share=rules)) == pytest.approx(8)


def test_a_reserve_of_all_members_stands_beside_one_of_a_member_of_any_name() -> None:
    """Of 14 M EUR 9 are kept: 5. That one keeps 1 says less."""
    kept = [{"resource": "money", "amount": 9}, {"resource": "money", "contributor": "members", "amount": 1}]
    assert optimum(payers("members", reserve=kept)) == pytest.approx(5)


def test_a_floor_over_all_drivers_stands_beside_one_of_a_driver_of_any_name() -> None:
    """Training takes 10 of 20 points off: a floor of 0.6 over both drivers is out of reach, one of 0.1 is not."""
    floors = [{"theatre": "iraq", "share": 0.6}, {"theatre": "iraq", "driver": "all", "share": 0.1}]
    problem = a_problem(
        theatres=[{"id": "iraq", "risk": {"all": 10, "other": 10}}],
        activities=[{"id": "train", "reduces": {"all": 1}}],
        policy={"min_coverage": floors},
    )
    assert is_infeasible(problem)
    assert not is_infeasible(problem, "policy")


def payers(name: str, **policy: Any) -> Problem:
    rich = {"id": name, "resources": {"money": 10}}
    return a_problem(members=[rich, {"id": "b", "resources": {"money": 4}}], policy=policy)
