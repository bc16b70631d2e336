import pytest
from hypothesis import given

from tests.support.families import permits, rows_of
from tests.support.laws import FEW, tenths
from tests.support.optima import optimum
from tests.support.problems import a_problem, members

TWO = [{"id": "train"}, {"id": "watch"}]


def test_rows_sum_what_is_given_paid_and_invested() -> None:
    problem = a_problem(
        periods=["p1", "p2"],
        partners=[{"id": "eu", "resources": {"money": 4}, "coordination_cost": {"resource": "money", "amount": 1}}],
        investments=[{"id": "radar", "contributor": "a", "cost": {"money": 6}, "adds": {"money": 3}, "lead_time": 1}],
    )
    assert rows_of(problem, "availability") == (
        "availability[a,money,p1]: x[a,train,money,p1] + pay[a,eu,money,p1] + 6.0*n[radar,p1]  <=  10.0\n"
        "availability[eu,money,p1]: x[eu,train,money,p1]  <=  4.0\n"
        "availability[a,money,p2]: x[a,train,money,p2] + pay[a,eu,money,p2] + 6.0*n[radar,p2] - 3.0*n[radar,p1]"
        "  <=  10.0\n"
        "availability[eu,money,p2]: x[eu,train,money,p2]  <=  4.0\n"
    )


def test_a_contributor_charged_in_a_resource_it_lacks_has_an_endowment_of_zero() -> None:
    """b has only troops. The price of the partner and the investment are both in money."""
    problem = a_problem(
        resources=[{"id": "money"}, {"id": "troops"}],
        members=[{"id": "b", "resources": {"troops": 4}}],
        partners=[{"id": "eu", "resources": {"money": 4}, "coordination_cost": {"resource": "money", "amount": 1}}],
        investments=[{"id": "radar", "contributor": "b", "cost": {"money": 6}, "adds": {"troops": 3}}],
    )
    assert rows_of(problem, "availability") == (
        "availability[eu,money,p1]: x[eu,train,money,p1]  <=  4.0\n"
        "availability[b,money,p1]: pay[b,eu,money,p1] + 6.0*n[radar,p1]  <=  0.0\n"
    )
    assert optimum(problem) == pytest.approx(0)


@pytest.mark.parametrize("watch, holds", [(5.9, True), (6, True), (6.1, False)])
def test_permits_up_to_what_a_contributor_has(watch: float, *, holds: bool) -> None:
    decisions = {"x[a,train,money,p1]": 4, "x[a,watch,money,p1]": watch}
    assert permits(a_problem(activities=TWO), "availability", decisions) is holds


def test_has_means_in_each_period_of_their_own() -> None:
    problem = a_problem(periods=["p1", "p2"], members=[{"id": "a", "resources": {"money": [3, 5]}}])
    assert permits(problem, "availability", {"x[a,train,money,p1]": 3, "x[a,train,money,p2]": 5})
    assert not permits(problem, "availability", {"x[a,train,money,p1]": 4, "x[a,train,money,p2]": 1})


def test_means_are_not_carried_over() -> None:
    """Endowment 3 in p1 and 5 in p2. A level of watch gives 2 points in p1 and 1 in p2: 2·3 + 1·5 = 11."""
    problem = a_problem(
        periods=["p1", "p2"],
        members=[{"id": "a", "resources": {"money": {"p1": 3, "p2": 5}}}],
        activities=[{"id": "watch", "effect": {"type": "linear", "per_level": [2, 1]}}],
    )
    assert optimum(problem) == pytest.approx(11)


def test_nothing_relaxes_it() -> None:
    """Two members with 10 each: train gives at most 20, whichever groups are relaxed."""
    problem = a_problem(members=members("a", "b"))
    assert optimum(problem, "decision", "participation", "policy", "burden") == pytest.approx(20)


@FEW
@given(tenths(0, 20), tenths(0, 20))
def test_more_of_a_resource_never_lowers_the_optimum(less: float, more: float) -> None:
    def reduction(money: float) -> float:
        return optimum(a_problem(members=[{"id": "a", "resources": {"money": money}}]))

    low, high = sorted((less, more))
    assert reduction(low) <= reduction(high) + 1e-6
