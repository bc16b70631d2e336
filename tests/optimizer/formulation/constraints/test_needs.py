import pytest

from models.problem.problem import Problem
from tests.support.families import permits, rows_of
from tests.support.optima import is_infeasible, optimum
from tests.support.problems import a_problem

RESOURCES = [{"id": "money"}, {"id": "troops"}, {"id": "police"}]


def a_bundle() -> Problem:
    return a_problem(
        resources=RESOURCES,
        members=[
            {"id": "a", "resources": {"money": 10, "troops": 4}, "productivity": 2},
            {"id": "b", "resources": {"police": 6}},
        ],
        frameworks=[{"id": "alliance"}, {"id": "coalition", "cost_multiplier": 1.5}],
        activities=[
            {
                "id": "train",
                "needs": [
                    {"from": {"money": 1}, "amount": 2},
                    {"from": {"troops": 1, "police": 0.5}, "amount": 3},
                ],
                "frameworks": ["alliance", "coalition"],
            }
        ],
    )


def test_rows_are_equalities_one_for_each_line() -> None:
    assert rows_of(a_bundle(), "needs") == (
        "needs[train,0,p1]: 2.0*x[a,train,money,p1] - 2.0*e[train,alliance,p1] - 3.0*e[train,coalition,p1]  ==  0\n"
        "needs[train,1,p1]: 2.0*x[a,train,troops,p1] + 0.5*x[b,train,police,p1] - 3.0*e[train,alliance,p1]"
        " - 4.5*e[train,coalition,p1]  ==  0\n"
    )


@pytest.mark.parametrize("money, holds", [(1.9, False), (2, True), (2.1, False)])
def test_permits_exactly_what_a_level_takes(money: float, *, holds: bool) -> None:
    decisions = {
        "e[train,alliance,p1]": 2,
        "x[a,train,money,p1]": money,
        "x[a,train,troops,p1]": 2,
        "x[b,train,police,p1]": 4,
    }
    assert permits(a_bundle(), "needs", decisions) is holds


def test_resources_of_one_line_stand_in_for_each_other() -> None:
    taken = {"e[train,alliance,p1]": 2, "x[a,train,money,p1]": 2}
    assert permits(a_bundle(), "needs", taken | {"x[a,train,troops,p1]": 3})
    assert permits(a_bundle(), "needs", taken | {"x[b,train,police,p1]": 12})
    assert not permits(a_bundle(), "needs", taken | {"x[b,train,police,p1]": 3})


def test_the_scarcest_line_limits() -> None:
    """Money: 2·10 / 2 = 10 levels. Troops and police: (2·4 + ½·6) / 3 = 11/3 levels. So 11/3."""
    assert optimum(a_bundle()) == pytest.approx(11 / 3)


def test_a_dearer_framework_makes_less_of_the_same_means() -> None:
    """Only the coalition, at 1.5 times the cost: (2·4 + ½·6) / 4.5 = 22/9."""
    document = a_bundle().document
    document["frameworks"][0]["enabled"] = False
    assert optimum(Problem.model_validate(document)) == pytest.approx(22 / 9)


def test_a_floor_on_spending_is_not_met_by_waste() -> None:
    """4 M EUR must be spent in iraq: one level of train, its maximum, 1 point. The other 6 go to watch, 3 points a
    level. A floor of 8 is infeasible, because train cannot take more than it needs.
    """

    def spending(amount: float) -> Problem:
        return a_problem(
            theatres=[{"id": "iraq"}, {"id": "syria"}],
            activities=[
                {"id": "train", "needs": {"money": 4}, "max_level": 1},
                {"id": "watch", "theatre": "syria", "effect": {"type": "linear", "per_level": 3}},
            ],
            policy={"min_spend": [{"theatre": "iraq", "amount": amount}]},
        )

    assert optimum(spending(4)) == pytest.approx(1 + 3 * 6)
    assert is_infeasible(spending(8))
