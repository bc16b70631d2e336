import pytest

from models.problem.problem import Problem
from tests.support.optima import optimum, solved
from tests.support.problems import a_problem


def weighed(**fields: object) -> Problem:
    """Weight 1 for iraq, 2 for syria; one point a level in each; 10 M EUR in each of two periods."""
    return a_problem(
        **{
            "periods": ["p1", "p2"],
            "theatres": [{"id": "iraq", "risk": 8}, {"id": "syria", "risk": 6, "weight": 2}],
            "activities": [{"id": "train"}, {"id": "watch", "theatre": "syria"}],
            **fields,
        }
    )


def test_points_are_weighed_by_theatre() -> None:
    """6 of 10 M EUR in syria, 4 in iraq: 6 · 2 + 4, in each period."""
    assert optimum(weighed()) == pytest.approx(32)


def test_points_are_discounted_by_period() -> None:
    assert optimum(weighed(discount=0.5)) == pytest.approx(16 * 1.5)


def test_a_theatre_of_no_weight_is_not_worth_a_level() -> None:
    problem = weighed(theatres=[{"id": "iraq", "risk": 8, "weight": 0}, {"id": "syria", "risk": 6}])
    assert [result.value for result in solved(problem).objectives] == pytest.approx([12, 12])


def test_what_is_reported_can_be_more_than_what_was_asked_to_be_kept() -> None:
    """The tolerance allows to give up half of the optimum of 12, but watch runs at level 6 or not at all. 6 levels give
    12, and the reported value is that of the plan.
    """
    problem = weighed(
        periods=["p1"],
        activities=[{"id": "watch", "theatre": "syria", "min_level": 6}],
        objectives=[{"metric": "risk_reduction", "tolerance": 0.5}, {"metric": "cost"}],
    )
    outcome = solved(problem)
    assert [result.value for result in outcome.objectives] == pytest.approx([12, 6])
    assert [result.bound for result in outcome.objectives] == pytest.approx([12, 6])
