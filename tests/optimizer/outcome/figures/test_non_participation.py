"""Reasons why members do not take part, in the words of the plan."""

from typing import Any

import pytest

from models.config import Group
from tests.support.optima import solved
from tests.support.problems import a_problem, members


def test_an_objection_under_another_framework_is_the_reason_with_titles() -> None:
    """b objects under NATO, which decides by consensus, so train runs under the coalition without b."""
    problem = a_problem(
        members=members("a", "b"),
        frameworks=[
            {"id": "nato", "title": "NATO"},
            {"id": "coalition", "title": "Coalition of the willing", "rule": {"type": "none"}},
        ],
        activities=[{"id": "train", "frameworks": ["nato", "coalition"]}],
        positions=[{"member": "b", "activity": "train", "value": -2}],
    )
    (run,) = solved(problem).plan.activities
    assert [(aside.member, aside.why) for aside in run.stood_aside] == [
        ("b", "objects under NATO (position -2, objects below -1); Coalition of the willing does not need its consent")
    ]


@pytest.mark.parametrize(
    "position, why",
    [
        (-2, "objects (position -2, objects below -1)"),
        (-0.5, "abstains (position -0.5, contributes from 1): does not block, does not contribute"),
        (0.5, "acquiesces (position 0.5, contributes from 1): does not block, does not contribute"),
    ],
)
def test_the_position_is_the_reason_under_the_framework_itself(position: float, why: str) -> None:
    problem = a_problem(
        members=members("a", "b"),
        frameworks=[{"id": "coalition", "rule": {"type": "none"}}],
        positions=[{"member": "b", "activity": "train", "value": position}],
    )
    (run,) = solved(problem).plan.activities
    assert [aside.why for aside in run.stood_aside] == [why]


NATO = {"id": "nato", "title": "NATO"}


def reasons(rule: dict[str, Any], at: float, *, relax: tuple[Group, ...] = (), **nato: Any) -> list[str]:
    """Why b, which objects under NATO and has position `at` under the second framework, does not take part there."""
    problem = a_problem(
        members=members("a", "b"),
        frameworks=[NATO | nato, {"id": "un", "title": "UN", "rule": rule}],
        activities=[{"id": "train", "frameworks": ["nato", "un"]}],
        positions=[
            {"member": "b", "activity": "train", "framework": "nato", "value": -2},
            {"member": "b", "activity": "train", "framework": "un", "value": at},
        ],
        policy={"forbid": [{"activity": "train", "framework": "nato"}]},
    )
    (run,) = solved(problem, *relax).plan.activities
    return [aside.why for aside in run.stood_aside]


OBJECTS = "objects under NATO (position -2, objects below -1)"
ACQUIESCES = "acquiesces (position 0, contributes from 1): does not block, does not contribute"
ABSTAINS = "abstains (position -0.5, contributes from 1): does not block, does not contribute"


@pytest.mark.parametrize(
    "rule, at, why",
    [
        ({"type": "consensus"}, 0, f"{OBJECTS}; under UN it {ACQUIESCES}"),
        ({"type": "consensus"}, -0.5, f"{OBJECTS}; under UN it {ABSTAINS}"),
        ({"type": "majority", "quota": 1}, 0, f"{OBJECTS}; under UN it {ACQUIESCES}"),
        ({"type": "majority", "quota": 0.5}, -0.5, f"{OBJECTS}; UN does not need its consent"),
        ({"type": "participants"}, 0, f"{OBJECTS}; UN does not need its consent"),
        ({"type": "none"}, -2, f"{OBJECTS}; UN does not need its consent"),
    ],
)
def test_a_framework_that_counts_consent_is_not_said_to_need_none(rule: dict[str, Any], at: float, why: str) -> None:
    """Under consensus b must not object, and a majority of all votes needs the vote of b."""
    assert reasons(rule, at) == [why]


def test_an_objection_under_a_disabled_framework_is_no_reason() -> None:
    assert reasons({"type": "none"}, 0, enabled=False) == [ACQUIESCES]


def test_an_objection_that_the_relaxed_decision_ignores_is_not_said_to_be_unneeded() -> None:
    assert reasons({"type": "consensus"}, -1.5, relax=("decision",)) == ["objects (position -1.5, objects below -1)"]


def test_no_position_keeps_a_member_out_if_participation_is_relaxed() -> None:
    """b gives nothing because it has nothing."""
    problem = a_problem(
        members=[*members("a"), {"id": "b"}], positions=[{"member": "b", "activity": "train", "value": 0}]
    )
    assert [aside.member for run in solved(problem).plan.activities for aside in run.stood_aside] == ["b"]
    (run,) = solved(problem, "participation").plan.activities
    assert run.stood_aside == ()


def test_a_concession_of_one_scenario_is_no_reason_where_the_member_does_not_object() -> None:
    problem = a_problem(
        members=members("a", "b"),
        positions=[{"member": "b", "activity": "train", "value": -2}],
        concessions={"budget": 1, "max_per_case": 1},
        scenarios=[{"id": "hostile"}, {"id": "mild", "overrides": {"positions/b:train/value": -0.5}}],
        criterion={"type": "expected", "recourse": True},
    )
    found = {run.scenario: [aside.why for aside in run.stood_aside] for run in solved(problem).plan.activities}
    assert found == {
        "hostile": ["won over by a concession of 1: does not block, does not contribute"],
        "mild": [ABSTAINS],
    }
