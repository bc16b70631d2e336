from typing import Any

import pytest

from models.problem.problem import Problem
from optimizer.check.consensus import rows
from optimizer.check.row import EXACT, RuleRow
from tests.support.plans import a_plan, broken, broken_rows, rows_of
from tests.support.problems import a_problem, members


def divided(value: float, **fields: Any) -> Problem:
    positions = [{"member": "b", "activity": "train", "value": value}]
    return a_problem(members=members("a", "b"), positions=positions, **fields)


@pytest.mark.parametrize("value, blocks", [(-1, False), (-1.0000001, True), (-2, True), (0, False)])
def test_t10_a_position_at_objects_below_does_not_block_and_one_below_it_does(value: float, *, blocks: bool) -> None:
    problem = divided(value)
    assert broken(problem, a_plan(problem, {"a/train": 1})) == ({"consensus"} if blocks else set())


def test_t9_an_abstention_passes_under_consensus() -> None:
    problem = divided(-1)
    assert not broken(problem, a_plan(problem, {"a/train": 1}))


def test_names_the_member_the_activity_and_the_framework_that_it_blocks() -> None:
    problem = divided(-2)
    assert broken_rows(problem, a_plan(problem, {"a/train": 1})) == ["consensus b/train/alliance/p1"]


def test_has_no_rows_if_decisions_are_relaxed() -> None:
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


def test_limits_concessions_by_the_budget_and_by_case() -> None:
    problem = divided(-2, concessions={"budget": 1, "max_per_case": 1})
    assert not broken(problem, a_plan(problem, {"a/train": 1}, concedes={"b/train/alliance": 1}))
    plan = a_plan(problem, {"a/train": 1}, concedes={"b/train/alliance": 1.01})
    assert broken_rows(problem, plan) == ["consensus concession/b/train/alliance", "consensus concession/budget"]


def test_forbids_concessions_if_the_problem_offers_none() -> None:
    """The objection itself is bought off."""
    problem = divided(-2)
    plan = a_plan(problem, {"a/train": 1}, concedes={"b/train/alliance": 1})
    assert [(row.key, row.excess) for row in rows_of(rows, problem, plan) if not row.holds] == [
        ("concession/b/train/alliance", 1),
        ("concession/budget", 1),
    ]


def test_states_who_objects_and_what_is_conceded() -> None:
    """Without a concession the row is exact; with a concession it has the tolerance of a row."""
    problem = divided(-2, concessions={"budget": 3, "max_per_case": 2})
    plan = a_plan(problem, {"a/train": 1}, concedes={"b/train/alliance": 2.75})
    assert rows_of(rows, problem, plan) == [
        RuleRow(
            key="a/train/alliance/p1",
            left=0,
            sense="<=",
            right=0,
            sentence="a objects to train under alliance: its position is 1, it objects below -1, "
            "and 0 points are conceded.",
            scale=1,
            tolerance=EXACT,
        ),
        RuleRow(
            key="b/train/alliance/p1",
            left=1,
            sense="<=",
            right=2.75,
            sentence="b objects to train under alliance: its position is -2, it objects below -1, "
            "and 2.75 points are conceded.",
            scale=1,
        ),
        RuleRow(
            key="concession/b/train/alliance",
            left=2.75,
            sense="<=",
            right=2,
            sentence="2.75 points are conceded to b over train under alliance; at most 2 are allowed.",
            scale=1,
        ),
        RuleRow(
            key="concession/budget",
            left=2.75,
            sense="<=",
            right=3,
            sentence="2.75 points of political capital are spent; the budget is 3.",
            scale=1,
        ),
    ]


def test_a_run_decided_by_another_rule_does_not_skip_the_next() -> None:
    problem = divided(
        -2,
        frameworks=[{"id": "ad_hoc", "rule": {"type": "none"}}, {"id": "alliance"}],
        activities=[{"id": "watch"}, {"id": "train", "frameworks": ["alliance"]}],
    )
    plan = a_plan(problem, {"a/watch": 1, "a/train": 1})
    assert broken_rows(problem, plan) == ["consensus b/train/alliance/p1"]


@pytest.mark.parametrize("over, verdict", [(0.999e-6, []), (2.1e-6, ["consensus b/train/alliance/p1"])])
def test_a_bought_gap_has_the_tolerance_of_a_row(over: float, verdict: list[str]) -> None:
    problem = divided(-2, concessions={"budget": 3})
    plan = a_plan(problem, {"a/train": 1}, concedes={"b/train/alliance": 1 - over})
    assert broken_rows(problem, plan) == verdict
