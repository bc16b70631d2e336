from typing import Any

import pytest
from hypothesis import given

from models.config import Config
from models.problem.problem import Problem
from optimizer.diagnostics.precheck import precheck
from tests.support.families import permits, rows_of
from tests.support.laws import FEW, tenths
from tests.support.optima import optimum, solved
from tests.support.problems import a_problem

CHANGE_SECOND = [{"metric": "risk_reduction"}, {"metric": "change_from_baseline"}]


def a_plan_in_force(*given: tuple[str, str, str, float]) -> dict[str, Any]:
    """Builds a plan document with contributions (contributor, activity, resource, amount) in the first period."""
    names = ("contributor", "activity", "resource", "amount")
    kinds = (
        "activities",
        "coverage",
        "burden",
        "divergence",
        "scenarios",
        "coordination",
        "concessions",
        "investments",
    )
    empty: dict[str, Any] = {kind: [] for kind in kinds}
    return {**empty, "allocations": [dict(zip(names, one, strict=True)) | {"period": "p1"} for one in given]}


def baseline_plan(max_change: float | None, *given: tuple[str, str, str, float], **fields: Any) -> Problem:
    """A level of train gives 1 point, of watch 2, up to level 6. The default announcement is 8 to train."""
    plan = a_plan_in_force(*(given or (("a", "train", "money", 8),)))
    return a_problem(
        **{
            "activities": [
                {"id": "train"},
                {"id": "watch", "effect": {"type": "linear", "per_level": 2}, "max_level": 6},
            ],
            "baseline": {"plan": plan, **({} if max_change is None else {"max_change": max_change})},
            **fields,
        }
    )


def test_rows_count_change_both_ways_where_something_is_announced() -> None:
    assert rows_of(baseline_plan(3), "baseline") == (
        "baseline[more,a,train,money,p1]: -8.0  <=  change[a,train,money,p1] - x[a,train,money,p1]\n"
        "baseline[less,a,train,money,p1]: 8.0  <=  change[a,train,money,p1] + x[a,train,money,p1]\n"
        "baseline[together]: 0  <=  total_change[all] - change[a,train,money,p1] - x[a,watch,money,p1]\n"
        "baseline[max_change]: total_change[all]  <=  3.0\n"
    )


def test_has_no_rows_where_change_is_neither_bounded_nor_counted() -> None:
    assert rows_of(baseline_plan(None), "baseline") == ""
    assert "max_change" not in rows_of(baseline_plan(None, objectives=CHANGE_SECOND), "baseline")
    assert rows_of(a_problem(), "baseline") == ""


def test_rows_do_not_count_what_costs_nothing() -> None:
    resources = [{"id": "money"}, {"id": "advice", "unit_cost": 0}]
    train = {"id": "train", "needs": [{"from": {"money": 1, "advice": 1}, "amount": 1}]}
    members = [{"id": "a", "resources": {"money": 8, "advice": 8}}]
    problem = baseline_plan(3, resources=resources, members=members, activities=[train])
    assert rows_of(problem, "baseline").splitlines()[2] == (
        "baseline[together]: 0  <=  total_change[all] - change[a,train,money,p1]"
    )


@pytest.mark.parametrize("watched, holds", [(0.9, True), (1, True), (1.1, False)])
def test_permits_change_up_to_the_maximum(watched: float, *, holds: bool) -> None:
    decisions = {"x[a,train,money,p1]": 6, "change[a,train,money,p1]": 2, "x[a,watch,money,p1]": watched}
    assert permits(baseline_plan(3), "baseline", decisions | {"total_change[all]": 2 + watched}) is holds


def test_forbids_less_change_than_there_is() -> None:
    decisions = {"x[a,train,money,p1]": 6, "change[a,train,money,p1]": 1, "total_change[all]": 1}
    assert not permits(baseline_plan(3), "baseline", decisions)


@pytest.mark.parametrize("most, value", [(0, 8), (3, 8 + 2 * 2 + 0.5), (5, 8 + 2 * 2 + 1.5), (20, 16)])
def test_max_change_limits_how_much_contributions_move(most: float, value: float) -> None:
    """Announced: 8 to train. The 2 left over go to watch for 4 points and a change of 2. Then each further change of 2
    moves 1 from train to watch for 1 point more. Without a limit: 6 to watch, 4 to train.
    """
    assert optimum(baseline_plan(most)) == pytest.approx(value)


def test_change_is_valued_at_unit_cost() -> None:
    """Troops at ½ M EUR: moving all 4 announced for train to watch is a change of 4 M EUR and gives 4 points more."""
    fields: dict[str, Any] = {
        "resources": [{"id": "troops", "unit_cost": 0.5}],
        "members": [{"id": "a", "resources": {"troops": 4}}],
        "activities": [
            {"id": "train", "needs": {"troops": 1}},
            {"id": "watch", "needs": {"troops": 1}, "effect": {"type": "linear", "per_level": 2}},
        ],
    }
    before = ("a", "train", "troops", 4)
    assert optimum(baseline_plan(4, before, **fields)) == pytest.approx(8)
    assert optimum(baseline_plan(2, before, **fields)) == pytest.approx(6)


def test_an_announced_contribution_that_is_no_longer_possible_counts_as_change() -> None:
    """Announced: 8 to train, 3 of a removed member, 1 to a removed activity, 2 of a removed resource. These three are a
    change of 6 from the start. A max_change of 6 is just enough to keep the 8; a max_change of 5 is infeasible.
    """
    gone = [("z", "train", "money", 3), ("a", "patrol", "money", 1), ("a", "train", "ships", 2)]
    problem = baseline_plan(6, ("a", "train", "money", 8), *gone)
    assert optimum(problem) == pytest.approx(8)
    outcome = solved(baseline_plan(None, ("a", "train", "money", 8), *gone, objectives=CHANGE_SECOND))
    assert outcome.objectives[1].value == pytest.approx(6 + 4 + 6)


def test_change_can_be_an_objective() -> None:
    """Risk 9: 8 on train and ½ on watch remove 9 points with a change of ½."""
    problem = baseline_plan(None, theatres=[{"id": "iraq", "risk": 9}], objectives=CHANGE_SECOND)
    assert [result.value for result in solved(problem).objectives] == pytest.approx([9, 0.5])


def test_each_scenario_is_compared_with_its_own_announcement() -> None:
    """Announced: 6 to train in the calm scenario only. Without any change train gets 6 there, and nothing runs
    elsewhere: ½ · 6.
    """
    plan = a_plan_in_force(("a", "train", "money", 6))
    plan["allocations"][0]["scenario"] = "calm"
    problem = baseline_plan(
        0,
        baseline={"plan": plan, "max_change": 0},
        scenarios=[{"id": "calm"}, {"id": "storm"}],
        criterion={"type": "expected", "recourse": True},
    )
    assert optimum(problem) == pytest.approx(3)


def test_an_impossible_announced_contribution_is_valued_at_unit_cost() -> None:
    """Announced: 4 ships at 3 M EUR each to a removed activity."""
    ships = [{"id": "money"}, {"id": "ships", "unit_cost": 3}]
    problem = baseline_plan(None, ("a", "patrol", "ships", 4), resources=ships, objectives=CHANGE_SECOND)
    assert solved(problem).objectives[1].value == pytest.approx(12 + 10)


def test_one_plan_for_all_scenarios_is_compared_with_every_announcement() -> None:
    """Announced: 6 to train in the storm, nothing in the calm. With a change of 3 in each scenario, train gets 3."""
    plan = a_plan_in_force(("a", "train", "money", 6))
    plan["allocations"][0]["scenario"] = "storm"
    scenarios = [{"id": "storm", "risk_multiplier": {"iraq": 2}}, {"id": "calm"}]
    assert optimum(baseline_plan(0, baseline={"plan": plan, "max_change": 3}, scenarios=scenarios)) == pytest.approx(3)


def test_is_a_fact_that_nothing_relaxes() -> None:
    assert optimum(baseline_plan(0), "policy", "burden", "decision") == pytest.approx(8)


@FEW
@given(most=tenths(0, 12), more=tenths(0, 5))
def test_more_change_allowed_never_lowers_the_optimum(most: float, more: float) -> None:
    assert optimum(baseline_plan(most + more)) >= optimum(baseline_plan(most)) - 1e-6


def test_the_change_metric_requires_a_baseline() -> None:
    problem = a_problem(objectives=CHANGE_SECOND)
    (issue,) = precheck(problem, Config())
    assert (issue.code, issue.address) == ("baseline_required", "objectives/change_from_baseline/metric")
