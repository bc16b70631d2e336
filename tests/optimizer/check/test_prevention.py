from typing import Any

import pytest

from models.problem.problem import Problem
from tests.support.plans import a_plan, broken, broken_rows
from tests.support.problems import a_problem


def portfolio(**policy: Any) -> Problem:
    return a_problem(
        periods=["p1", "p2"],
        members=[{"id": "a", "resources": {"money": 100}}],
        partners=[{"id": "eu", "resources": {"money": 100}}],
        theatres=[{"id": "iraq"}, {"id": "syria"}],
        activities=[
            {"id": "train", "pillar": "capacity_building", "tags": ["women"]},
            {"id": "watch", "pillar": "surveillance", "theatre": "syria", "tags": ["women", "sea"]},
            {"id": "rebuild", "phase": "post_conflict"},
        ],
        policy=policy,
    )


@pytest.mark.parametrize("train, verdict", [(3, set()), (2.999, {"prevention"})])
def test_prevention_keeps_its_share_over_the_horizon(train: float, verdict: set[str]) -> None:
    problem = portfolio(min_pre_conflict_share=0.75)
    gives = {"a/train/money/p1": train, "eu/watch/money/p2": 6, "a/rebuild/money/p1": 1, "eu/rebuild/money/p2": 2}
    assert broken(problem, a_plan(problem, gives)) == verdict


@pytest.mark.parametrize("amount, verdict", [(7, set()), (7.001, {"prevention"})])
def test_the_ceiling_is_on_what_members_pay(amount: float, verdict: set[str]) -> None:
    problem = portfolio(max_total_cost=10)
    gives = {"a/train/money/p1": amount, "a/watch/money/p2": 3, "eu/train/money/p1": 50}
    assert broken(problem, a_plan(problem, gives)) == verdict


@pytest.mark.parametrize("watch, row", [(4, None), (3.99, "min"), (6, None), (6.01, "max")])
def test_a_pillar_keeps_within_its_shares(watch: float, row: str | None) -> None:
    problem = portfolio(pillar_share=[{"pillar": "surveillance", "min": 0.4, "max": 0.6}])
    plan = a_plan(problem, {"a/watch/money/p1": watch, "a/train/money/p2": 10 - watch})
    assert broken_rows(problem, plan) == ([] if row is None else [f"prevention pillar_share/surveillance/{row}"])


def test_a_share_in_a_theatre_is_of_what_is_spent_there() -> None:
    problem = portfolio(pillar_share=[{"pillar": "other", "theatre": "iraq", "max": 0.5}])
    assert not broken(problem, a_plan(problem, {"a/rebuild": 2, "a/train": 2, "a/watch": 9}))
    plan = a_plan(problem, {"a/rebuild": 2.01, "a/train": 2, "a/watch": 9})
    assert broken_rows(problem, plan) == ["prevention pillar_share/other/iraq/max"]


def test_a_tag_keeps_its_share() -> None:
    problem = portfolio(tag_share=[{"tag": "sea", "min": 0.25}])
    assert not broken(problem, a_plan(problem, {"a/watch": 1, "a/train": 3}))
    assert broken_rows(problem, a_plan(problem, {"a/watch": 1, "a/train": 3.01})) == ["prevention tag_share/sea/min"]


def test_is_not_asked_where_policy_is_relaxed() -> None:
    problem = portfolio(max_total_cost=1)
    assert not broken(problem, a_plan(problem, {"a/train": 10}), relax=("policy",))
