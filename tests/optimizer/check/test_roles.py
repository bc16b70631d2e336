from typing import Any

import pytest

from models.problem.problem import Problem
from optimizer.check.roles import rows
from optimizer.check.row import EXACT, RuleRow
from tests.support.plans import a_plan, broken, broken_rows, rows_of
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
def test_limits_military_spending_in_civil_tasks(troops: float, verdict: set[str]) -> None:
    problem = civil(max_military_share_in_civil_tasks=0.2)
    assert broken(problem, a_plan(problem, {"a/build/money": 4, "a/build/troops": troops})) == verdict


def test_the_share_applies_in_each_period() -> None:
    problem = civil(max_military_share_in_civil_tasks=0.5)
    plan = a_plan(problem, {"a/build/money/p1": 10, "a/build/troops/p2": 1})
    assert broken_rows(problem, plan) == ["roles max_military_share_in_civil_tasks/build/p2"]


@pytest.mark.parametrize("task", ["military", "mixed"])
def test_other_tasks_have_no_limit(task: str) -> None:
    problem = civil(task, max_military_share_in_civil_tasks=0)
    assert not broken(problem, a_plan(problem, {"a/build/troops": 10}))


def test_allows_a_support_role_and_forbids_a_lead_role() -> None:
    problem = civil(no_lead_role=["build"])
    assert not broken(problem, a_plan(problem, {"a/build": 1}, runs={"build": "support"}))
    led = a_plan(problem, {"a/build": 1}, runs={"build": "lead"})
    assert broken_rows(problem, led) == ["roles no_lead_role/build/lead/p1"]
    assert not broken(problem, led, relax=("policy",))


def test_states_military_and_total_spending() -> None:
    """4 · 0.5 of 5 M EUR are military: 0.75 · 2 compared with 0.25 · 3; the framework has a lead role."""
    problem = civil(max_military_share_in_civil_tasks=0.25, no_lead_role=["build"])
    plan = a_plan(problem, {"a/build/money": 3, "a/build/troops": 4}, runs={"build": "lead"})
    assert rows_of(rows, problem, plan) == [
        RuleRow(
            key="max_military_share_in_civil_tasks/build/p1",
            left=1.5,
            sense="<=",
            right=0.75,
            sentence="2 of 5 M EUR in build in p1 are military; the policy allows at most 25%.",
            scale=5,
        ),
        RuleRow(
            key="no_lead_role/build/lead/p1",
            left=1,
            sense="<=",
            right=0,
            sentence="The alliance leads build under lead in p1; the policy allows it to support only.",
            tolerance=EXACT,
        ),
    ]


def test_adds_up_the_spending_of_all_contributors() -> None:
    document = civil(max_military_share_in_civil_tasks=0.5).model_dump(mode="json", by_alias=True)
    document["members"] += [document["members"][0] | {"id": "b"}]
    problem = Problem.model_validate(document)
    gives = {f"{who}/build/{resource}": 2 for who in "ab" for resource in ("money", "troops")}
    (row,) = rows_of(rows, problem, a_plan(problem, gives))
    assert (row.left, row.right) == (0.5 * 2, 0.5 * 4)
