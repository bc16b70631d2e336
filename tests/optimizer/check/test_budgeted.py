from typing import Any

import pytest

from models.problem.problem import Problem
from optimizer.check.score import score
from tests.support.plans import a_plan, broken, changed
from tests.support.problems import a_problem


def doubtful(gamma: float, **fields: Any) -> Problem:
    """Effects 10, 8, 6 a level with deviations 6, 3, 1: the golden case of Bertsimas and Sim's budget."""
    pairs = {"a1": (10, 6), "a2": (8, 3), "a3": (6, 1)}
    return a_problem(
        **{
            "theatres": [{"id": "iraq", "risk": 1000}],
            "activities": [
                {"id": one, "max_level": 1, "effect": {"type": "linear", "per_level": effect, "deviation": deviation}}
                for one, (effect, deviation) in pairs.items()
            ],
            "criterion": {"type": "budgeted", "gamma": gamma},
            **fields,
        }
    )


@pytest.mark.parametrize(
    "gamma, value", [(0, 24), (0.5, 24 - 3), (1, 24 - 6), (1.5, 24 - 7.5), (2, 24 - 9), (3, 24 - 10), (7, 24 - 10)]
)
def test_the_instruments_that_hurt_most_disappoint_first(gamma: float, value: float) -> None:
    problem = doubtful(gamma)
    plan = a_plan(problem, {"a/a1": 1, "a/a2": 1, "a/a3": 1})
    assert score(problem, plan)["risk_reduction"] == pytest.approx(value)


def test_t5_disappointment_is_charged_where_risk_saturates_too() -> None:
    problem = doubtful(1, theatres=[{"id": "iraq", "risk": 10}])
    assert score(problem, a_plan(problem, {"a/a1": 1, "a/a2": 1}))["risk_reduction"] == pytest.approx(10 - 6)


def test_a_plan_may_count_on_less_than_it_does_and_not_on_more() -> None:
    problem = doubtful(1, theatres=[{"id": "iraq", "risk": 10}])
    plan = a_plan(problem, {"a/a1": 1, "a/a2": 1})
    runs = [run.model_dump() for run in plan.activities]
    runs[0] |= {"effective_level": 0.5, "effect": 5}
    scores = [{"id": "base", "risk_reduction": 7, "regret": None}]
    modest = changed(plan, activities=runs, scenarios=scores)
    assert not broken(problem, modest)
    assert score(problem, modest)["risk_reduction"] == pytest.approx(7)
    runs[0] |= {"effective_level": 1.5, "effect": 15}
    assert broken(problem, changed(plan, activities=runs)) == {"effect"}


def test_only_what_arrives_within_the_horizon_can_disappoint_weighted_and_discounted() -> None:
    effect = {"type": "linear", "per_level": 10, "deviation": 2}
    problem = doubtful(
        2,
        periods=["p1", "p2"],
        discount=0.5,
        theatres=[{"id": "iraq", "risk": 1000, "weight": 3}],
        activities=[{"id": "train", "lag": 1, "effect": effect}],
    )
    plan = a_plan(problem, {"a/train/money/p1": 1, "a/train/money/p2": 1})
    assert score(problem, plan)["risk_reduction"] == pytest.approx(3 * 0.5 * (10 - 2))


def test_what_feeds_a_driver_is_no_disappointment() -> None:
    effect = {"type": "linear", "per_level": 10, "deviation": 2}
    problem = doubtful(
        1,
        theatres=[{"id": "iraq", "risk": {"violence": 100, "grievance": 100}}],
        activities=[{"id": "train", "effect": effect, "reduces": {"violence": 1, "grievance": -0.5}}],
    )
    assert score(problem, a_plan(problem, {"a/train": 1}))["risk_reduction"] == pytest.approx(10 - 5 - 2)


def test_what_is_no_line_and_what_is_no_chance_do_not_disappoint() -> None:
    """Only a1 can, by 6; the threshold and the plain line beside it are worth 2 and 4 whatever happens."""
    document = doubtful(3).model_dump(mode="json", by_alias=True)
    document["activities"][1]["effect"] = {"type": "threshold", "threshold": 1, "per_level": 2}
    document["activities"][2]["effect"] = {"type": "linear", "per_level": 4}
    problem = Problem.model_validate(document)
    plan = a_plan(problem, {"a/a1": 1, "a/a2": 1, "a/a3": 1})
    assert score(problem, plan)["risk_reduction"] == pytest.approx(10 + 2 + 4 - 6)


def test_a_disappointment_is_missed_wherever_it_would_have_served() -> None:
    """A quarter of 2 points a level in iraq, which weighs 3, and in syria, which weighs 5; 0.5 of 2 may be missing."""
    effect = {"type": "linear", "per_level": 2, "deviation": 0.5}
    problem = doubtful(
        1,
        theatres=[{"id": "iraq", "risk": 1000, "weight": 3}, {"id": "syria", "risk": 1000, "weight": 5}],
        activities=[{"id": "train", "serves": ["iraq", "syria"], "effect": effect, "reduces": {"risk": 0.25}}],
    )
    value = score(problem, a_plan(problem, {"a/train": 4}))["risk_reduction"]
    assert value == pytest.approx(0.25 * (8 * (3 + 5) - 0.5 * 4 * (3 + 5)))
