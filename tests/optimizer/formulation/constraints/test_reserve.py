import pytest
from hypothesis import given

from models.problem.problem import Problem
from tests.support.families import permits, rows_of
from tests.support.laws import FEW, tenths
from tests.support.optima import is_infeasible, optimum
from tests.support.problems import a_problem, members

PARTNER = {"id": "eu", "resources": {"money": 6}, "coordination_cost": {"resource": "money", "amount": 2}}


def keeping(*reserves: dict[str, object], **fields: object) -> Problem:
    reserve = [{"resource": "money", **one} for one in reserves]
    return a_problem(**{"members": members("a", "b"), "policy": {"reserve": reserve}, **fields})


def test_rows_sum_all_uses_of_the_resource() -> None:
    problem = keeping(
        {"amount": {"p1": 4, "p2": 0}},
        {"amount": 1, "contributor": "a"},
        {"amount": 5, "contributor": "eu"},
        periods=["p1", "p2"],
        partners=[PARTNER],
        investments=[{"id": "lift", "contributor": "a", "cost": {"money": 3}, "adds": {"money": 2}, "lead_time": 1}],
    )
    assert rows_of(problem, "reserve") == (
        "reserve[ALL,money,p1]: x[a,train,money,p1] + pay[a,eu,money,p1] + 3.0*n[lift,p1]"
        " + x[b,train,money,p1] + pay[b,eu,money,p1]  <=  16.0\n"
        "reserve[a,money,p1]: x[a,train,money,p1] + pay[a,eu,money,p1] + 3.0*n[lift,p1]  <=  9.0\n"
        "reserve[a,money,p2]: x[a,train,money,p2] + pay[a,eu,money,p2] + 3.0*n[lift,p2] - 2.0*n[lift,p1]  <=  9.0\n"
        "reserve[eu,money,p1]: x[eu,train,money,p1]  <=  1.0\n"
        "reserve[eu,money,p2]: x[eu,train,money,p2]  <=  1.0\n"
    )


@pytest.mark.parametrize("given_by_b, holds", [(5.9, True), (6, True), (6.1, False)])
def test_permits_members_to_use_all_but_the_reserve_together(given_by_b: float, *, holds: bool) -> None:
    problem = keeping({"amount": 4}, partners=[PARTNER])
    decisions = {"x[a,train,money,p1]": 8, "pay[b,eu,money,p1]": 2, "x[b,train,money,p1]": given_by_b}
    assert permits(problem, "reserve", decisions | {"x[eu,train,money,p1]": 6}) is holds


def test_a_reserve_of_members_leaves_partners_alone() -> None:
    """20 M EUR of members less a reserve of 5, and 6 of the partner: 21. Relaxed: 26."""
    problem = keeping({"amount": 5}, partners=[{"id": "eu", "resources": {"money": 6}}])
    assert optimum(problem) == pytest.approx(21)
    assert optimum(problem, "policy") == pytest.approx(26)


def test_a_member_without_the_resource_adds_nothing() -> None:
    """a's 10 less a reserve of 5. b has only troops."""
    goods = [{"id": "money"}, {"id": "troops"}]
    poor = [*members("a"), {"id": "b", "resources": {"troops": 3}}]
    assert optimum(keeping({"amount": 5}, members=poor, resources=goods)) == pytest.approx(5)


def test_a_reserve_of_a_contributor_binds_only_that_contributor() -> None:
    """a keeps 7 of 10, b keeps nothing, the partner keeps 4 of 6: 3 + 10 + 2."""
    reserves = ({"amount": 7, "contributor": "a"}, {"amount": 4, "contributor": "eu"})
    assert optimum(keeping(*reserves, partners=[{"id": "eu", "resources": {"money": 6}}])) == pytest.approx(15)


def test_the_price_of_a_partner_comes_out_of_what_is_not_reserved() -> None:
    """A reserve of 18 of 20 leaves 2, which pay for the partner's 6, more than 2 given directly: 6. A reserve of 19
    leaves 1, too little for the price: 1.
    """
    assert optimum(keeping({"amount": 18}, partners=[PARTNER])) == pytest.approx(6)
    assert optimum(keeping({"amount": 19}, partners=[PARTNER])) == pytest.approx(1)


def test_bought_capability_counts_towards_the_endowment() -> None:
    """a has 10 in each of two periods and reserves 9 in the second. A lift bought for 2 in the first adds 5 in the
    second: 8 + (15 - 9) = 14, better than 10 + 1.
    """
    problem = keeping(
        {"amount": {"p1": 0, "p2": 9}},
        members=members("a"),
        periods=["p1", "p2"],
        investments=[{"id": "lift", "contributor": "a", "cost": {"money": 2}, "adds": {"money": 5}, "lead_time": 1}],
    )
    assert optimum(problem) == pytest.approx(14)


def test_a_reserve_above_the_endowment_is_infeasible() -> None:
    assert is_infeasible(keeping({"amount": 20.5}))
    assert optimum(keeping({"amount": 20})) == pytest.approx(0)


@FEW
@given(amount=tenths(0, 20), less=tenths(0, 20))
def test_a_smaller_reserve_never_lowers_the_optimum(amount: float, less: float) -> None:
    assert optimum(keeping({"amount": max(0.0, amount - less)})) >= optimum(keeping({"amount": amount})) - 1e-6
