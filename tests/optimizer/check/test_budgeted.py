from typing import Any

import pytest

from models.problem.problem import Problem
from optimizer.check.score import score
from tests.support.plans import a_plan, broken, changed
from tests.support.problems import a_problem


def doubtful(gamma: float, **fields: Any) -> Problem:
    """Effects of 10, 8, 6 per level with deviations 6, 3, 1: the golden case of Bertsimas and Sim's budget."""
    pairs = {"a1": (10, 6), "a2": (8, 3), "a3": (6, 1)}
    return a_problem(
        **{
            "theatres": [{"id": "iraq", "risk": 1000}],
            "activities": [
                {
                    "id": activity,
                    "max_level": 1,
                    "effect": {"type": "linear", "per_level": effect, "deviation": deviation},
                }
                for activity, (effect, deviation) in pairs.items()
            ],
            "criterion": {"type": "budgeted", "gamma": gamma},
            **fields,
        }
    )


@pytest.mark.parametrize(
    "gamma, value", [(0, 24), (0.5, 24 - 3), (1, 24 - 6), (1.5, 24 - 7.5), (2, 24 - 9), (3, 24 - 10), (7, 24 - 10)]
)
def test_the_largest_deviations_are_lost_first(gamma: float, value: float) -> None:
    problem = doubtful(gamma)
    plan = a_plan(problem, {"a/a1": 1, "a/a2": 1, "a/a3": 1})
    assert score(problem, plan)["risk_reduction"] == pytest.approx(value)


def test_t5_deviations_count_even_if_risk_saturates() -> None:
    problem = doubtful(1, theatres=[{"id": "iraq", "risk": 10}])
    assert score(problem, a_plan(problem, {"a/a1": 1, "a/a2": 1}))["risk_reduction"] == pytest.approx(10 - 6)


def test_a_plan_may_claim_a_lower_effective_level_but_not_a_higher_one() -> None:
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


def test_only_effects_within_the_horizon_have_deviations_weighted_and_discounted() -> None:
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


def test_effects_that_increase_a_driver_have_no_deviation() -> None:
    effect = {"type": "linear", "per_level": 10, "deviation": 2}
    problem = doubtful(
        1,
        theatres=[{"id": "iraq", "risk": {"violence": 100, "grievance": 100}}],
        activities=[{"id": "train", "effect": effect, "reduces": {"violence": 1, "grievance": -0.5}}],
    )
    assert score(problem, a_plan(problem, {"a/train": 1}))["risk_reduction"] == pytest.approx(10 - 5 - 2)


def test_only_linear_effects_with_a_deviation_can_disappoint() -> None:
    """Only a1 can, by 6; the threshold effect and the linear effect without deviation are worth 2 and 4."""
    document = doubtful(3).model_dump(mode="json", by_alias=True)
    document["activities"][1]["effect"] = {"type": "threshold", "threshold": 1, "per_level": 2}
    document["activities"][2]["effect"] = {"type": "linear", "per_level": 4}
    problem = Problem.model_validate(document)
    plan = a_plan(problem, {"a/a1": 1, "a/a2": 1, "a/a3": 1})
    assert score(problem, plan)["risk_reduction"] == pytest.approx(10 + 2 + 4 - 6)


def test_a_deviation_counts_in_every_theatre_that_the_activity_serves() -> None:
    """A quarter of 2 points per level in iraq (weight 3) and in syria (weight 5); the deviation is 0.5 of 2."""
    effect = {"type": "linear", "per_level": 2, "deviation": 0.5}
    problem = doubtful(
        1,
        theatres=[{"id": "iraq", "risk": 1000, "weight": 3}, {"id": "syria", "risk": 1000, "weight": 5}],
        activities=[{"id": "train", "serves": ["iraq", "syria"], "effect": effect, "reduces": {"risk": 0.25}}],
    )
    value = score(problem, a_plan(problem, {"a/train": 4}))["risk_reduction"]
    assert value == pytest.approx(0.25 * (8 * (3 + 5) - 0.5 * 4 * (3 + 5)))
