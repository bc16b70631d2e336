from typing import Any

import pytest

from models.ids import PeriodId, TheatreId
from models.problem.problem import Problem
from optimizer.diagnostics.cascade_fixpoints import greatest_presence, least_presence, presence_rounds
from optimizer.diagnostics.warnings import warnings
from tests.support.problems import a_problem

WHERE, WHEN = TheatreId("iraq"), PeriodId("p1")


def following(*cascades: dict[str, Any], **fields: Any) -> Problem:
    """Members a, b and c have 10 M EUR and a stake of 4 each."""
    return a_problem(
        members=[{"id": i, "resources": {"money": 10}, "min_contribution": 4} for i in ("a", "b", "c")],
        cascades=list(cascades),
        **fields,
    )


def by(pivot: str, *followers: str, strength: float = 1, **fields: Any) -> dict[str, Any]:
    return {"pivot": pivot, "followers": [{"member": i, "strength": strength} for i in followers], **fields}


def test_without_a_circle_the_fixed_points_are_equal() -> None:
    problem = following(by("a", "b"), by("b", "c"))
    assert least_presence(problem, WHERE, WHEN) == greatest_presence(problem, WHERE, WHEN) == {"a": 1, "b": 1}
    assert not circle_warnings(problem)


def test_two_pivots_that_follow_each_other_are_both_present_or_both_absent() -> None:
    problem = following(by("a", "b"), by("b", "a"))
    assert least_presence(problem, WHERE, WHEN) == {"a": 0, "b": 0}
    assert greatest_presence(problem, WHERE, WHEN) == {"a": 1, "b": 1}


@pytest.mark.parametrize("strength, alone", [(0.5, 1), (0.6, 1), (0.7, 0)])
def test_a_follower_whose_independent_share_reaches_the_stake_joins_alone(strength: float, alone: float) -> None:
    """Without a, b brings 10·(1 - strength) of its 10. If that reaches its stake of 4, a joins too."""
    problem = following(by("a", "b", strength=strength), by("b", "a"))
    assert least_presence(problem, WHERE, WHEN) == {"a": alone, "b": alone}


def test_a_withdrawal_spreads_to_followers_round_by_round() -> None:
    problem = following(by("a", "b"), by("b", "c"), withdrawn=[{"member": "a"}])
    assert list(presence_rounds(problem, WHERE, WHEN, start=1)) == [
        {"a": 0, "b": 1},
        {"a": 0, "b": 0},
        {"a": 0, "b": 0},
    ]


def test_without_a_withdrawal_the_first_round_is_final() -> None:
    assert list(presence_rounds(following(by("a", "b"), by("b", "c")), WHERE, WHEN, start=1)) == [{"a": 1, "b": 1}]


def test_a_follower_of_two_pivots_is_limited_by_the_stricter_one() -> None:
    """b follows a, which is present, and by half c, which has withdrawn: it brings 5 of its reference of 10."""
    cascades = (by("a", "b"), by("c", "b", strength=0.5), by("b", "c", reference=10))
    problem = following(*cascades, withdrawn=[{"member": "c"}])
    assert greatest_presence(problem, WHERE, WHEN) == pytest.approx({"a": 1, "b": 0.5, "c": 0})


def test_a_pivot_is_present_if_its_endowment_reaches_its_stake_somewhere() -> None:
    """The stake of 20 in train exceeds the endowment of a; the stake of 4 in watch does not."""
    problem = a_problem(
        members=[{"id": "a", "resources": {"money": 10}, "min_contribution": {"train": 20, "watch": 4}}, {"id": "b"}],
        activities=[{"id": "train"}, {"id": "watch"}],
        cascades=[by("a", "b")],
    )
    assert greatest_presence(problem, WHERE, WHEN) == {"a": 1}


def test_only_resources_that_the_activity_needs_count() -> None:
    """train needs money and staff; a has 3 M EUR and a stake of 4."""
    problem = a_problem(
        members=[{"id": "a", "resources": {"money": 3}, "min_contribution": 4}, {"id": "b"}],
        resources=[{"id": "money"}, {"id": "staff"}],
        activities=[{"id": "train", "needs": {"money": 1, "staff": 1}}],
        cascades=[by("a", "b")],
    )
    assert greatest_presence(problem, WHERE, WHEN) == {"a": 0}


def test_a_pivot_needs_one_framework_that_it_supports() -> None:
    problem = following(
        by("a", "b"),
        frameworks=[{"id": "alliance"}, {"id": "coalition"}],
        activities=[{"id": "train", "frameworks": ["alliance", "coalition"]}],
        positions=[{"member": "a", "activity": "train", "framework": "alliance", "value": 0}],
    )
    assert greatest_presence(problem, WHERE, WHEN) == {"a": 1}


def test_an_offer_above_the_reference_is_full_presence() -> None:
    assert greatest_presence(following(by("a", "b", reference=5)), WHERE, WHEN) == {"a": 1}


def test_a_reference_scales_presence() -> None:
    """a brings 10 of a reference of 20: ½. b follows by half, so it brings ½ + ¼ of its 10, of a reference of 10."""
    problem = following(by("a", "b", strength=0.5, reference=20), by("b", "c", reference=10))
    assert greatest_presence(problem, WHERE, WHEN) == pytest.approx({"a": 0.5, "b": 0.75})


def test_presence_needs_support_and_a_theatre_of_the_cascade() -> None:
    unwilling = following(by("a", "b"), positions=[{"member": "a", "activity": "train", "value": 0}])
    assert greatest_presence(unwilling, WHERE, WHEN) == {"a": 0}
    elsewhere = following(by("a", "b", theatres=["syria"]), theatres=[{"id": "iraq"}, {"id": "syria"}])
    assert greatest_presence(elsewhere, WHERE, WHEN) == {}
    assert greatest_presence(elsewhere, TheatreId("syria"), WHEN) == {"a": 0}


def test_a_resource_that_several_activities_need_counts_once_toward_a_reference() -> None:
    problem = following(by("a", "b", reference=20), activities=[{"id": "train"}, {"id": "watch"}])
    assert greatest_presence(problem, WHERE, WHEN) == pytest.approx({"a": 0.5})


def test_the_warning_about_a_circle_states_both_fixed_points() -> None:
    (warning,) = circle_warnings(following(by("a", "b"), by("b", "a")))
    assert warning == (
        "in iraq cascades form a circle: a plan may count on 100% of a and 100% of b, because each stays while the "
        "others stay; starting with none of them, only 0% of a and 0% of b would join"
    )


def test_a_circle_with_equal_fixed_points_gives_no_warning() -> None:
    assert not circle_warnings(following(by("a", "b", strength=0.5), by("b", "a")))
    scaled = following(by("a", "b", strength=0.5, reference=10), by("b", "a", reference=10))
    assert not circle_warnings(scaled)


def circle_warnings(problem: Problem) -> list[str]:
    return [warning for warning in warnings(problem) if "circle" in warning]
