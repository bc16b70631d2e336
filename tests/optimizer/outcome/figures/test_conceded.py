from typing import Any

import pytest

from models.ids import ActivityId, FrameworkId, MemberId
from models.problem.problem import Problem
from optimizer.outcome.figures.conceded import Case, needed
from tests.support.problems import a_problem

FLAGS = {(ActivityId("train"), FrameworkId("flag"))}


def decided_by(rule: dict[str, Any]) -> Problem:
    """b, c and d stand at -1.5, -2 and -0.5 on train; a is for it. Votes 4, 2, 2, 2."""
    return a_problem(
        members=[{"id": i, "votes": votes} for i, votes in (("a", 4), ("b", 2), ("c", 2), ("d", 2))],
        frameworks=[{"id": "flag", "rule": rule}],
        positions=[{"member": i, "activity": "train", "value": at} for i, at in (("b", -1.5), ("c", -2), ("d", -0.5))],
    )


def case(i: str) -> Case:
    return MemberId(i), ActivityId("train"), FrameworkId("flag")


def granted(**points: float) -> dict[Case, float]:
    return {case(i): amount for i, amount in points.items()}


def test_consensus_needs_the_gap_of_every_objection_and_no_more() -> None:
    problem = decided_by({"type": "consensus"})
    assert needed(problem, FLAGS, granted(b=0.7, c=1, d=0.3)) == granted(b=0.5, c=1)
    assert needed(problem, FLAGS, granted(b=0.5)) == granted(b=0.5)


def test_what_does_not_run_needs_nothing() -> None:
    assert needed(decided_by({"type": "consensus"}), set(), granted(b=0.7, c=1)) == {}


def test_less_than_a_gap_buys_nothing() -> None:
    """Relaxed decisions leave concessions at random: half a gap is none."""
    assert needed(decided_by({"type": "consensus"}), FLAGS, granted(b=0.2, c=0.4)) == {}


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
def test_a_majority_gives_up_the_dearest_votes_that_it_does_not_need(
    rule: dict[str, float], bought: dict[str, float]
) -> None:
    problem = decided_by({"type": "majority", **rule})
    assert needed(problem, FLAGS, granted(b=2, c=2, d=1)) == granted(**bought)


def test_nobody_concedes_where_those_who_take_part_decide() -> None:
    assert needed(decided_by({"type": "participants"}), FLAGS, granted(b=2, c=2)) == {}
