import pytest

from models.problem.problem import Problem
from optimizer.check.check import check
from optimizer.check.scenarios import read
from optimizer.check.score import expected, score
from tests.support.plans import a_plan
from tests.support.problems import a_problem

POLITICS = {
    "schema": "concord.problem/1",
    "members": [
        {"id": "us", "resources": {"money": 8}, "min_contribution": 1},
        {"id": "fr", "resources": {"money": 4}, "min_contribution": 1},
        {"id": "tr", "resources": {"money": 4}, "min_contribution": 1},
    ],
    "partners": [
        {"id": "eu", "resources": {"money": 5}, "coordination_cost": {"resource": "money", "amount": 1}},
    ],
    "theatres": [{"id": "iraq", "risk": 30}, {"id": "sahel", "risk": 12}],
    "frameworks": [
        {"id": "alliance", "rule": {"type": "consensus"}},
        {"id": "coalition", "rule": {"type": "participants", "min_participants": 2}, "effect_multiplier": 0.9},
    ],
    "activities": [
        {
            "id": "ssr_iraq",
            "theatre": "iraq",
            "pillar": "capacity_building",
            "effect": {"type": "threshold", "threshold": 12, "per_level": 1.5},
            "max_level": 16,
            "frameworks": ["alliance", "coalition"],
        },
        {"id": "isr_sahel", "theatre": "sahel", "pillar": "surveillance", "frameworks": ["alliance"]},
    ],
    "positions": [{"member": "tr", "activity": "ssr_iraq", "value": -2}],
    "cascades": [{"pivot": "us", "theatres": ["iraq"], "followers": [{"member": "fr"}, {"member": "tr"}]}],
}
"""A problem with politics and a best plan worked by hand: 25.6 risk points for 16 M EUR."""


def test_passes_and_scores_the_plan_worked_by_hand() -> None:
    problem = Problem.model_validate(POLITICS)
    plan = a_plan(
        problem,
        {"us/ssr_iraq": 7, "fr/ssr_iraq": 4, "eu/ssr_iraq": 5, "tr/isr_sahel": 4},
        runs={"ssr_iraq": "coalition", "isr_sahel": "alliance"},
        pays={"us/eu/money/p1": 1},
    )
    assert check(problem, plan).passed
    assert score(problem, plan) == pytest.approx(
        {
            "risk_reduction": 25.6,
            "residual_risk": 16.4,
            "cost": 16,
            "max_burden": 8,
            "opposition": 2 / 3,
            "divergence": 0,
            "concessions": 0,
            "min_coverage": 4 / 12,
            "change_from_baseline": 0,
        }
    )


def test_an_empty_plan_scores_nothing() -> None:
    problem = a_problem()
    scored = score(problem, a_plan(problem))
    assert {metric: value for metric, value in scored.items() if value} == {"residual_risk": 100}


def test_a_theatre_without_risk_has_no_coverage() -> None:
    problem = a_problem(theatres=[{"id": "iraq", "risk": 10}, {"id": "home", "risk": 0}])
    assert score(problem, a_plan(problem, {"a/train": 5}))["min_coverage"] == pytest.approx(0.5)


def test_divergence_is_the_greatest_range_of_any_run() -> None:
    problem = a_problem(
        members=[{"id": member, "contributes_from": 0, "resources": {"money": 9}} for member in "abc"],
        activities=[{"id": "train"}, {"id": "watch"}],
        positions=[
            {"member": "b", "activity": "train", "value": 0.5},
            {"member": "c", "activity": "watch", "value": 0},
        ],
    )
    plan = a_plan(problem, {"a/train": 1, "b/train": 1, "a/watch": 1, "c/watch": 1})
    assert score(problem, plan)["divergence"] == pytest.approx(1)


def test_concessions_are_added_up() -> None:
    problem = a_problem(concessions={"budget": 5})
    plan = a_plan(problem, concedes={"a/train/alliance": 1.5})
    assert score(problem, plan)["concessions"] == pytest.approx(1.5)


def test_the_greatest_burden_is_relative_to_ability_to_pay() -> None:
    problem = a_problem(
        members=[{"id": "a", "ability_to_pay": 4, "resources": {"money": 9}}, {"id": "b", "resources": {"money": 9}}]
    )
    plan = a_plan(problem, {"a/train": 8, "b/train": 1.5})
    assert score(problem, plan)["max_burden"] == pytest.approx(2)


def test_an_expected_value_needs_a_value_of_each_scenario() -> None:
    problem = a_problem(scenarios=[{"id": "one"}, {"id": "other"}])
    facts = read(problem, a_plan(problem), ())
    assert expected(facts, [1, 3]) == 2
    with pytest.raises(ValueError, match="shorter"):
        expected(facts, [1])


@pytest.mark.parametrize("risk, covered", [(0.5, 0.5), (0, 0)])
def test_coverage_is_a_share_of_the_risk_and_0_without_risk(risk: float, covered: float) -> None:
    problem = a_problem(theatres=[{"id": "iraq", "risk": risk}])
    assert score(problem, a_plan(problem, {"a/train": 0.25}))["min_coverage"] == pytest.approx(covered)
