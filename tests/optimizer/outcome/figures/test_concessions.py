from typing import Any

import pytest

from models.ids import ActivityId, FrameworkId, MemberId
from models.problem.problem import Problem
from optimizer.outcome.figures.concessions import Case, needed_concessions
from tests.support.problems import a_problem

FRAMEWORKS = {(ActivityId("train"), FrameworkId("un"))}


def decided_by(rule: dict[str, Any]) -> Problem:
    """The positions of b, c and d on train are -1.5, -2 and -0.5; a is in favour. Votes: 4, 2, 2, 2."""
    return a_problem(
        members=[{"id": i, "votes": votes} for i, votes in (("a", 4), ("b", 2), ("c", 2), ("d", 2))],
        frameworks=[{"id": "un", "rule": rule}],
        positions=[{"member": i, "activity": "train", "value": at} for i, at in (("b", -1.5), ("c", -2), ("d", -0.5))],
    )


def case(i: str) -> Case:
    return MemberId(i), ActivityId("train"), FrameworkId("un")


def granted(**points: float) -> dict[Case, float]:
    return {case(i): amount for i, amount in points.items()}


def test_consensus_needs_the_gap_of_every_objection_and_not_more() -> None:
    problem = decided_by({"type": "consensus"})
    assert needed_concessions(problem, FRAMEWORKS, granted(b=0.7, c=1, d=0.3)) == granted(b=0.5, c=1)
    assert needed_concessions(problem, FRAMEWORKS, granted(b=0.5)) == granted(b=0.5)


def test_an_activity_that_does_not_run_needs_no_concessions() -> None:
    assert needed_concessions(decided_by({"type": "consensus"}), set(), granted(b=0.7, c=1)) == {}


def test_points_below_the_gap_are_not_spent() -> None:
    """If the group decision is relaxed, the solver may leave arbitrary concessions; a part of a gap counts as 0."""
    assert needed_concessions(decided_by({"type": "consensus"}), FRAMEWORKS, granted(b=0.2, c=0.4)) == {}


@pytest.mark.parametrize(
    "rule, bought",
    [
        ({"quota": 0.4}, {}),
        ({"quota": 0.6}, {"d": 0.5}),
        ({"quota": 0.8}, {"b": 1.5, "d": 0.5}),
        ({"quota": 1}, {"b": 1.5, "c": 2, "d": 0.5}),
        ({"quota": 0, "quota_members": 0.75}, {"b": 1.5, "d": 0.5}),
    ],
)
def test_a_majority_drops_the_most_expensive_votes_it_does_not_need(
    rule: dict[str, float], bought: dict[str, float]
) -> None:
    problem = decided_by({"type": "majority", **rule})
    assert needed_concessions(problem, FRAMEWORKS, granted(b=2, c=2, d=1)) == granted(**bought)


def test_no_concessions_are_needed_if_the_participants_decide() -> None:
    assert needed_concessions(decided_by({"type": "participants"}), FRAMEWORKS, granted(b=2, c=2)) == {}
