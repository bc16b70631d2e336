from typing import Any

import pytest

from models.problem.problem import Problem
from tests.support.plans import a_plan, broken, broken_rows
from tests.support.problems import a_problem, members

FLAGS = [{"id": "alliance", "cost_multiplier": 2}, {"id": "coalition", "rule": {"type": "none"}}]


def reserved(**caveat: Any) -> Problem:
    a, b = members("a", "b")
    a["caveats"] = [{"activity": "train", "max_level": 3, **caveat}]
    return a_problem(
        members=[a, b], frameworks=FLAGS, activities=[{"id": "train", "frameworks": ["alliance", "coalition"]}]
    )


@pytest.mark.parametrize("amount, verdict", [(6, set()), (6.001, {"caveat"})])
def test_own_ends_what_the_member_supports(amount: float, verdict: set[str]) -> None:
    problem = reserved()
    assert broken(problem, a_plan(problem, {"a/train": amount, "b/train": 10})) == verdict


@pytest.mark.parametrize("own, verdict", [(1, {"caveat"}), (0, set())])
def test_activity_ends_the_whole_activity_while_the_member_is_there(own: float, verdict: set[str]) -> None:
    problem = reserved(scope="activity")
    gives = {"a/train": own, "b/train": 7} if own else {"b/train": 7}
    assert broken(problem, a_plan(problem, gives)) == verdict


def test_activity_permits_the_level_it_names() -> None:
    problem = reserved(scope="activity")
    assert not broken(problem, a_plan(problem, {"a/train": 1, "b/train": 5}))


@pytest.mark.parametrize("scope", ["own", "activity"])
def test_a_framework_it_does_not_name_has_no_limit(scope: str) -> None:
    problem = reserved(scope=scope, frameworks=["coalition"])
    plan = a_plan(problem, {"a/train": 10})
    assert not broken(problem, plan)
    assert broken(problem, a_plan(problem, {"a/train": 10}, runs={"train": "coalition"})) == {"caveat"}


def test_a_caveat_on_a_theatre_speaks_of_all_that_is_run_there() -> None:
    problem = reserved(activity=None, theatre="iraq")
    assert broken_rows(problem, a_plan(problem, {"a/train": 10})) == ["caveat a/train/money/p1"]


def test_is_not_asked_where_caveats_are_relaxed() -> None:
    problem = reserved()
    assert not broken(problem, a_plan(problem, {"a/train": 10}), relax=("caveat",))
