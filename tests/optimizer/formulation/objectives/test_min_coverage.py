from typing import Any

import pytest

from models.problem.problem import Problem
from tests.support.optima import solved
from tests.support.problems import a_problem

FAIREST = [{"metric": "min_coverage"}, {"metric": "cost"}]


def two(**fields: Any) -> Problem:
    return a_problem(
        **{
            "theatres": [{"id": "iraq", "risk": 10}, {"id": "syria", "risk": {"v": 15, "g": 5}}],
            "activities": [
                {"id": "train"},
                {"id": "watch", "theatre": "syria", "reduces": {"v": 1, "g": 0}},
            ],
            "objectives": FAIREST,
            **fields,
        }
    )


def test_the_least_covered_theatre_is_covered_as_much_as_possible() -> None:
    """A third of 10 and of 20, drivers together: 10/3 and 20/3 of 10 M EUR."""
    assert [result.value for result in solved(two()).objectives] == pytest.approx([1 / 3, 10])


def test_coverage_is_over_the_horizon_neither_weighed_nor_discounted() -> None:
    """20 M EUR against a risk of 20 and 40."""
    theatres = [dict(one, weight=9) for one in two().document["theatres"][:1]] + two().document["theatres"][1:]
    problem = two(periods=["p1", "p2"], discount=0.5, theatres=theatres)
    assert solved(problem).objectives[0].value == pytest.approx(1 / 3)


def test_a_driver_that_saturates_limits_a_theatre() -> None:
    """watch reaches v only: at most 15 of 20 in syria, three quarters. 100 M EUR cover all of iraq."""
    problem = two(members=[{"id": "a", "resources": {"money": 100}}])
    assert [result.value for result in solved(problem).objectives] == pytest.approx([0.75, 7.5 + 15])


def test_theatres_without_risk_do_not_count() -> None:
    quiet = {"id": "jordan", "risk": 0}
    assert solved(two(theatres=[*two().document["theatres"], quiet])).objectives[0].value == pytest.approx(1 / 3)


def test_theatres_with_little_risk_count_like_all_others() -> None:
    """Half a point of risk that no activity reaches: its coverage is 0."""
    quiet = {"id": "jordan", "risk": 0.5}
    assert solved(two(theatres=[*two().document["theatres"], quiet])).objectives[0].value == pytest.approx(0)


def test_without_any_risk_there_is_nothing_to_cover() -> None:
    problem = a_problem(theatres=[{"id": "iraq", "risk": 0}], objectives=FAIREST)
    assert [result.value for result in solved(problem).objectives] == pytest.approx([0, 0])


def test_is_an_average_over_scenarios_of_the_least_in_each() -> None:
    """Either iraq or syria has ten times its risk of 10, with probability ½. 10 M EUR split 5 and 5: 5/100 in either
    scenario. With x and 10 - x the average is half of x/100 + (10 - x)/100, the same 0.05.
    """
    problem = a_problem(
        theatres=[{"id": "iraq", "risk": 10}, {"id": "syria", "risk": 10}],
        activities=[{"id": "train"}, {"id": "watch", "theatre": "syria"}],
        scenarios=[
            {"id": "east", "risk_multiplier": {"iraq": 10}},
            {"id": "west", "risk_multiplier": {"syria": 10}},
        ],
        objectives=FAIREST,
    )
    assert solved(problem).objectives[0].value == pytest.approx(0.05)


def test_is_negative_where_things_are_made_worse() -> None:
    """A floor of 4 levels, each of which removes 1 point of v and adds 2 of g: -4 of 20."""
    problem = a_problem(
        theatres=[{"id": "iraq", "risk": {"v": 10, "g": 10}}],
        activities=[{"id": "train", "reduces": {"v": 1, "g": -2}}],
        policy={"min_level": [{"activity": "train", "level": 4}]},
        objectives=FAIREST,
    )
    assert [result.value for result in solved(problem).objectives] == pytest.approx([-0.2, 4])
