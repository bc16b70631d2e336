import pytest
from hypothesis import given

from models.problem.problem import Problem
from tests.support.families import permits, rows_of
from tests.support.laws import FEW, tenths
from tests.support.optima import optimum
from tests.support.problems import a_problem, members

RUN = "y[train,alliance,p1]"


def against(position: float, **fields: object) -> Problem:
    """a has 10 M EUR. b has nothing and is at `position` on train."""
    return a_problem(
        members=[*members("a"), {"id": "b"}],
        positions=[{"member": "b", "activity": "train", "value": position}],
        **fields,
    )


def test_an_objection_closes_by_a_limit() -> None:
    assert rows_of(against(-2), "consensus") == (
        f"{RUN} <= 0  (b objects to train under alliance, which needs consensus)\n"
    )


def test_several_objections_are_named_and_frameworks_that_need_no_consensus_are_left_out() -> None:
    frameworks = [{"id": "alliance"}, {"id": "coalition", "rule": {"type": "participants"}}]
    problem = a_problem(
        members=members("a", "b"),
        frameworks=frameworks,
        activities=[{"id": "train", "frameworks": ["alliance", "coalition"]}],
        default_position=-2,
    )
    assert rows_of(problem, "consensus") == (
        f"{RUN} <= 0  (a, b object to train under alliance, which needs consensus)\n"
    )


def test_rows_weigh_an_objection_against_what_is_conceded() -> None:
    assert rows_of(against(-1.5, concessions={"budget": 1}), "consensus") == (
        "consensus[b,train,alliance,p1]: 0.5*y[train,alliance,p1] - g[b,train,alliance]  <=  0\n"
    )


def test_objections_are_those_to_the_framework() -> None:
    """b objects by ½ to the alliance and by 1 to the union, c only to the union by 1. A budget of 1 buys off one of
    these, not both in the union.
    """
    frameworks = ["alliance", "union"]
    problem = a_problem(
        members=members("a", "b", "c"),
        frameworks=[{"id": framework} for framework in frameworks],
        activities=[{"id": "train", "frameworks": frameworks}],
        positions=[
            {"member": i, "activity": "train", "framework": framework, "value": value}
            for i, framework, value in (("b", "alliance", -1.5), ("b", "union", -2), ("c", "union", -2))
        ],
        concessions={"budget": 1},
    )
    assert rows_of(problem, "consensus") == (
        "consensus[b,train,alliance,p1]: 0.5*y[train,alliance,p1] - g[b,train,alliance]  <=  0\n"
        "consensus[b,train,union,p1]: y[train,union,p1] - g[b,train,union]  <=  0\n"
        "consensus[c,train,union,p1]: y[train,union,p1] - g[c,train,union]  <=  0\n"
        "y[train,union,p1] <= 0  (b, c object to train under union, by more than can be conceded)\n"
    )


def test_an_objection_beyond_all_concessions_closes_by_a_limit() -> None:
    assert rows_of(against(-2, concessions={"budget": 0.5}), "consensus") == (
        "consensus[b,train,alliance,p1]: y[train,alliance,p1] - g[b,train,alliance]  <=  0\n"
        f"{RUN} <= 0  (b objects to train under alliance, by more than can be conceded)\n"
    )


@pytest.mark.parametrize("position, holds", [(-2, False), (-1.01, False), (-1, True), (2, True)])
def test_permits_an_activity_without_objections(position: float, *, holds: bool) -> None:
    assert permits(against(position), "consensus", {RUN: 1}) is holds


@pytest.mark.parametrize("conceded, holds", [(0.4, False), (0.5, True), (0.6, True)])
def test_permits_what_is_conceded_enough_for(conceded: float, *, holds: bool) -> None:
    problem = against(-1.5, concessions={"budget": 1})
    assert permits(problem, "consensus", {RUN: 1, "g[b,train,alliance]": conceded}) is holds


@pytest.mark.parametrize("position, value", [(-2, 0), (-1, 10), (0, 10)])
def test_one_objection_blocks_and_abstention_does_not(position: float, value: float) -> None:
    assert optimum(against(position)) == pytest.approx(value)


def test_a_framework_without_consensus_avoids_an_objection() -> None:
    """The alliance would give 10, but b objects. The coalition gives 0.7 of that."""
    frameworks = [{"id": "alliance"}, {"id": "coalition", "rule": {"type": "participants"}, "effect_multiplier": 0.7}]
    problem = against(-2, frameworks=frameworks, activities=[{"id": "train", "frameworks": ["alliance", "coalition"]}])
    assert optimum(problem) == pytest.approx(7)


def test_two_objections_cost_their_sum() -> None:
    """b objects by 1 and c by ½: a budget of 1.5 buys off both, 1.4 does not."""

    def reduction(budget: float) -> float:
        return optimum(
            a_problem(
                members=[*members("a"), {"id": "b"}, {"id": "c", "objects_below": 0}],
                positions=[
                    {"member": "b", "activity": "train", "value": -2},
                    {"member": "c", "activity": "train", "value": -0.5},
                ],
                concessions={"budget": budget},
            )
        )

    assert reduction(1.4) == pytest.approx(0)
    assert reduction(1.5) == pytest.approx(10)


def test_relaxing_decisions_frees_it() -> None:
    assert optimum(against(-2), "decision") == pytest.approx(10)


@FEW
@given(tenths(-2, 2), tenths(-2, 2))
def test_a_friendlier_position_never_lowers_the_optimum(one: float, other: float) -> None:
    low, high = sorted((one, other))
    assert optimum(against(low)) <= optimum(against(high)) + 1e-6
