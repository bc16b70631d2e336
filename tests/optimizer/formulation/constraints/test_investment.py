import pytest
from hypothesis import given

from models.problem.problem import Problem
from tests.support.families import permits, rows_of
from tests.support.laws import FEW, tenths
from tests.support.optima import optimum, solved
from tests.support.problems import a_problem

DRONES = {
    "resources": [{"id": "money"}, {"id": "drones", "unit_cost": 0}],
    "activities": [
        {"id": "train"},
        {"id": "watch", "needs": {"drones": 1}, "effect": {"type": "linear", "per_level": 9}},
    ],
}


def buying(periods: int = 2, **radar: object) -> Problem:
    """A drone costs 6 M EUR and gives 9 points a period on watch. train gives 1 point per remaining M EUR."""
    bought = {"id": "radar", "contributor": "a", "cost": {"money": 6}, "adds": {"drones": 1}, **radar}
    return a_problem(periods=[f"p{n}" for n in range(1, periods + 1)], investments=[bought], **DRONES)


def test_rows_limit_what_is_bought_over_the_horizon() -> None:
    assert rows_of(buying(max=3), "investment") == "investment[radar]: n[radar,p1] + n[radar,p2]  <=  3\n"


def test_has_no_row_where_a_single_period_bounds_what_is_bought() -> None:
    assert rows_of(buying(1, max=3), "investment") == ""


def test_rows_charge_nothing_for_what_costs_or_adds_nothing() -> None:
    """A unit costs 2 drones (unit cost 0) and 0 of money. It adds 3 M EUR and 0 drones."""
    problem = buying(1, cost={"money": 0, "drones": 2}, adds={"money": 3, "drones": 0})
    assert rows_of(problem, "availability") == (
        "availability[a,money,p1]: x[a,train,money,p1] - 3.0*n[radar,p1]  <=  10.0\n"
        "availability[a,drones,p1]: 2.0*n[radar,p1]  <=  0.0\n"
    )
    assert rows_of(problem, "cost") == "cost[a]: - c[a] + x[a,train,money,p1]  ==  0\n"


@pytest.mark.parametrize("later, holds", [(1, True), (2, True), (3, False)])
def test_permits_as_many_units_as_there_are(later: int, *, holds: bool) -> None:
    assert permits(buying(max=3), "investment", {"n[radar,p1]": 1, "n[radar,p2]": later}) is holds


def test_is_charged_when_bought_and_available_after_its_lead_time() -> None:
    assert "- n[radar,p1]" not in rows_of(buying(lead_time=1), "availability").split("drones,p1")[-1].split("\n")[0]
    assert rows_of(buying(lead_time=1), "availability") == (
        "availability[a,money,p1]: x[a,train,money,p1] + 6.0*n[radar,p1]  <=  10.0\n"
        "availability[a,money,p2]: x[a,train,money,p2] + 6.0*n[radar,p2]  <=  10.0\n"
        "availability[a,drones,p2]: x[a,watch,drones,p2] - n[radar,p1]  <=  0.0\n"
    )


@pytest.mark.parametrize("most, value", [(1, 32), (2, 35), (3, 35)])
def test_capability_serves_in_every_later_period(most: int, value: float) -> None:
    """No lead time. At most 1: bought in p1 for 6, 9 + 9, and 4 + 10 for train: 32. At most 2: a second drone in p2, 9
    for 6: 18 + 4 + 9 + 4. p1 could also pay half a unit more, but units are whole.
    """
    assert optimum(buying(max=most)) == pytest.approx(value)


def test_capability_that_arrives_too_late_is_not_bought() -> None:
    """Lead time 1: a drone bought in p1 serves in p2 only: 4 + 9 + 10 = 23. Lead time 2: it never serves, so 20."""
    assert optimum(buying(lead_time=1)) == pytest.approx(23)
    assert optimum(buying(lead_time=2)) == pytest.approx(20)


def test_the_buyer_pays_and_it_counts_as_its_burden() -> None:
    """23 points cost 6 for the drone and 4 + 10 for train: 20."""
    outcome = solved(buying(lead_time=1))
    assert outcome.objectives[1].value == pytest.approx(20)
    assert [burden.cost for burden in outcome.plan.burden] == pytest.approx([20])
    assert [(made.id, made.period, made.units) for made in outcome.plan.investments] == [("radar", "p1", 1)]


def test_what_a_partner_builds_costs_the_alliance_nothing() -> None:
    """eu buys the drone from its 6 M EUR: 9 + 9 from watch. a gives 10 + 10 to train, the only cost to members."""
    problem = a_problem(
        periods=["p1", "p2"],
        partners=[{"id": "eu", "resources": {"money": [6, 0]}}],
        investments=[{"id": "radar", "contributor": "eu", "cost": {"money": 6}, "adds": {"drones": 1}}],
        **DRONES,
    )
    assert [objective.value for objective in solved(problem).objectives] == pytest.approx([38, 20])


@FEW
@given(tenths(1, 12), tenths(1, 12))
def test_a_dearer_investment_never_raises_the_optimum(one: float, other: float) -> None:
    low, high = sorted((one, other))
    assert optimum(buying(cost={"money": high})) <= optimum(buying(cost={"money": low})) + 1e-6
