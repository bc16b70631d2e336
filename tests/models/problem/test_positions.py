from typing import Any

import pytest

from models.ids import ActivityId, FrameworkId, MemberId
from tests.support.problems import a_problem, members

ON_ACTIVITY_UNDER = {"member": "a", "activity": "train", "framework": "coalition", "value": 2}
ON_ACTIVITY = {"member": "a", "activity": "train", "value": 1.5}
ON_THEATRE_UNDER = {"member": "a", "theatre": "iraq", "framework": "coalition", "value": -1}
ON_THEATRE = {"member": "a", "theatre": "iraq", "value": -2}


def position(*stated: dict[str, Any], threat: dict[str, float] | None = None, framework: str = "coalition") -> float:
    problem = a_problem(
        members=[{"id": "a", "threat": threat}, *members("b")],
        frameworks=[{"id": "alliance"}, {"id": "coalition"}],
        positions=[*stated, {"member": "b", "activity": "train", "value": 0.5}],
        default_position=0,
    )
    return problem.position(MemberId("a"), ActivityId("train"), FrameworkId(framework))


@pytest.mark.parametrize(
    "stated, expected",
    [
        ([ON_THEATRE, ON_THEATRE_UNDER, ON_ACTIVITY, ON_ACTIVITY_UNDER], 2),
        ([ON_THEATRE, ON_THEATRE_UNDER, ON_ACTIVITY], 1.5),
        ([ON_THEATRE, ON_THEATRE_UNDER], -1),
        ([ON_THEATRE], -2),
    ],
)
def test_the_most_specific_position_wins(stated: list[dict[str, Any]], expected: float) -> None:
    assert position(*stated, threat={"iraq": 1}) == expected


def test_a_position_under_one_framework_does_not_apply_to_another() -> None:
    assert position(ON_ACTIVITY_UNDER, ON_THEATRE, framework="alliance") == -2


@pytest.mark.parametrize("threat, expected", [(0, -2), (0.5, 0), (0.75, 1), (1, 2)])
def test_a_threat_assessment_applies_if_no_position_is_stated(threat: float, expected: float) -> None:
    assert position(threat={"iraq": threat}) == expected


def test_a_theatre_missing_from_a_threat_map_has_the_default_position() -> None:
    assert position(threat={}) == 0
    assert position() == 0
