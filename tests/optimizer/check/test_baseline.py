from typing import Any

import pytest

from models.problem.problem import Problem
from optimizer.check.baseline import rows
from optimizer.check.row import RuleRow
from optimizer.check.score import score
from optimizer.tolerances import SIZE_FLOOR
from tests.support.plans import a_plan, broken, broken_rows, rows_of
from tests.support.problems import a_document, a_problem

TWO = [{"id": "money"}, {"id": "troops", "unit_cost": 0.5}]


def baseline_plan(max_change: float | None) -> Problem:
    """Announced: 4 money and 4 troops to train, 2 money to watch."""
    fields = {
        "resources": TWO,
        "members": [{"id": "a", "resources": {"money": 10, "troops": 10}}],
        "activities": [
            {"id": "train", "needs": [{"from": {"money": 1, "troops": 0.5}, "amount": 1}]},
            {"id": "watch"},
        ],
    }
    before = a_problem(**fields)
    plan = a_plan(before, {"a/train/money": 4, "a/train/troops": 4, "a/watch/money": 2})
    baseline = {"plan": plan.model_dump(), "max_change": max_change}
    return Problem.model_validate(a_document(**fields, baseline=baseline))


def test_change_is_counted_both_ways_and_valued_at_unit_cost() -> None:
    """5 − 4 money, 4 − 1 troops at ½, 2 money withdrawn: 1 + 1.5 + 2."""
    problem = baseline_plan(None)
    plan = a_plan(problem, {"a/train/money": 5, "a/train/troops": 1})
    assert score(problem, plan)["change_from_baseline"] == pytest.approx(4.5)
    assert not broken(problem, plan)


@pytest.mark.parametrize("most, rows", [(4.5, []), (4.499, ["baseline max_change"])])
def test_allows_the_greatest_change_and_forbids_more(most: float, rows: list[str]) -> None:
    problem = baseline_plan(most)
    assert broken_rows(problem, a_plan(problem, {"a/train/money": 5, "a/train/troops": 1})) == rows


def test_an_unchanged_plan_has_no_change() -> None:
    problem = baseline_plan(0)
    plan = a_plan(problem, {"a/train/money": 4, "a/train/troops": 4, "a/watch/money": 2})
    assert not broken(problem, plan)
    assert score(problem, plan)["change_from_baseline"] == 0


def test_states_the_change_against_the_baseline() -> None:
    problem = baseline_plan(2)
    plan = a_plan(problem, {"a/train/money": 5, "a/train/troops": 1})
    sentence = "The plan changes contributions of 4.5 M EUR against the baseline; at most 2 M EUR may change."
    assert rows_of(rows, problem, plan) == [
        RuleRow(key="max_change", left=4.5, sense="<=", right=2, sentence=sentence, scale=SIZE_FLOOR * (10 + 10 / 2))
    ]


def test_compares_each_scenario_with_its_announced_amounts() -> None:
    """4 and 6 were announced, 5 and 6 are given: a change of 1 in one of two scenarios."""
    fields: dict[str, Any] = {
        "scenarios": [{"id": "one"}, {"id": "other"}],
        "criterion": {"type": "expected", "recourse": True},
    }
    before = a_problem(**fields)
    plan = a_plan(before, {"a/train/money/p1/one": 4, "a/train/money/p1/other": 6}, runs={"train": None})
    problem = a_problem(**fields, baseline={"plan": plan.model_dump(mode="json")})
    now = a_plan(problem, {"a/train/money/p1/one": 5, "a/train/money/p1/other": 6}, runs={"train": None})
    assert score(problem, now)["change_from_baseline"] == pytest.approx(0.5)


def test_counts_a_resource_that_no_longer_exists_as_withdrawn_at_unit_cost_1() -> None:
    """3 units of gold were announced, which the problem no longer has, and 2 money, which are still given."""
    before = a_problem(resources=[{"id": "money"}, {"id": "gold", "unit_cost": 7}])
    announced_plan = a_plan(before, {"a/train": 2, "a/train/gold": 3})
    problem = a_problem(baseline={"plan": announced_plan.model_dump(mode="json")})
    assert score(problem, a_plan(problem, {"a/train": 2}))["change_from_baseline"] == pytest.approx(3)
