import pytest

from models.problem.problem import Problem
from optimizer.check.investment import rows
from optimizer.check.row import RuleRow
from optimizer.check.score import score
from tests.support.plans import a_plan, broken, broken_rows, rows_of
from tests.support.problems import a_problem


def building(lead_time: int = 1) -> Problem:
    """A unit costs 3 and adds 5."""
    radar = {
        "id": "radar",
        "contributor": "a",
        "cost": {"money": 3},
        "adds": {"money": 5},
        "lead_time": lead_time,
        "max": 2,
    }
    return a_problem(periods=["p1", "p2", "p3"], investments=[radar])


def test_an_investment_costs_now_and_adds_after_its_lead_time() -> None:
    problem = building()
    gives = {"a/train/money/p1": 7, "a/train/money/p2": 15, "a/train/money/p3": 15}
    assert not broken(problem, a_plan(problem, gives, buys={"radar/p1": 1}))
    assert broken_rows(problem, a_plan(problem, gives | {"a/train/money/p1": 7.01}, buys={"radar/p1": 1})) == [
        "availability a/money/p1"
    ]
    assert broken_rows(problem, a_plan(problem, gives, buys={"radar/p2": 1})) == ["availability a/money/p2"]


def test_without_a_lead_time_it_adds_at_once() -> None:
    problem = building(lead_time=0)
    assert not broken(problem, a_plan(problem, {"a/train/money/p1": 12}, buys={"radar/p1": 1}))


def test_max_counts_over_the_horizon() -> None:
    problem = building()
    assert not broken(problem, a_plan(problem, buys={"radar/p1": 1, "radar/p3": 1}))
    assert broken_rows(problem, a_plan(problem, buys={"radar/p1": 2, "radar/p3": 1})) == ["investment radar"]


@pytest.mark.parametrize("units", [0.5, -1])
def test_units_are_whole_and_not_below_zero(units: float) -> None:
    problem = building()
    assert "amounts" in broken(problem, a_plan(problem, buys={"radar/p1": units}))


def test_an_investment_is_part_of_the_cost_of_a_member() -> None:
    problem = building()
    assert score(problem, a_plan(problem, {"a/train/money/p1": 2}, buys={"radar/p1": 2}))["cost"] == pytest.approx(8)


def test_states_the_units_bought() -> None:
    problem = building()
    plan = a_plan(problem, buys={"radar/p1": 2, "radar/p3": 1})
    sentence = "3 units of radar are bought; at most 2 can be bought."
    row = RuleRow(key="radar", left=1, sense="<=", right=0, sentence=sentence, scale=1)
    assert rows_of(rows, problem, plan) == [row]
