import pytest

from models.plan import Coordination
from models.problem.problem import Problem
from optimizer.check.partner_coordination import rows
from optimizer.check.row import Row
from tests.support.optima import solved
from tests.support.plans import a_plan, broken, broken_rows, rows_of
from tests.support.problems import a_problem, members

EU = {"id": "eu", "resources": {"money": 5}, "coordination_cost": {"resource": "money", "amount": 2}}


def harnessed(**fields: object) -> Problem:
    return a_problem(members=members("a", "b"), partners=[EU], **fields)


@pytest.mark.parametrize(
    "paid, verdict", [(2, set()), (1.999, {"partner_coordination"}), (2.001, {"partner_coordination"})]
)
def test_a_partner_that_gives_is_paid_for_exactly(paid: float, verdict: set[str]) -> None:
    problem = harnessed()
    assert broken(problem, a_plan(problem, {"eu/train": 5}, pays={"a/eu/money/p1": paid})) == verdict


def test_forbids_a_partner_that_nobody_pays_for() -> None:
    problem = harnessed()
    assert broken_rows(problem, a_plan(problem, {"eu/train": 0.001})) == ["partner_coordination eu/money/p1"]


def test_members_may_share_the_price() -> None:
    problem = harnessed()
    assert not broken(problem, a_plan(problem, {"eu/train": 5}, pays={"a/eu/money/p1": 0.5, "b/eu/money/p1": 1.5}))


def test_a_partner_may_be_harnessed_and_left_idle() -> None:
    problem = harnessed()
    assert not broken(problem, a_plan(problem, pays={"a/eu/money/p1": 2}))
    assert broken(problem, a_plan(problem, pays={"a/eu/money/p1": 0.5})) == {"partner_coordination"}


def test_every_period_has_its_price() -> None:
    problem = harnessed(periods=["p1", "p2"])
    gives = {"eu/train/money/p1": 5, "eu/train/money/p2": 5}
    assert not broken(problem, a_plan(problem, gives, pays={"a/eu/money/p1": 2, "a/eu/money/p2": 2}))
    assert broken(problem, a_plan(problem, gives, pays={"a/eu/money/p1": 2})) == {"partner_coordination"}


def test_only_the_willing_pay_unless_participation_is_relaxed() -> None:
    problem = harnessed(positions=[{"member": "b", "activity": "train", "value": 0}])
    plan = a_plan(problem, {"eu/train": 5}, pays={"b/eu/money/p1": 2})
    assert broken_rows(problem, plan) == ["partner_coordination b/eu/money/p1"]
    assert not broken(problem, plan, relax=("participation",))


def test_whoever_could_only_give_where_something_is_closed_is_not_willing() -> None:
    blocked = [{"member": "a", "activity": "train", "value": -2}]
    problem = harnessed(
        positions=blocked,
        activities=[{"id": "train"}, {"id": "watch", "frameworks": ["closed"]}],
        frameworks=[{"id": "alliance"}, {"id": "closed", "enabled": False}],
    )
    plan = a_plan(problem, pays={"b/eu/money/p1": 2})
    assert broken(problem, plan) == {"partner_coordination"}
    assert not broken(problem, plan, relax=("decision",))


def test_what_concessions_could_open_makes_willing() -> None:
    blocked = [{"member": "a", "activity": "train", "value": -2}]
    plenty = harnessed(positions=blocked, concessions={"budget": 1})
    scarce = harnessed(positions=blocked, concessions={"budget": 0.5})
    assert not broken(plenty, a_plan(plenty, pays={"b/eu/money/p1": 2}))
    assert broken(scarce, a_plan(scarce, pays={"b/eu/money/p1": 2})) == {"partner_coordination"}


def test_t11_a_partner_never_pays_its_own_coordination() -> None:
    problem = harnessed()
    plan = a_plan(problem, {"eu/train": 3})
    paid = {"member": "eu", "partner": "eu", "resource": "money", "period": "p1", "amount": 2}
    own = plan.model_copy(update={"coordination": (Coordination.model_validate(paid),)})
    assert broken(problem, own) == {"plan"}


def test_nothing_is_paid_for_a_partner_that_costs_nothing() -> None:
    problem = a_problem(partners=[{"id": "un", "resources": {"money": 5}}])
    assert not broken(problem, a_plan(problem, {"un/train": 5}))
    assert broken(problem, a_plan(problem, {"un/train": 5}, pays={"a/un/money/p1": 1})) == {"partner_coordination"}


def test_a_plan_found_with_just_enough_to_concede_passes() -> None:
    """b's objection is −1 − (−1.3), a digit more than 0.3. a pays 2 of its 10 for the 5 of eu: 8 + 5."""
    problem = harnessed(
        positions=[{"member": "b", "activity": "train", "value": -1.3}], concessions={"budget": 0.3, "max_per_case": 4}
    )
    assert solved(problem).objectives[0].value == pytest.approx(13)


def test_says_what_is_paid_and_what_it_takes() -> None:
    """eu gives in p1 and is paid half; in p2 it gives nothing and is paid 0.75 of 2, which is nearer to nothing."""
    problem = harnessed(
        periods=["p1", "p2"],
        positions=[{"member": "b", "activity": "train", "value": 0}],
        resources=[{"id": "money"}, {"id": "ships"}],
    )
    plan = a_plan(
        problem,
        {"eu/train/money/p1": 5},
        pays={"a/eu/money/p1": 0.5, "b/eu/money/p1": 0.5, "a/eu/money/p2": 0.75, "a/eu/ships/p2": 3},
    )
    assert rows_of(rows, problem, plan) == [
        Row(
            key=f"eu/{resource}/{period}",
            left=paid,
            sense="=",
            right=price,
            sentence=f"{paid:g} {resource} are paid to harness eu, it takes {takes}",
        )
        for resource, period, paid, price, takes in (
            ("money", "p1", 1, 2, 2),
            ("money", "p2", 0.75, 0, 2),
            ("ships", "p2", 3, 0, 0),
        )
    ] + [
        Row(
            key="b/eu/money/p1",
            left=0.5,
            sense="<=",
            right=0,
            sentence="b pays 0.5 money to harness eu and is not willing",
        )
    ]


def test_a_partner_that_gives_in_one_future_is_paid_for_in_all() -> None:
    """Whether eu is harnessed is decided once: it helps in one future only, and is paid for in both."""
    problem = harnessed(scenarios=[{"id": "one"}, {"id": "other"}], criterion={"type": "expected", "recourse": True})
    plan = a_plan(problem, {"eu/train/money/p1/one": 5}, runs={"train": None}, pays={"a/eu/money/p1/one": 2})
    assert [(row.left, row.right) for row in rows_of(rows, problem, plan)] == [(2, 2), (0, 2)]


def test_what_the_unwilling_pay_in_another_future_is_not_judged_here() -> None:
    problem = harnessed(
        positions=[{"member": "b", "activity": "train", "value": 0}],
        scenarios=[{"id": "one"}, {"id": "other"}],
        criterion={"type": "expected", "recourse": True},
    )
    plan = a_plan(problem, pays={"b/eu/money/p1/one": 2})
    assert broken_rows(problem, plan) == ["partner_coordination b/eu/money/p1@one"]
