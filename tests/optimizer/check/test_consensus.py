from typing import Any

import pytest

from models.problem.problem import Problem
from tests.support.plans import a_plan, broken, broken_rows
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
    problem = divided(-2)
    plan = a_plan(problem, {"a/train": 1}, concedes={"b/train/alliance": 1})
    assert broken(problem, plan) == {"consensus"}
