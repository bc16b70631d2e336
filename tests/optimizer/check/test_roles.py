from typing import Any

import pytest

from models.problem.problem import Problem
from tests.support.plans import a_plan, broken, broken_rows
from tests.support.problems import a_problem


def civil(task: str = "civil", **policy: Any) -> Problem:
    return a_problem(
        periods=["p1", "p2"],
        resources=[{"id": "money"}, {"id": "troops", "unit_cost": 0.5, "kind": "military"}],
        members=[{"id": "a", "resources": {"money": 100, "troops": 100}}],
        frameworks=[{"id": "lead", "role": "lead"}, {"id": "support"}],
        activities=[
            {
                "id": "build",
                "task": task,
                "needs": [{"from": {"money": 1, "troops": 0.5}, "amount": 1}],
                "frameworks": ["lead", "support"],
            }
        ],
        policy=policy,
    )


@pytest.mark.parametrize("troops, verdict", [(2, set()), (2.001, {"roles"})])
def test_soldiers_keep_out_of_civil_tasks(troops: float, verdict: set[str]) -> None:
    problem = civil(max_military_share_in_civil_tasks=0.2)
    assert broken(problem, a_plan(problem, {"a/build/money": 4, "a/build/troops": troops})) == verdict


def test_the_share_holds_in_each_period() -> None:
    problem = civil(max_military_share_in_civil_tasks=0.5)
    plan = a_plan(problem, {"a/build/money/p1": 10, "a/build/troops/p2": 1})
    assert broken_rows(problem, plan) == ["roles max_military_share_in_civil_tasks/build/p2"]


@pytest.mark.parametrize("task", ["military", "mixed"])
def test_other_tasks_are_the_soldiers_own(task: str) -> None:
    problem = civil(task, max_military_share_in_civil_tasks=0)
    assert not broken(problem, a_plan(problem, {"a/build/troops": 10}))


def test_supports_and_does_not_lead() -> None:
    problem = civil(no_lead_role=["build"])
    assert not broken(problem, a_plan(problem, {"a/build": 1}, runs={"build": "support"}))
    led = a_plan(problem, {"a/build": 1}, runs={"build": "lead"})
    assert broken_rows(problem, led) == ["roles no_lead_role/build/lead/p1"]
    assert not broken(problem, led, relax=("policy",))
