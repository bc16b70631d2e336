from typing import Any

import pytest

from models.ids import PeriodId, TheatreId
from models.problem.problem import Problem
from optimizer.closure import largest, rounds, smallest
from optimizer.remarks import warnings
from tests.support.problems import a_problem

WHERE, WHEN = TheatreId("iraq"), PeriodId("p1")


def following(*cascades: dict[str, Any], **fields: Any) -> Problem:
    """a, b and c have 10 M EUR and a stake of 4."""
    return a_problem(
        members=[{"id": i, "resources": {"money": 10}, "min_contribution": 4} for i in ("a", "b", "c")],
        cascades=list(cascades),
        **fields,
    )


def by(pivot: str, *followers: str, strength: float = 1, **fields: Any) -> dict[str, Any]:
    return {"pivot": pivot, "followers": [{"member": i, "strength": strength} for i in followers], **fields}


def test_without_a_circle_both_ends_meet() -> None:
    problem = following(by("a", "b"), by("b", "c"))
    assert smallest(problem, WHERE, WHEN) == largest(problem, WHERE, WHEN) == {"a": 1, "b": 1}
    assert not warnings_of_circles(problem)


def test_two_that_follow_each_other_come_together_or_not_at_all() -> None:
    problem = following(by("a", "b"), by("b", "a"))
    assert smallest(problem, WHERE, WHEN) == {"a": 0, "b": 0}
    assert largest(problem, WHERE, WHEN) == {"a": 1, "b": 1}


@pytest.mark.parametrize("strength, alone", [(0.5, 1), (0.6, 1), (0.7, 0)])
def test_a_follower_whose_own_part_reaches_the_stake_comes_alone(strength: float, alone: float) -> None:
    """Of 10, b brings 10·(1 - strength) without a: 4 is its stake; then a comes too."""
    problem = following(by("a", "b", strength=strength), by("b", "a"))
    assert smallest(problem, WHERE, WHEN) == {"a": alone, "b": alone}


def test_who_leaves_takes_the_others_along_round_by_round() -> None:
    problem = following(by("a", "b"), by("b", "c"), withdrawn=[{"member": "a"}])
    assert list(rounds(problem, WHERE, WHEN, start=1)) == [{"a": 0, "b": 1}, {"a": 0, "b": 0}, {"a": 0, "b": 0}]


def test_a_reference_scales_presence() -> None:
    """a brings all of its 10 of 20: half; b, that follows by half, ½ + ¼ of its 10, of 10."""
    problem = following(by("a", "b", strength=0.5, reference=20), by("b", "c", reference=10))
    assert largest(problem, WHERE, WHEN) == pytest.approx({"a": 0.5, "b": 0.75})


def test_presence_needs_means_will_and_a_theatre_that_the_cascade_speaks_of() -> None:
    unwilling = following(by("a", "b"), positions=[{"member": "a", "activity": "train", "value": 0}])
    assert largest(unwilling, WHERE, WHEN) == {"a": 0}
    elsewhere = following(by("a", "b", theatres=["syria"]), theatres=[{"id": "iraq"}, {"id": "syria"}])
    assert largest(elsewhere, WHERE, WHEN) == {}
    assert largest(elsewhere, TheatreId("syria"), WHEN) == {"a": 0}


def test_what_stands_in_several_activities_is_counted_once_beside_a_reference() -> None:
    problem = following(by("a", "b", reference=20), activities=[{"id": "train"}, {"id": "watch"}])
    assert largest(problem, WHERE, WHEN) == pytest.approx({"a": 0.5})


def test_a_circle_is_warned_of_with_both_ends() -> None:
    (warning,) = warnings_of_circles(following(by("a", "b"), by("b", "a")))
    assert warning == (
        "in iraq cascades run in a circle: a plan may count on 100% of a and 100% of b, because each stays while the "
        "others stay; of their own accord 0% of a and 0% of b would come"
    )


def test_a_circle_that_holds_by_itself_is_not_warned_of() -> None:
    assert not warnings_of_circles(following(by("a", "b", strength=0.5), by("b", "a")))
    scaled = following(by("a", "b", strength=0.5, reference=10), by("b", "a", reference=10))
    assert not warnings_of_circles(scaled)


def warnings_of_circles(problem: Problem) -> list[str]:
    return [one for one in warnings(problem) if "circle" in one]
