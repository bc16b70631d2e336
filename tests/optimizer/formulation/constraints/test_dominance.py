import pytest
from hypothesis import given

from models.problem.problem import Problem
from tests.support.families import permits, rows_of
from tests.support.laws import FEW, tenths
from tests.support.optima import optimum, solved
from tests.support.problems import a_problem


def shared(*shares: dict[str, object], **fields: object) -> Problem:
    """a has 10, b 4, the partner 2. train in iraq gives 1 a level, watch in syria 2."""
    return a_problem(
        **{
            "members": [{"id": "a", "resources": {"money": 10}}, {"id": "b", "resources": {"money": 4}}],
            "partners": [{"id": "eu", "resources": {"money": 2}}],
            "theatres": [{"id": "iraq"}, {"id": "syria", "risk": 12}],
            "activities": [
                {"id": "train"},
                {"id": "watch", "theatre": "syria", "effect": {"type": "linear", "per_level": 2}},
            ],
            "policy": {"max_contributor_share": list(shares)},
            **fields,
        }
    )


def test_rows_compare_each_with_what_is_spent_in_scope() -> None:
    problem = shared(
        {"share": 0.5},
        {"share": 0.25, "theatre": "syria", "contributor": "a"},
        {"share": 1, "theatre": "iraq"},
        resources=[{"id": "money"}, {"id": "troops", "unit_cost": 2}],
        members=[{"id": "a", "resources": {"money": 10}}, {"id": "b", "resources": {"troops": 4}}],
        partners=[],
        activities=[{"id": "train", "needs": {"troops": 1}}, {"id": "watch", "theatre": "syria"}],
    )
    assert rows_of(problem, "dominance") == (
        "dominance[together,ALL]: - spent[ALL] + 2.0*x[b,train,troops,p1] + x[a,watch,money,p1]  ==  0\n"
        "dominance[together,syria]: - spent[syria] + x[a,watch,money,p1]  ==  0\n"
        "dominance[most,ALL,ALL,b]: 2.0*x[b,train,troops,p1] - 0.5*spent[ALL]  <=  0\n"
        "dominance[most,ALL,ALL,a]: x[a,watch,money,p1] - 0.5*spent[ALL]  <=  0\n"
        "dominance[most,syria,a,a]: x[a,watch,money,p1] - 0.25*spent[syria]  <=  0\n"
    )


@pytest.mark.parametrize("amount, holds", [(2.9, True), (3, True), (3.1, False)])
def test_permits_up_to_the_share_of_all_that_is_spent(amount: float, *, holds: bool) -> None:
    decisions = {"x[a,train,money,p1]": amount, "x[b,watch,money,p1]": 2, "x[eu,train,money,p1]": 1}
    spent = {"spent[ALL]": amount + 3}
    assert permits(shared({"share": 0.5}), "dominance", decisions | spent) is holds


def test_no_contributor_owns_the_whole() -> None:
    """No contributor above one half: b and the partner give 6, so a gives 6. Of these 12, 6 in syria give 12 points and
    6 in iraq 6. Relaxed: all 16, 12 + 10.
    """
    problem = shared({"share": 0.5})
    assert optimum(problem) == pytest.approx(18)
    assert optimum(problem, "policy") == pytest.approx(22)


def test_a_share_of_a_theatre_is_of_what_is_spent_there() -> None:
    """a at most a third of syria, where 6 M EUR remove all risk. The others give 4 of these and a 2; a's other 8 and
    the others' 2 go to iraq: 12 + 10. At a share of 0 b and the partner give the 6: 12 + 10. With b at 2 and no
    partner, a gives 1: 2·3 + 9.
    """
    third = {"share": 1 / 3, "theatre": "syria", "contributor": "a"}
    assert optimum(shared(third)) == pytest.approx(22)
    assert optimum(shared(third | {"share": 0})) == pytest.approx(22)
    few = [{"id": "a", "resources": {"money": 10}}, {"id": "b", "resources": {"money": 2}}]
    assert optimum(shared(third, members=few, partners=[])) == pytest.approx(15)


def test_shares_bind_partners_too() -> None:
    """Only b and the partner. At a quarter each, two contributors cannot reach 1, so spending is 0. At one half: 2 and
    2.
    """
    only_b = [{"id": "b", "resources": {"money": 4}}]
    assert optimum(shared({"share": 0.25}, members=only_b)) == pytest.approx(0)
    assert optimum(shared({"share": 0.5}, members=only_b)) == pytest.approx(8)


def test_holds_over_the_horizon_not_in_each_period() -> None:
    """b has an endowment only in the second period. a gives 4 in the first, b 4 in the second: half of 8 each."""
    problem = shared(
        {"share": 0.5},
        periods=["p1", "p2"],
        members=[{"id": "a", "resources": {"money": [10, 0]}}, {"id": "b", "resources": {"money": [0, 4]}}],
        partners=[],
    )
    assert optimum(problem) == pytest.approx(16)
    assert {one.member: one.cost for one in solved(problem).plan.burden} == pytest.approx({"a": 4, "b": 4})


@FEW
@given(share=tenths(0, 1), more=tenths(0, 1))
def test_a_greater_share_never_lowers_the_optimum(share: float, more: float) -> None:
    greater = min(1.0, share + more)
    assert optimum(shared({"share": greater})) >= optimum(shared({"share": share})) - 1e-6
