from typing import get_args

import pytest
from hypothesis import given

from models.config import Config, Group
from models.problem.problem import Problem
from optimizer import program
from tests.support.families import permits, rows_of
from tests.support.laws import FEW, tenths
from tests.support.optima import optimum, solved
from tests.support.problems import a_problem, members


def eu(money: object = 6, price: float = 2) -> list[dict[str, object]]:
    return [{"id": "eu", "resources": {"money": money}, "coordination_cost": {"resource": "money", "amount": price}}]


def with_an_onlooker() -> Problem:
    """a contributes, b only acquiesces. eu has a price, un has none."""
    return a_problem(
        members=members("a", "b"),
        positions=[{"member": "b", "activity": "train", "value": 0}],
        partners=[*eu(5), {"id": "un", "resources": {"money": 1}}],
    )


def test_rows_use_a_partner_only_where_its_price_is_paid() -> None:
    assert rows_of(with_an_onlooker(), "partner_coordination") == (
        "partner_coordination[used,eu,train,money,p1]: x[eu,train,money,p1]  <=  5.0*used[eu,p1]\n"
        "partner_coordination[paid,eu,p1]: pay[a,eu,money,p1] + pay[b,eu,money,p1] - 2.0*used[eu,p1]  ==  0\n"
        "partner_coordination[gives,eu,p1]: 0  <=  2000.0*x[eu,train,money,p1] - used[eu,p1]\n"
        "pay[b,eu,money,p1] <= 0  (b is willing in no activity and pays for no partner)\n"
    )


def test_means_that_several_activities_need_are_linked_as_a_whole() -> None:
    """eu has 5 M EUR in all, and each activity could take them."""
    problem = a_problem(partners=eu(5), activities=[{"id": "train"}, {"id": "watch"}])
    whole = (
        "partner_coordination[all,eu,money,p1]: x[eu,train,money,p1] + x[eu,watch,money,p1] - 5.0*used[eu,p1]  <=  0"
    )
    assert whole in rows_of(problem, "partner_coordination").splitlines()


@pytest.mark.parametrize("paid, holds", [(1.9, False), (2, True), (2.1, False)])
def test_permits_a_partner_at_its_price(paid: float, *, holds: bool) -> None:
    decisions = {"x[eu,train,money,p1]": 5, "used[eu,p1]": 1, "pay[a,eu,money,p1]": paid}
    assert permits(with_an_onlooker(), "partner_coordination", decisions) is holds


@pytest.mark.parametrize("stake, least", [(0, 5e-4), (2, 2)])
def test_permits_a_partner_from_its_stake_on(stake: float, least: float) -> None:
    """Without a stake eu counts with a ten-thousandth of its 5 M EUR."""
    problem = a_problem(partners=[{**eu(5)[0], "min_contribution": stake}])
    paid = {"used[eu,p1]": 1, "pay[a,eu,money,p1]": 2}
    assert permits(problem, "partner_coordination", {**paid, "x[eu,train,money,p1]": least})
    assert not permits(problem, "partner_coordination", {**paid, "x[eu,train,money,p1]": 0.99 * least})


def test_a_stake_may_be_given_in_parts() -> None:
    """Of its stake of 2, eu gives 1 to each of two activities; in watch, where its stake is 4, that is a quarter."""
    partner = {**eu(5)[0], "min_contribution": {"train": 2, "watch": 2}}
    problem = a_problem(partners=[partner], activities=[{"id": "train"}, {"id": "watch"}])
    given = {"used[eu,p1]": 1, "pay[a,eu,money,p1]": 2, "x[eu,train,money,p1]": 1, "x[eu,watch,money,p1]": 1}
    assert permits(problem, "partner_coordination", given)


def test_nobody_pays_for_a_partner_that_gives_nothing() -> None:
    """Equal shares: b has only experts, which no activity needs, so without eu nobody pays. eu has nothing to give."""
    problem = a_problem(
        resources=[{"id": "money"}, {"id": "experts"}],
        members=[{"id": "a", "resources": {"money": 10}}, {"id": "b", "resources": {"experts": 5}}],
        partners=[{"id": "eu", "resources": {}, "coordination_cost": {"resource": "experts", "amount": 3}}],
        burden_sharing={"type": "proportional", "tolerance": 0},
    )
    assert optimum(problem) == pytest.approx(0)
    assert optimum(problem, "burden") == pytest.approx(10)


@pytest.mark.parametrize("price, rows", [(0, 0), (0.5, 3)])
def test_a_price_of_nothing_is_none(price: float, rows: int) -> None:
    assert len(rows_of(a_problem(partners=eu(6, price)), "partner_coordination").splitlines()) == rows


def test_forbids_a_partner_that_is_not_harnessed() -> None:
    assert not permits(with_an_onlooker(), "partner_coordination", {"x[eu,train,money,p1]": 0.1})
    assert permits(with_an_onlooker(), "partner_coordination", {"x[un,train,money,p1]": 1})


def test_forbids_who_is_willing_nowhere_to_pay() -> None:
    decisions = {"x[eu,train,money,p1]": 5, "used[eu,p1]": 1, "pay[a,eu,money,p1]": 1, "pay[b,eu,money,p1]": 1}
    assert not permits(with_an_onlooker(), "partner_coordination", decisions)


@pytest.mark.parametrize("money, value", [(6, 14), (2, 10), (1, 10)])
def test_a_partner_is_harnessed_where_it_brings_more_than_it_takes(money: float, value: float) -> None:
    """a has 10 and pays 2 for eu: 10 - 2 + 6. If eu has only 2 or 1, it is not used."""
    assert optimum(a_problem(partners=eu(money))) == pytest.approx(value)


def test_a_partner_is_harnessed_whole_or_not_at_all() -> None:
    """eu gives 3 to each of two activities at the full price: 10 - 2 + 6. A fractional `used` of ½ would halve the
    price.
    """
    assert optimum(a_problem(partners=eu(), activities=[{"id": "train"}, {"id": "watch"}])) == pytest.approx(14)


def test_payments_are_bounded_by_the_price() -> None:
    """The bound follows from the rows but is stated on the variables too: without it the presolve of HiGHS 1.15.1 may
    never end.
    """
    pay = program(with_an_onlooker(), Config(relax=get_args(Group))).pay
    assert {key: one.bounds for key, one in pay.items()} == {
        ("a", "eu", "money", "p1"): (0, 2),
        ("b", "eu", "money", "p1"): (0, 2),
    }


def test_the_price_is_paid_in_each_period_of_use() -> None:
    """eu has 6 in p1 and 1 in p2. It is used in p1 only: 10 - 2 + 6, then 10."""
    assert optimum(a_problem(periods=["p1", "p2"], partners=eu([6, 1]))) == pytest.approx(24)


def test_several_share_the_price() -> None:
    """a and b have 1.5 each and the price is 2, which neither could pay alone. 3 - 2 + 6 = 7."""
    who = [{"id": one, "resources": {"money": 1.5}} for one in ("a", "b")]
    assert optimum(a_problem(members=who, partners=eu())) == pytest.approx(7)


def test_relaxing_participation_makes_an_onlooker_pay() -> None:
    """a only acquiesces, so no member pays for eu and nothing runs. Relaxed: 10 - 2 + 6."""
    problem = a_problem(positions=[{"member": "a", "activity": "train", "value": 0}], partners=eu())
    assert optimum(problem) == pytest.approx(0)
    assert optimum(problem, "participation") == pytest.approx(14)


def test_a_member_made_willing_by_a_concession_pays() -> None:
    """b objects to train, and a concession of 1 point resolves it. Then a is willing and pays 2 for eu: 10 - 2 + 6."""
    problem = a_problem(
        members=[*members("a"), {"id": "b"}],
        partners=eu(),
        positions=[{"member": "b", "activity": "train", "value": -2}],
        concessions={"budget": 1},
    )
    assert optimum(problem) == pytest.approx(14)


def test_the_plan_says_who_paid_what() -> None:
    plan = solved(with_an_onlooker()).plan
    assert [(one.member, one.partner, one.amount) for one in plan.coordination] == [("a", "eu", 2)]


@FEW
@given(tenths(0, 8), tenths(0, 8))
def test_a_greater_price_never_raises_the_optimum(one: float, other: float) -> None:
    low, high = sorted((one, other))
    assert optimum(a_problem(partners=eu(6, low))) >= optimum(a_problem(partners=eu(6, high))) - 1e-6
