import pytest
from hypothesis import given

from models.problem.problem import Problem
from tests.support.families import permits, rows_of
from tests.support.laws import FEW, tenths
from tests.support.optima import solved
from tests.support.problems import a_problem

RESOURCES = [{"id": "money"}, {"id": "troops", "unit_cost": 0.5}, {"id": "advice", "unit_cost": 0}]


def priced(**fields: object) -> Problem:
    return a_problem(
        **{
            "resources": RESOURCES,
            "members": [
                {"id": "a", "resources": {"money": 10, "troops": 8, "advice": 8}},
                {"id": "b", "resources": {"money": 10}},
            ],
            "partners": [
                {"id": "eu", "resources": {"money": 6}, "coordination_cost": {"resource": "troops", "amount": 4}}
            ],
            "activities": [{"id": "train", "needs": [{"from": {"money": 1, "troops": 1, "advice": 1}, "amount": 1}]}],
            **fields,
        }
    )


def test_rows_value_what_is_given_paid_and_invested() -> None:
    lift = {"id": "lift", "contributor": "a", "cost": {"troops": 3}, "adds": {"money": 1}}
    assert rows_of(priced(investments=[lift]), "cost") == (
        "cost[a]: - c[a] + 0.5*pay[a,eu,troops,p1]"
        " + x[a,train,money,p1] + 0.5*x[a,train,troops,p1] + 1.5*n[lift,p1]  ==  0\n"
        "cost[b]: - c[b] + 0.5*pay[b,eu,troops,p1] + x[b,train,money,p1]  ==  0\n"
    )


@pytest.mark.parametrize("cost, holds", [(6.9, False), (7, True), (7.1, False)])
def test_permits_exactly_what_a_member_spends(cost: float, *, holds: bool) -> None:
    """3 of money, 4 troops contributed and 4 paid at ½ M EUR each; advice costs nothing."""
    given = {"x[a,train,money,p1]": 3, "x[a,train,troops,p1]": 4, "x[a,train,advice,p1]": 8}
    decisions = given | {"pay[a,eu,troops,p1]": 4, "x[eu,train,money,p1]": 6, "c[a]": cost}
    assert permits(priced(), "cost", decisions) is holds


def test_the_cheapest_means_are_taken_and_partners_are_free() -> None:
    """Risk 20: 8 of a's advice at no cost. The partner's 6 for a price of 4 troops (2 M EUR), cheaper than 6 troops (3
    M EUR). The other 6 are 4 troops (2 M EUR) and 2 of money. Total 6.
    """
    outcome = solved(priced(theatres=[{"id": "iraq", "risk": 20}]))
    assert [result.value for result in outcome.objectives] == pytest.approx([20, 2 + 2 + 2])


def test_a_partner_is_not_used_if_it_costs_more_than_it_saves() -> None:
    """Risk 12: 8 of advice, then 4 troops for 2 M EUR. The partner would only replace these troops, at a price of 5
    troops, 2½ M EUR.
    """
    dear = [{"id": "eu", "resources": {"money": 6}, "coordination_cost": {"resource": "troops", "amount": 5}}]
    outcome = solved(priced(theatres=[{"id": "iraq", "risk": 12}], partners=dear))
    assert outcome.objectives[1].value == pytest.approx(2)
    assert outcome.plan.coordination == ()


def test_relaxing_groups_does_not_change_cost() -> None:
    problem = priced(theatres=[{"id": "iraq", "risk": 20}])
    assert solved(problem, "burden", "policy").objectives[1].value == pytest.approx(6)


@FEW
@given(risk=tenths(0, 20), more=tenths(0, 20))
def test_more_risk_to_remove_never_costs_less(risk: float, more: float) -> None:
    def cost(amount: float) -> float:
        return solved(priced(theatres=[{"id": "iraq", "risk": amount}])).objectives[1].value

    assert cost(risk + more) >= cost(risk) - 1e-6
