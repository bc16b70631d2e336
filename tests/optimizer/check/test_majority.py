from typing import Any

import pytest

from models.problem.problem import Problem
from optimizer.check.majority import rows
from optimizer.check.row import RuleRow
from tests.support.plans import a_plan, broken, broken_rows, rows_of
from tests.support.problems import a_problem, members


def chamber(quota: float, *, position: float = -2, heads: float | None = None, **fields: Any) -> Problem:
    votes = {"a": 5, "b": 3, "c": 2}
    rule = {"type": "majority", "quota": quota, "quota_members": heads}
    return a_problem(
        members=[{"id": one, "votes": number, "resources": {"money": 5}} for one, number in votes.items()],
        frameworks=[{"id": "council", "rule": rule}],
        positions=[{"member": "c", "activity": "train", "value": position}],
        **fields,
    )


@pytest.mark.parametrize("quota, verdict", [(0.8, set()), (0.801, {"majority"}), (0.8000001, {"majority"})])
def test_allows_exactly_the_quota_and_forbids_a_run_below_it(quota: float, verdict: set[str]) -> None:
    problem = chamber(quota)
    assert broken(problem, a_plan(problem, {"a/train": 1})) == verdict


@pytest.mark.parametrize("position, verdict", [(0, set()), (-1e-7, {"majority"}), (-1, {"majority"})])
def test_t9_an_abstention_counts_against_and_acquiescence_in_favour(position: float, verdict: set[str]) -> None:
    problem = chamber(1, position=position)
    assert broken(problem, a_plan(problem, {"a/train": 1})) == verdict


def test_counts_heads_in_addition() -> None:
    assert not broken(chamber(0.5, heads=0.66), a_plan(chamber(0.5, heads=0.66), {"a/train": 1}))
    for heads in (0.67, 0.6666668):
        problem = chamber(0.5, heads=heads)
        assert broken_rows(problem, a_plan(problem, {"a/train": 1})) == ["majority train/council/members/p1"]
    assert not broken(chamber(0.5, heads=2 / 3), a_plan(chamber(0.5, heads=2 / 3), {"a/train": 1}))


def test_a_vote_can_be_bought_for_its_distance_to_acquiescence() -> None:
    problem = chamber(1, concessions={"budget": 2})
    assert not broken(problem, a_plan(problem, {"a/train": 1}, concedes={"c/train/council": 2}))
    assert broken(problem, a_plan(problem, {"a/train": 1}, concedes={"c/train/council": 1.99})) == {"majority"}


def test_has_no_rows_if_decisions_are_relaxed() -> None:
    problem = chamber(1)
    assert not broken(problem, a_plan(problem, {"a/train": 1}), relax=("decision",))


def later(b: float, c: float) -> Problem:
    """Two of three votes are needed: now the gap of b is 1 and that of c 2; later their positions are `b` and `c`."""
    positions_now = [
        {"member": "b", "activity": "train", "value": -1},
        {"member": "c", "activity": "train", "value": -2},
    ]
    positions_later = {"positions/b:train": b, "positions/c:train": c}
    return a_problem(
        members=members("a", "b", "c"),
        frameworks=[{"id": "council", "rule": {"type": "majority", "quota": 0.6}}],
        positions=positions_now,
        concessions={"budget": 9},
        scenarios=[{"id": "now"}, {"id": "later", "overrides": positions_later}],
    )


@pytest.mark.parametrize(
    "b, c, points, verdict",
    [
        (-2, -1, {"b": 1, "c": 1}, ["later", "now"]),  # b would be won now, c later: neither in both scenarios
        (-2, -1, {"b": 2}, []),
        (-2, -1, {"b": 1.99}, ["later", "now"]),
        (-0.5, -1, {"b": 1}, []),
        (-2, 0, {"b": 1}, []),  # later no vote must be bought
    ],
)
def test_a_vote_is_bought_once_for_all_scenarios_that_need_it(
    b: float, c: float, points: dict[str, float], verdict: list[str]
) -> None:
    problem = later(b, c)
    plan = a_plan(problem, {"a/train": 1}, concedes={f"{one}/train/council": paid for one, paid in points.items()})
    assert sorted(broken_rows(problem, plan)) == [f"majority train/council/votes/p1@{scenario}" for scenario in verdict]


def test_states_the_votes_in_favour_and_the_quota() -> None:
    """a and b have 8 of 10 votes and are 2 of 3 heads; the rows are data and nearly exact."""
    problem = chamber(0.75, heads=0.5)
    assert rows_of(rows, problem, a_plan(problem, {"a/train": 1})) == [
        RuleRow(
            key="train/council/votes/p1",
            left=8,
            sense=">=",
            right=7.5,
            sentence="Votes in favour of train under council in p1: 8 of the 7.5 required.",
            tolerance=1e-9,
        ),
        RuleRow(
            key="train/council/members/p1",
            left=2,
            sense=">=",
            right=1.5,
            sentence="Members in favour of train under council in p1: 2 of the 1.5 required.",
            tolerance=1e-9,
        ),
    ]


def test_a_run_decided_by_another_rule_does_not_skip_the_next() -> None:
    document = chamber(0.9).model_dump(mode="json", by_alias=True)
    document["frameworks"] += [{"id": "ad_hoc", "rule": {"type": "none"}}]
    watch = document["activities"][0] | {"id": "watch", "frameworks": ["ad_hoc"]}
    document["activities"] = [watch, *document["activities"]]
    problem = Problem.model_validate(document)
    plan = a_plan(problem, {"a/watch": 1, "a/train": 1})
    assert broken_rows(problem, plan) == ["majority train/council/votes/p1"]
