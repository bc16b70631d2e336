import pytest

from models.config import Group
from models.plan import Coordination
from models.problem.problem import Problem
from optimizer.check.check import check
from optimizer.check.partner_coordination import rows
from optimizer.check.row import RuleRow
from optimizer.tolerances import SIZE_FLOOR
from tests.support.optima import solved
from tests.support.plans import a_plan, broken, broken_rows, rows_of
from tests.support.problems import a_problem, members

DECISION: tuple[Group, ...] = ("decision",)

EU = {"id": "eu", "resources": {"money": 5}, "coordination_cost": {"resource": "money", "amount": 2}}


def harnessed(**fields: object) -> Problem:
    return a_problem(members=members("a", "b"), partners=[EU], **fields)


@pytest.mark.parametrize(
    "paid, verdict", [(2, set()), (1.999, {"partner_coordination"}), (2.001, {"partner_coordination"})]
)
def test_a_partner_that_gives_is_paid_for_exactly(paid: float, verdict: set[str]) -> None:
    problem = harnessed()
    assert broken(problem, a_plan(problem, {"eu/train": 5}, pays={"a/eu/money/p1": paid})) == verdict


def test_forbids_a_partner_without_a_payment() -> None:
    problem = harnessed()
    assert broken_rows(problem, a_plan(problem, {"eu/train": 0.001})) == ["partner_coordination eu/money/p1"]


def test_members_may_share_the_price() -> None:
    problem = harnessed()
    assert not broken(problem, a_plan(problem, {"eu/train": 5}, pays={"a/eu/money/p1": 0.5, "b/eu/money/p1": 1.5}))


def test_a_harnessed_partner_gives_something() -> None:
    problem = harnessed()
    assert broken_rows(problem, a_plan(problem, pays={"a/eu/money/p1": 2})) == ["partner_coordination eu/gives/p1"]
    assert broken_rows(problem, a_plan(problem, pays={"a/eu/money/p1": 0.5})) == ["partner_coordination eu/money/p1"]


@pytest.mark.parametrize("stake, least", [(0, 5e-4), (2, 2)])
def test_a_harnessed_partner_gives_at_least_its_stake(stake: float, least: float) -> None:
    """Without a stake eu counts with a ten-thousandth of its 5 M EUR."""
    problem = a_problem(members=members("a", "b"), partners=[EU | {"min_contribution": stake}])
    paid = {"a/eu/money/p1": 2}
    assert not broken(problem, a_plan(problem, {"eu/train": least}, pays=paid))
    assert broken_rows(problem, a_plan(problem, {"eu/train": 0.99 * least}, pays=paid)) == [
        "partner_coordination eu/gives/p1"
    ]


def test_every_period_has_its_price() -> None:
    problem = harnessed(periods=["p1", "p2"])
    gives = {"eu/train/money/p1": 5, "eu/train/money/p2": 5}
    assert not broken(problem, a_plan(problem, gives, pays={"a/eu/money/p1": 2, "a/eu/money/p2": 2}))
    assert broken(problem, a_plan(problem, gives, pays={"a/eu/money/p1": 2})) == {"partner_coordination"}


def test_only_willing_members_pay_unless_participation_is_relaxed() -> None:
    problem = harnessed(positions=[{"member": "b", "activity": "train", "value": 0}])
    plan = a_plan(problem, {"eu/train": 5}, pays={"b/eu/money/p1": 2})
    assert broken_rows(problem, plan) == ["partner_coordination b/eu/money/p1"]
    assert not broken(problem, plan, relax=("participation",))


def test_a_member_that_supports_only_closed_activities_is_not_willing() -> None:
    blocked = [{"member": "a", "activity": "train", "value": -2}]
    problem = harnessed(
        positions=blocked,
        activities=[{"id": "train"}, {"id": "watch", "frameworks": ["closed"]}],
        frameworks=[{"id": "alliance"}, {"id": "closed", "enabled": False}],
    )
    plan = a_plan(problem, pays={"b/eu/money/p1": 2})
    assert "partner_coordination b/eu/money/p1" in broken_rows(problem, plan)
    assert "partner_coordination b/eu/money/p1" not in [
        f"{one.constraint} {one.row}" for one in check(problem, plan, relax=DECISION).violations
    ]


def test_concessions_that_could_open_an_activity_make_members_willing() -> None:
    blocked = [{"member": "a", "activity": "train", "value": -2}]
    plenty = harnessed(positions=blocked, concessions={"budget": 1})
    scarce = harnessed(positions=blocked, concessions={"budget": 0.5})
    unwilling = "partner_coordination b/eu/money/p1"
    assert unwilling not in broken_rows(plenty, a_plan(plenty, pays={"b/eu/money/p1": 2}))
    assert unwilling in broken_rows(scarce, a_plan(scarce, pays={"b/eu/money/p1": 2}))


def test_t11_a_partner_never_pays_its_own_coordination() -> None:
    problem = harnessed()
    plan = a_plan(problem, {"eu/train": 3})
    paid = {"member": "eu", "partner": "eu", "resource": "money", "period": "p1", "amount": 2}
    own = plan.model_copy(update={"coordination": (Coordination.model_validate(paid),)})
    assert broken(problem, own) == {"plan"}


def test_forbids_payments_for_a_partner_without_a_price() -> None:
    problem = a_problem(partners=[{"id": "un", "resources": {"money": 5}}])
    assert not broken(problem, a_plan(problem, {"un/train": 5}))
    assert broken(problem, a_plan(problem, {"un/train": 5}, pays={"a/un/money/p1": 1})) == {"partner_coordination"}


def test_accepts_a_plan_with_just_enough_political_capital() -> None:
    """b's objection is −1 − (−1.3), slightly more than 0.3. a pays 2 of its 10 for the 5 of eu: 8 + 5."""
    problem = harnessed(
        positions=[{"member": "b", "activity": "train", "value": -1.3}], concessions={"budget": 0.3, "max_per_case": 4}
    )
    assert solved(problem).objectives[0].value == pytest.approx(13)


def test_states_the_payments_and_the_price() -> None:
    """eu gives in p1 for half the price; in p2 it gives nothing and is paid 0.75 of 2, which is closer to 0."""
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
    priced = [row for row in rows_of(rows, problem, plan) if "gives" not in row.key]
    assert priced == [
        RuleRow(
            key=f"eu/{resource}/{period}",
            left=paid,
            sense="=",
            right=owed,
            sentence=f"Members pay {paid:g} M EUR of {resource} to harness eu in {period}; the price is {price}.",
            scale=size,
        )
        for resource, period, paid, owed, price, size in (
            ("money", "p1", 1, 2, 2, SIZE_FLOOR * 10),
            ("money", "p2", 0.75, 0, 2, SIZE_FLOOR * 10),
            ("ships", "p2", 3, 0, 0, 0),
        )
    ] + [
        RuleRow(
            key="b/eu/money/p1",
            left=0.5,
            sense="<=",
            right=0,
            sentence="b pays 0.5 M EUR of money to harness eu in p1, "
            "but it is not willing to contribute to any activity.",
            scale=10,
        )
    ]


def test_a_partner_that_gives_in_a_scenario_is_paid_for_and_gives_in_all_scenarios() -> None:
    """Harnessing eu is a shared decision: it gives in the first scenario only, and costs its price in both.

    5 M EUR are 10,000 tokens of 0.0005 M EUR; nothing is none.
    """
    problem = harnessed(scenarios=[{"id": "one"}, {"id": "other"}], criterion={"type": "expected", "recourse": True})
    plan = a_plan(problem, {"eu/train/money/p1/one": 5}, runs={"train": None}, pays={"a/eu/money/p1/one": 2})
    assert [(row.left, row.right) for row in rows_of(rows, problem, plan)] == [
        (2, 2),
        (10_000, 1),
        (0, 2),
        (0, 1),
    ]


def test_checks_only_the_payments_of_its_scenario() -> None:
    problem = harnessed(
        positions=[{"member": "b", "activity": "train", "value": 0}],
        scenarios=[{"id": "one"}, {"id": "other"}],
        criterion={"type": "expected", "recourse": True},
    )
    plan = a_plan(problem, pays={"b/eu/money/p1/one": 2})
    assert broken_rows(problem, plan) == [
        "partner_coordination eu/gives/p1@one",
        "partner_coordination b/eu/money/p1@one",
    ]
