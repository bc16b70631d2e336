"""Reasons why members do not take part, in the words of the plan."""

import pytest

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
