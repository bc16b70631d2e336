from typing import Any

import pytest

from models.problem.problem import Problem
from tests.support.plans import a_plan, broken, broken_rows
from tests.support.problems import a_problem


def chamber(quota: float, *, position: float = -2, heads: float | None = None, **fields: Any) -> Problem:
    votes = {"a": 5, "b": 3, "c": 2}
    rule = {"type": "majority", "quota": quota, "quota_members": heads}
    return a_problem(
        members=[{"id": one, "votes": number, "resources": {"money": 5}} for one, number in votes.items()],
        frameworks=[{"id": "council", "rule": rule}],
        positions=[{"member": "c", "activity": "train", "value": position}],
        **fields,
    )


@pytest.mark.parametrize("quota, verdict", [(0.8, set()), (0.801, {"majority"})])
def test_permits_at_the_quota_and_forbids_above_it(quota: float, verdict: set[str]) -> None:
    problem = chamber(quota)
    assert broken(problem, a_plan(problem, {"a/train": 1})) == verdict


@pytest.mark.parametrize("position, verdict", [(0, set()), (-1e-7, {"majority"}), (-1, {"majority"})])
def test_t9_an_abstention_counts_against_and_acquiescence_in_favour(position: float, verdict: set[str]) -> None:
    problem = chamber(1, position=position)
    assert broken(problem, a_plan(problem, {"a/train": 1})) == verdict


def test_counts_heads_in_addition() -> None:
    assert not broken(chamber(0.5, heads=0.66), a_plan(chamber(0.5, heads=0.66), {"a/train": 1}))
    problem = chamber(0.5, heads=0.67)
    assert broken_rows(problem, a_plan(problem, {"a/train": 1})) == ["majority train/council/members/p1"]


def test_a_vote_can_be_bought_for_its_distance_to_acquiescence() -> None:
    problem = chamber(1, concessions={"budget": 2})
    assert not broken(problem, a_plan(problem, {"a/train": 1}, concedes={"c/train/council": 2}))
    assert broken(problem, a_plan(problem, {"a/train": 1}, concedes={"c/train/council": 1.99})) == {"majority"}


def test_is_not_asked_where_the_decision_is_relaxed() -> None:
    problem = chamber(1)
    assert not broken(problem, a_plan(problem, {"a/train": 1}), relax=("decision",))
