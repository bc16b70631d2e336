from typing import Any

import pytest

from models.ids import PeriodId, TheatreId
from models.problem.problem import Problem
from optimizer.diagnostics.cascade_fixpoints import largest, rounds, smallest
from optimizer.diagnostics.warnings import warnings
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


def test_who_stays_stays_in_the_first_round() -> None:
    assert list(rounds(following(by("a", "b"), by("b", "c")), WHERE, WHEN, start=1)) == [{"a": 1, "b": 1}]


def test_a_follower_of_two_comes_as_far_as_the_one_that_holds_it_back_most() -> None:
    """b follows a, who is there, and c, who is gone, by half: it brings 5 of its reference of 10."""
    cascades = (by("a", "b"), by("c", "b", strength=0.5), by("b", "c", reference=10))
    problem = following(*cascades, withdrawn=[{"member": "c"}])
    assert largest(problem, WHERE, WHEN) == pytest.approx({"a": 1, "b": 0.5, "c": 0})


def test_a_pivot_counts_where_its_stake_is_within_its_means() -> None:
    """20 in train are more than a has, 4 in watch are not."""
    problem = a_problem(
        members=[{"id": "a", "resources": {"money": 10}, "min_contribution": {"train": 20, "watch": 4}}, {"id": "b"}],
        activities=[{"id": "train"}, {"id": "watch"}],
        cascades=[by("a", "b")],
    )
    assert largest(problem, WHERE, WHEN) == {"a": 1}


def test_a_pivot_brings_only_what_it_has_of_what_an_activity_takes() -> None:
    """Of the money and the staff that train takes, a has 3 M EUR: its stake is 4."""
    problem = a_problem(
        members=[{"id": "a", "resources": {"money": 3}, "min_contribution": 4}, {"id": "b"}],
        resources=[{"id": "money"}, {"id": "staff"}],
        activities=[{"id": "train", "needs": {"money": 1, "staff": 1}}],
        cascades=[by("a", "b")],
    )
    assert largest(problem, WHERE, WHEN) == {"a": 0}


def test_a_pivot_needs_one_flag_that_it_pays_under() -> None:
    problem = following(
        by("a", "b"),
        frameworks=[{"id": "alliance"}, {"id": "coalition"}],
        activities=[{"id": "train", "frameworks": ["alliance", "coalition"]}],
        positions=[{"member": "a", "activity": "train", "framework": "alliance", "value": 0}],
    )
    assert largest(problem, WHERE, WHEN) == {"a": 1}


def test_more_than_the_reference_is_no_more_than_all_of_a_pivot() -> None:
    assert largest(following(by("a", "b", reference=5)), WHERE, WHEN) == {"a": 1}


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
