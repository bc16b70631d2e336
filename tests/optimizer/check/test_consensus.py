from typing import Any

import pytest

from models.problem.problem import Problem
from optimizer.check.consensus import rows
from optimizer.check.row import EXACT, Row
from tests.support.plans import a_plan, broken, broken_rows, rows_of
from tests.support.problems import a_problem, members


def divided(value: float, **fields: Any) -> Problem:
    positions = [{"member": "b", "activity": "train", "value": value}]
    return a_problem(members=members("a", "b"), positions=positions, **fields)


@pytest.mark.parametrize("value, blocks", [(-1, False), (-1.0000001, True), (-2, True), (0, False)])
def test_t10_exactly_objects_below_does_not_block_and_a_hair_below_does(value: float, *, blocks: bool) -> None:
    problem = divided(value)
    assert broken(problem, a_plan(problem, {"a/train": 1})) == ({"consensus"} if blocks else set())


def test_t9_an_abstention_passes_under_consensus() -> None:
    problem = divided(-1)
    assert not broken(problem, a_plan(problem, {"a/train": 1}))


def test_names_the_member_the_activity_and_the_framework_that_it_blocks() -> None:
    problem = divided(-2)
    assert broken_rows(problem, a_plan(problem, {"a/train": 1})) == ["consensus b/train/alliance/p1"]


def test_is_not_asked_where_the_decision_is_relaxed() -> None:
    problem = divided(-2)
    assert not broken(problem, a_plan(problem, {"a/train": 1}), relax=("decision",))


def test_a_withdrawn_member_keeps_its_seat_and_may_block() -> None:
    problem = divided(-2, withdrawn=[{"member": "b"}])
    assert broken(problem, a_plan(problem, {"a/train": 1})) == {"consensus"}


@pytest.mark.parametrize("points, verdict", [(1, set()), (0.999, {"consensus"}), (0, {"consensus"})])
def test_an_objection_can_be_bought_off_for_its_gap(points: float, verdict: set[str]) -> None:
    problem = divided(-2, concessions={"budget": 5})
    plan = a_plan(problem, {"a/train": 1}, concedes={"b/train/alliance": points} if points else {})
    assert broken(problem, plan) == verdict


def test_forbids_more_concessions_than_the_budget_and_than_one_case_may_take() -> None:
    problem = divided(-2, concessions={"budget": 1, "max_per_case": 1})
    assert not broken(problem, a_plan(problem, {"a/train": 1}, concedes={"b/train/alliance": 1}))
    plan = a_plan(problem, {"a/train": 1}, concedes={"b/train/alliance": 1.01})
    assert broken_rows(problem, plan) == ["consensus concession/b/train/alliance", "consensus concession/budget"]


def test_forbids_concessions_where_the_problem_offers_none() -> None:
    """Not even a little; the objection itself is met."""
    problem = divided(-2)
    plan = a_plan(problem, {"a/train": 1}, concedes={"b/train/alliance": 1})
    assert [(row.key, row.excess) for row in rows_of(rows, problem, plan) if not row.holds] == [
        ("concession/b/train/alliance", 1),
        ("concession/budget", 1),
    ]


def test_says_who_objects_and_what_is_conceded() -> None:
    """Without a concession nothing may be off; bought, as much as a row may."""
    problem = divided(-2, concessions={"budget": 3, "max_per_case": 2})
    plan = a_plan(problem, {"a/train": 1}, concedes={"b/train/alliance": 2.75})
    assert rows_of(rows, problem, plan) == [
        Row(
            key="a/train/alliance/p1",
            left=0,
            sense="<=",
            right=0,
            sentence="a objects to train under alliance (1 < -1)",
            tolerance=EXACT,
        ),
        Row(
            key="b/train/alliance/p1",
            left=1,
            sense="<=",
            right=2.75,
            sentence="b objects to train under alliance (-2 < -1)",
        ),
        Row(
            key="concession/b/train/alliance",
            left=2.75,
            sense="<=",
            right=2,
            sentence="2.75 points are conceded to b over train, at most 2 can be",
        ),
        Row(
            key="concession/budget",
            left=2.75,
            sense="<=",
            right=3,
            sentence="2.75 points of political capital are spent, there are 3",
        ),
    ]


def test_what_another_rule_decides_leaves_the_next_to_consensus() -> None:
    problem = divided(
        -2,
        frameworks=[{"id": "ad_hoc", "rule": {"type": "none"}}, {"id": "alliance"}],
        activities=[{"id": "watch"}, {"id": "train", "frameworks": ["alliance"]}],
    )
    plan = a_plan(problem, {"a/watch": 1, "a/train": 1})
    assert broken_rows(problem, plan) == ["consensus b/train/alliance/p1"]


@pytest.mark.parametrize("over, verdict", [(0.999e-6, []), (2.1e-6, ["consensus b/train/alliance/p1"])])
def test_a_gap_that_is_bought_may_be_off_by_what_a_row_may(over: float, verdict: list[str]) -> None:
    problem = divided(-2, concessions={"budget": 3})
    plan = a_plan(problem, {"a/train": 1}, concedes={"b/train/alliance": 1 - over})
    assert broken_rows(problem, plan) == verdict
