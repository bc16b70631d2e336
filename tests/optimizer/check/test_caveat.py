from typing import Any

import pytest

from models.problem.problem import Problem
from optimizer.check.caveat import rows
from optimizer.check.row import RuleRow
from optimizer.tolerances import SIZE_FLOOR
from tests.support.plans import a_plan, broken, broken_rows, rows_of
from tests.support.problems import a_problem, members

FRAMEWORKS = [{"id": "alliance", "cost_multiplier": 2}, {"id": "coalition", "rule": {"type": "none"}}]


def reserved(**caveat: Any) -> Problem:
    a, b = members("a", "b")
    a["caveats"] = [{"activity": "train", "max_level": 3, **caveat}]
    return a_problem(
        members=[a, b], frameworks=FRAMEWORKS, activities=[{"id": "train", "frameworks": ["alliance", "coalition"]}]
    )


@pytest.mark.parametrize("amount, verdict", [(6, set()), (6.001, {"caveat"})])
def test_scope_own_limits_what_the_member_supplies(amount: float, verdict: set[str]) -> None:
    problem = reserved()
    assert broken(problem, a_plan(problem, {"a/train": amount, "b/train": 10})) == verdict


@pytest.mark.parametrize("own, verdict", [(1, {"caveat"}), (0, set())])
def test_scope_activity_limits_the_activity_while_the_member_takes_part(own: float, verdict: set[str]) -> None:
    problem = reserved(scope="activity")
    gives = {"a/train": own, "b/train": 7} if own else {"b/train": 7}
    assert broken(problem, a_plan(problem, gives)) == verdict


def test_scope_activity_allows_its_greatest_level() -> None:
    problem = reserved(scope="activity")
    assert not broken(problem, a_plan(problem, {"a/train": 1, "b/train": 5}))


@pytest.mark.parametrize("scope", ["own", "activity"])
def test_a_framework_that_the_caveat_does_not_name_has_no_limit(scope: str) -> None:
    problem = reserved(scope=scope, frameworks=["coalition"])
    plan = a_plan(problem, {"a/train": 10})
    assert not broken(problem, plan)
    assert broken(problem, a_plan(problem, {"a/train": 10}, runs={"train": "coalition"})) == {"caveat"}


def test_a_caveat_on_a_theatre_applies_to_all_activities_there() -> None:
    problem = reserved(activity=None, theatre="iraq")
    assert broken_rows(problem, a_plan(problem, {"a/train": 10})) == ["caveat a/train/money/p1"]


def test_has_no_rows_if_caveats_are_relaxed() -> None:
    problem = reserved()
    assert not broken(problem, a_plan(problem, {"a/train": 10}), relax=("caveat",))


def test_scope_own_states_the_supply_and_the_limit() -> None:
    """At a productivity of 4 and a rate of ½, 3 troops supply 6; level 3 requires 3 · 1 · 2 of the line.

    One contributor can supply 4 · 10 · 2 of it.
    """
    a, b = members("a", "b", productivity=4, resources={"money": 10, "troops": 10})
    a["caveats"] = [{"activity": "train", "max_level": 3}]
    problem = a_problem(
        resources=[{"id": "money"}, {"id": "troops"}],
        members=[a, b],
        frameworks=FRAMEWORKS[:1],
        activities=[{"id": "train", "needs": [{"from": {"money": 2, "troops": 0.5}, "amount": 1}]}],
    )
    plan = a_plan(problem, {"a/train/troops": 3, "b/train": 1})
    assert rows_of(rows, problem, plan) == [
        RuleRow(
            key="a/train/money+troops/p1",
            left=6,
            sense="<=",
            right=6,
            sentence="a supplies 6 of the need for money or troops of train in p1; its caveat allows 6.",
            scale=SIZE_FLOOR * 4 * 10 * 2,
        )
    ]


def test_scope_activity_states_the_level_and_the_limit() -> None:
    problem = reserved(scope="activity")
    plan = a_plan(problem, {"a/train": 1, "b/train": 7})
    assert rows_of(rows, problem, plan) == [
        RuleRow(
            key="a/train/p1",
            left=4,
            sense="<=",
            right=3,
            sentence="train runs at level 4 in p1; the caveat of a allows 3.",
            scale=SIZE_FLOOR * 20,
        )
    ]


def test_a_caveat_that_does_not_apply_does_not_skip_the_next() -> None:
    problem = reserved(scope="activity", frameworks=["coalition"])
    document = problem.model_dump(mode="json", by_alias=True)
    document["members"][0]["caveats"] += [{"activity": "train", "max_level": 2}]
    document["members"][1]["caveats"] += [{"activity": "train", "max_level": 1}]
    problem = Problem.model_validate(document)
    plan = a_plan(problem, {"a/train": 5, "b/train": 5})
    assert broken_rows(problem, plan) == ["caveat a/train/money/p1", "caveat b/train/money/p1"]


def test_a_caveat_does_not_bind_a_member_that_gives_nothing() -> None:
    problem = reserved(max_level=0)
    assert not broken(problem, a_plan(problem, {"b/train": 10}))
    assert not broken(problem, a_plan(problem, runs={"train": None}))
