from typing import Any

import pytest
from hypothesis import given

from models.problem.problem import Problem
from optimizer import program
from optimizer.formulation.constraints.rivalry import cliques
from tests.support.families import permits, rows_of
from tests.support.laws import FEW, tenths
from tests.support.optima import optimum, solved
from tests.support.problems import a_problem, members

A, B = "present[a,train,p1]", "present[b,train,p1]"


def rivals(money: float = 4, **rivalry: Any) -> Problem:
    """a, b, c have `money` each; train gives 1 a level, watch 0.6; a and b are rivals."""
    return a_problem(
        members=[{"id": i, "resources": {"money": money}} for i in ("a", "b", "c")],
        activities=[{"id": "train"}, {"id": "watch", "effect": {"type": "linear", "per_level": 0.6}}],
        rivalries=[{"between": ["a", "b"], **rivalry}],
    )


def test_rows_keep_mutual_rivals_apart_at_once_and_price_friction_by_pairs() -> None:
    problem = a_problem(
        members=members("a", "b", "c", "d"),
        rivalries=[
            {"between": ["b", "a"]},
            {"between": ["b", "c"]},
            {"between": ["c", "a"]},
            {"between": ["c", "d"]},
            {"between": ["a", "d"], "hard": False, "friction": 1.5},
        ],
    )
    assert rows_of(problem, "rivalry") == (
        "rivalry[soft,a,d,train,p1]: present[a,train,p1] + present[d,train,p1] - friction[a,d,train,p1]  <=  1\n"
        "rivalry[hard,a+b+c,train,p1]: present[a,train,p1] + present[b,train,p1] + present[c,train,p1]  <=  1\n"
        "rivalry[hard,c+d,train,p1]: present[c,train,p1] + present[d,train,p1]  <=  1\n"
    )


def test_no_row_where_one_of_the_two_has_nothing_to_give_or_friction_costs_nothing() -> None:
    alone = a_problem(members=[*members("a"), {"id": "b"}], rivalries=[{"between": ["a", "b"]}])
    assert rows_of(alone, "rivalry") == ""
    assert rows_of(rivals(hard=False), "rivalry") == ""


def test_a_zero_friction_does_not_skip_the_next_rivalry() -> None:
    problem = a_problem(
        members=members("a", "b", "c"),
        rivalries=[{"between": ["a", "b"], "hard": False}, {"between": ["b", "c"]}],
    )
    assert rows_of(problem, "rivalry") == (
        "rivalry[hard,b+c,train,p1]: present[b,train,p1] + present[c,train,p1]  <=  1\n"
    )


def test_friction_is_counted_once_for_each_pair_that_has_a_price() -> None:
    problem = a_problem(
        members=members("a", "b", "c"),
        rivalries=[{"between": ["a", "b"], "hard": False, "friction": 1}, {"between": ["b", "c"]}],
    )
    friction = program(problem).friction
    assert {index: variable.bounds for index, variable in friction.items()} == {("a", "b", "train", "p1"): (0, 1)}


@pytest.mark.parametrize("b, holds", [(0, True), (0.4, True), (0.5, False), (1, False)])
def test_permits_one_of_two_rivals(b: float, *, holds: bool) -> None:
    assert permits(rivals(activities=["train"]), "rivalry", {A: 0.6, B: b}) is holds


@pytest.mark.parametrize("friction, holds", [(0, False), (0.9, False), (1, True)])
def test_permits_both_where_friction_is_paid(friction: float, *, holds: bool) -> None:
    problem = rivals(hard=False, friction=2, activities=["train"])
    assert permits(problem, "rivalry", {A: 1, B: 1, "friction[a,b,train,p1]": friction}) is holds


def test_cliques_cover_exactly_the_pairs() -> None:
    pairs = [("a", "b"), ("b", "c"), ("a", "c"), ("c", "d"), ("e", "d")]
    groups = [frozenset(group) for group in cliques(pairs)]  # type: ignore[arg-type]
    assert groups == [frozenset("abc"), frozenset("cd"), frozenset("de")]


def test_a_clique_is_returned_once_in_any_order_of_pairs() -> None:
    pairs = [("a", "b"), ("c", "d"), ("b", "c"), ("a", "c")]
    assert list(cliques(pairs)) == [("a", "b", "c"), ("c", "d")]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "where, value",
    [
        ({}, 10.4),
        ({"activities": ["train"]}, 10.4),
        ({"activities": ["watch"]}, 12),
        ({"theatres": ["iraq"]}, 10.4),
        ({"activities": []}, 12),
    ],
)
def test_rivals_serve_apart_where_their_rivalry_holds(where: dict[str, Any], value: float) -> None:
    """Without a rivalry all 12 go to train. With it one of the rivals goes to watch: 8 + 4·0.6."""
    assert optimum(rivals(**where)) == pytest.approx(value)


@pytest.mark.parametrize("friction, value", [(1, 11), (1.6, 10.4), (3, 10.4)])
def test_rivals_serve_together_while_that_is_worth_the_friction(friction: float, value: float) -> None:
    """Together: 12 less the friction. Apart: 8 + 4·0.6."""
    assert optimum(rivals(hard=False, friction=friction)) == pytest.approx(value)


def test_friction_is_neither_weighted_nor_discounted() -> None:
    """Weight 3, discount ½, two periods, train only: 3·8 + 3·8/2, less 1 in each period. Apart they give half."""
    problem = a_problem(
        periods=["p1", "p2"],
        discount=0.5,
        members=[{"id": i, "resources": {"money": 4}} for i in ("a", "b")],
        theatres=[{"id": "iraq", "weight": 3}],
        rivalries=[{"between": ["a", "b"], "hard": False, "friction": 1}],
    )
    assert optimum(problem) == pytest.approx(24 + 12 - 2)


def test_a_member_and_a_partner_can_be_rivals() -> None:
    """a has 10 and eu 6, and there is one activity: the greater contributor serves."""
    problem = a_problem(partners=[{"id": "eu", "resources": {"money": 6}}], rivalries=[{"between": ["a", "eu"]}])
    assert optimum(problem) == pytest.approx(10)


def test_of_three_mutual_rivals_one_serves() -> None:
    problem = a_problem(
        members=[{"id": i, "resources": {"money": money}} for i, money in (("a", 3), ("b", 5), ("c", 4))],
        rivalries=[{"between": pair} for pair in (["a", "b"], ["b", "c"], ["a", "c"])],
    )
    assert optimum(problem) == pytest.approx(5)


@pytest.mark.parametrize("rivalry", [{"hard": True}, {"hard": False, "friction": 5}])
def test_relaxing_rivalries_frees_it(rivalry: dict[str, Any]) -> None:
    assert optimum(rivals(**rivalry), "rivalry") == pytest.approx(12)


def test_friction_is_no_risk_that_remains() -> None:
    """Risk 100, of which 12 are removed together at a friction of 1: residual risk 88, risk reduction 11."""
    problem = a_problem(
        members=[{"id": i, "resources": {"money": 4}} for i in ("a", "b", "c")],
        activities=[{"id": "train"}],
        rivalries=[{"between": ["a", "b"], "hard": False, "friction": 1}],
        objectives=[{"metric": "residual_risk"}, {"metric": "risk_reduction"}],
    )
    assert optimum(problem) == pytest.approx(88)
    assert [one.value for one in solved(problem).objectives] == pytest.approx([88, 11])


@FEW
@given(tenths(0, 5), tenths(0, 5), tenths(0, 6))
def test_more_friction_never_raises_the_optimum(one: float, other: float, money: float) -> None:
    low, high = sorted((one, other))
    least, most = (optimum(rivals(money, hard=False, friction=friction)) for friction in (high, low))
    assert least <= most + 1e-6
