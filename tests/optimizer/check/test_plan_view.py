import pytest

from models.ids import ActivityId, ContributorId, ResourceId
from models.plan import Plan
from models.problem.problem import Problem
from optimizer.check.facts import Facts
from optimizer.check.row import slack
from optimizer.check.scenarios import read
from optimizer.tolerances import SIZE_FLOOR, TOKEN_SHARE
from tests.support.plans import a_plan, changed
from tests.support.problems import a_problem, members

A, EU, TRAIN = ContributorId("a"), ContributorId("eu"), ActivityId("train")
MONEY, TROOPS = ResourceId("money"), ResourceId("troops")
RECOURSE = {"scenarios": [{"id": "one"}, {"id": "other"}], "criterion": {"type": "expected", "recourse": True}}


def facts_of(problem: Problem, plan: Plan) -> Facts:
    (facts,) = read(problem, plan, ())
    return facts


def counts(problem: Problem, who: ContributorId, amount: float) -> bool:
    return facts_of(problem, a_plan(problem, {f"{who}/train": amount})).counts(who, (TRAIN, 0))


def test_repeated_amounts_add_up() -> None:
    radar = {"id": "radar", "contributor": "a", "cost": {"money": 2}, "adds": {"money": 3}, "max": 9}
    problem = a_problem(investments=[radar], concessions={"budget": 9}, partners=[{"id": "eu"}])
    plan = a_plan(
        problem, {"a/train": 2}, pays={"a/eu/money/p1": 1}, concedes={"a/train/alliance": 0.5}, buys={"radar/p1": 1}
    )
    document = plan.model_dump()
    twice = {name: document[name] * 2 for name in ("allocations", "coordination", "concessions", "investments")}
    facts = facts_of(problem, changed(plan, **twice))
    assert facts.contributions == {("a", "train", 0): {"money": 4}}
    assert facts.use == {("a", "money", 0): 4 + 2 + 4}
    assert facts.cost == {"a": 10}
    assert facts.conceded == {("a", "train", "alliance"): 1}
    assert facts.bought_units == {("radar", 0): 2}
    assert facts.capacity(A, MONEY, 0) == 10 + 6


def test_an_investment_adds_only_its_own_resources() -> None:
    barracks = {"id": "barracks", "contributor": "a", "cost": {}, "adds": {"troops": 5}, "max": 2}
    problem = a_problem(resources=[{"id": "money"}, {"id": "troops"}], investments=[barracks])
    facts = facts_of(problem, a_plan(problem, buys={"barracks/p1": 1}))
    assert (facts.added(A, TROOPS, 0), facts.most_added(A, TROOPS, 0), facts.capacity(A, TROOPS, 0)) == (5, 10, 5)
    assert (facts.added(A, MONEY, 0), facts.most_added(A, MONEY, 0), facts.capacity(A, MONEY, 0)) == (0, 0, 10)


def test_a_payment_counts_only_in_its_scenario() -> None:
    problem = a_problem(partners=[{"id": "eu"}], **RECOURSE)
    plan = a_plan(problem, pays={"a/eu/money/p1/other": 1})
    assert [dict(one.use) for one in read(problem, plan, ())] == [{}, {("a", "money", 0): 1}]


@pytest.mark.parametrize("off, verdict", [(0.5, True), (1, True), (1.01, False)])
def test_a_stake_has_the_tolerance_of_a_row(off: float, *, verdict: bool) -> None:
    problem = a_problem(members=members("a", min_contribution=2))
    assert counts(problem, A, 2 - off * slack(2)) is verdict


def test_a_stake_may_differ_by_activity() -> None:
    stakes = {"watch": 1, "train": 4}
    problem = a_problem(
        members=[{"id": "a", "resources": {"money": 10}, "min_contribution": stakes}],
        activities=[{"id": "train"}, {"id": "watch"}],
    )
    facts = facts_of(problem, a_plan(problem, {"a/train": 3, "a/watch": 3}))
    assert (facts.counts(A, (TRAIN, 0)), facts.counts(A, (ActivityId("watch"), 0))) == (False, True)


@pytest.mark.parametrize("unit", [1e-9, 1, 1e9])
@pytest.mark.parametrize("off, verdict", [(-1, True), (0.99, True), (1.01, False)])
def test_a_partner_without_a_stake_counts_with_a_share_of_its_means(off: float, unit: float, *, verdict: bool) -> None:
    """Of 5 M EUR, within the tolerance of the row about its means."""
    problem = a_problem(partners=[{"id": "eu", "resources": {"money": 5 * unit}}])
    assert counts(problem, EU, 5 * unit * (TOKEN_SHARE - off * slack(SIZE_FLOOR))) is verdict


def test_means_are_the_most_of_any_period_with_all_that_can_be_bought() -> None:
    """3 in p1 and 1 + 2 · 4 in p2, when the radars have arrived; the third kind arrives after the last period."""
    radar = {"id": "radar", "contributor": "eu", "cost": {}, "adds": {"money": 4}, "max": 2, "lead_time": 1}
    late = {"id": "late", "contributor": "eu", "cost": {}, "adds": {"money": 90}, "max": 1, "lead_time": 2}
    problem = a_problem(
        periods=["p1", "p2"], partners=[{"id": "eu", "resources": {"money": [3, 1]}}], investments=[radar, late]
    )
    token = 9 * TOKEN_SHARE
    assert (counts(problem, EU, 0.99 * token), counts(problem, EU, token)) == (False, True)


@pytest.mark.parametrize("amount, verdict", [(1e-12, True), (0, False), (3, True)])
def test_a_member_without_a_stake_counts_with_any_contribution(amount: float, *, verdict: bool) -> None:
    """However small beside 10 M EUR: rounding is taken off a plan before it is told."""
    assert counts(a_problem(), A, amount) is verdict
