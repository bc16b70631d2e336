from typing import Any

import pytest
from hypothesis import given

from models.problem.problem import Problem
from tests.support.families import permits, rows_of
from tests.support.laws import FEW, tenths
from tests.support.optima import is_infeasible, optimum
from tests.support.problems import a_problem

KINDS = [{"id": "money"}, {"id": "troops", "unit_cost": 2, "kind": "military"}]
EITHER = [{"from": {"money": 1, "troops": 2}, "amount": 1}]


def civil(share: float | None, **fields: Any) -> Problem:
    """advise is civil and patrol military. A level takes 1 of money or ½ of troops, which cost 2 M EUR each."""
    return a_problem(
        **{
            "resources": KINDS,
            "members": [{"id": "a", "resources": {"money": 4, "troops": 10}}],
            "activities": [{"id": "advise", "task": "civil", "needs": EITHER}, {"id": "patrol", "needs": EITHER}],
            "policy": {} if share is None else {"max_military_share_in_civil_tasks": share},
            **fields,
        }
    )


def led(**policy: Any) -> Problem:
    return a_problem(
        frameworks=[
            {"id": "support", "effect_multiplier": 0.5},
            {"id": "command", "role": "lead"},
        ],
        activities=[{"id": "train", "frameworks": ["support", "command"]}],
        policy=policy,
    )


def test_rows_exist_for_civil_tasks() -> None:
    assert rows_of(civil(0.25), "roles") == (
        "roles[advise,p1]: -0.25*x[a,advise,money,p1] + 1.5*x[a,advise,troops,p1]  <=  0\n"
    )


def test_rows_leave_out_a_civil_task_that_nobody_can_give_to() -> None:
    sail = {"id": "sail", "task": "civil", "needs": {"ships": 1}}
    problem = civil(0.25, resources=[*KINDS, {"id": "ships"}], activities=[sail, {"id": "patrol", "needs": EITHER}])
    assert rows_of(problem, "roles") == ""


def test_there_is_a_limit_for_each_lead_framework() -> None:
    assert rows_of(led(no_lead_role=["train"]), "roles") == (
        "y[train,command,p1] <= 0  (policy allows no lead role in train, and command is a lead framework)\n"
    )


@pytest.mark.parametrize("troops, holds", [(0.4, True), (0.5, True), (0.6, False)])
def test_permits_soldiers_up_to_their_share_by_cost(troops: float, *, holds: bool) -> None:
    decisions = {"x[a,advise,money,p1]": 3, "x[a,advise,troops,p1]": troops, "x[a,patrol,troops,p1]": 5}
    assert permits(civil(0.25), "roles", decisions) is holds


def test_permits_support_and_forbids_lead() -> None:
    problem = led(no_lead_role=["train"])
    assert permits(problem, "roles", {"y[train,support,p1]": 1})
    assert not permits(problem, "roles", {"y[train,command,p1]": 1})


@pytest.mark.parametrize("share, value", [(0, 4), (0.5, 8), (None, 24), (1, 24)])
def test_soldiers_stay_out_of_civil_roles(share: float | None, value: float) -> None:
    """Only advise. 4 of money are 4 levels. At a share of ½ troops for 4 M EUR, 2 of them, add 4 levels. Without a
    limit all 10 troops add 20 levels.
    """
    advise = [{"id": "advise", "task": "civil", "needs": EITHER}]
    assert optimum(civil(share, activities=advise)) == pytest.approx(value)


def test_holds_in_each_period() -> None:
    """Money in the first period only, troops in the second only: no civil activity in the second."""
    problem = civil(
        0.5,
        periods=["p1", "p2"],
        members=[{"id": "a", "resources": {"money": [4, 0], "troops": [0, 10]}}],
        activities=[{"id": "advise", "task": "civil", "needs": EITHER}],
    )
    assert optimum(problem) == pytest.approx(4)


def test_support_not_lead() -> None:
    """Under `command` 10 levels give 10 points, under `support` half of that."""
    assert optimum(led()) == pytest.approx(10)
    assert optimum(led(no_lead_role=["train"])) == pytest.approx(5)


def test_what_must_be_led_and_must_not_cannot_be() -> None:
    lock = [{"activity": "train", "framework": "command"}]
    document = led(no_lead_role=["train"], run=lock).document
    document["activities"][0]["min_level"] = 1
    assert is_infeasible(Problem.model_validate(document))


def test_relaxing_policy_frees_it() -> None:
    assert optimum(led(no_lead_role=["train"]), "policy") == pytest.approx(10)
    assert optimum(civil(0), "policy") == pytest.approx(24)


@FEW
@given(share=tenths(0, 1), more=tenths(0, 1))
def test_a_greater_share_allowed_never_lowers_the_optimum(share: float, more: float) -> None:
    assert optimum(civil(min(1.0, share + more))) >= optimum(civil(share)) - 1e-6
