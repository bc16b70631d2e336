from typing import Any, get_args

import pytest
from hypothesis import given

from models.config import Group
from models.problem.problem import Problem
from tests.support.families import permits, rows_of
from tests.support.laws import FEW, tenths
from tests.support.optima import optimum
from tests.support.problems import a_problem, members

PAIR = [{"id": "coalition", "rule": {"type": "participants", "min_participants": 2}}]


def counted() -> Problem:
    """A quorum of two members and a partner, a rivalry, and needs that money or unpaid staff can fill."""
    return a_problem(
        members=members("a", "b", min_contribution=2),
        partners=[
            {"id": "eu", "resources": {"staff": 4, "money": 1}},
            {"id": "un", "resources": {"money": 3}, "min_contribution": 0.5},
        ],
        resources=[{"id": "money"}, {"id": "staff", "unit": "persons", "unit_cost": 0}],
        frameworks=[{"id": "coalition", "rule": {"type": "participants", "min_participants": 2, "min_partners": 1}}],
        rivalries=[{"between": ["a", "b"]}],
        activities=[{"id": "train", "needs": [{"from": {"money": 1, "staff": 0.5}, "amount": 2}]}],
    )


def test_rows_link_counting_from_below_and_presence_from_above() -> None:
    assert rows_of(counted(), "participation") == (
        "participation[runs,a,train,p1]: counts[a,train,p1]  <=  y[train,coalition,p1]\n"
        "participation[stake,a,train,p1]: 0  <=  x[a,train,money,p1] - 2.0*counts[a,train,p1]\n"
        "participation[runs,b,train,p1]: counts[b,train,p1]  <=  y[train,coalition,p1]\n"
        "participation[stake,b,train,p1]: 0  <=  x[b,train,money,p1] - 2.0*counts[b,train,p1]\n"
        "participation[runs,eu,train,p1]: counts[eu,train,p1]  <=  y[train,coalition,p1]\n"
        "participation[stake,eu,train,p1]: 0  <=  10000.0*x[eu,train,money,p1]"
        " + 2500.0*x[eu,train,staff,p1] - counts[eu,train,p1]\n"
        "participation[runs,un,train,p1]: counts[un,train,p1]  <=  y[train,coalition,p1]\n"
        "participation[stake,un,train,p1]: 0  <=  x[un,train,money,p1] - 0.5*counts[un,train,p1]\n"
        "participation[present,a,train,money,p1]: x[a,train,money,p1]  <=  10.0*present[a,train,p1]\n"
        "participation[present,b,train,money,p1]: x[b,train,money,p1]  <=  10.0*present[b,train,p1]\n"
    )


def test_no_row_if_no_rule_counts_or_excludes_a_contributor() -> None:
    assert rows_of(a_problem(), "participation") == ""


def test_rows_ask_in_each_activity_for_the_stake_that_counts_there() -> None:
    stakes = {"train": 2, "patrol": 3}
    problem = a_problem(
        members=members("a", min_contribution=stakes),
        frameworks=[{"id": "coalition", "rule": {"type": "participants", "min_participants": 1}}],
        activities=[{"id": one} for one in stakes],
    )
    rows = rows_of(problem, "participation").splitlines()
    assert [row for row in rows if row.startswith("participation[stake")] == [
        "participation[stake,a,train,p1]: 0  <=  x[a,train,money,p1] - 2.0*counts[a,train,p1]",
        "participation[stake,a,patrol,p1]: 0  <=  x[a,patrol,money,p1] - 3.0*counts[a,patrol,p1]",
    ]


@pytest.mark.parametrize("given, holds", [(1.9, False), (2, True), (2.1, True)])
def test_permits_to_count_from_the_stake_on(given: float, *, holds: bool) -> None:
    decisions = {
        "counts[a,train,p1]": 1,
        "y[train,coalition,p1]": 1,
        "x[a,train,money,p1]": given,
        "present[a,train,p1]": 1,
    }
    assert permits(counted(), "participation", decisions) is holds


@pytest.mark.parametrize("staff, holds", [(0.00039, False), (0.00041, True)])
def test_permits_a_partner_without_a_stake_to_count_by_a_token(staff: float, *, holds: bool) -> None:
    decisions = {"counts[eu,train,p1]": 1, "y[train,coalition,p1]": 1, "x[eu,train,staff,p1]": staff}
    assert permits(counted(), "participation", decisions) is holds


def test_permits_to_give_less_than_the_stake_without_counting() -> None:
    assert permits(counted(), "participation", {"x[a,train,money,p1]": 1, "present[a,train,p1]": 1})


def test_forbids_to_count_in_what_does_not_run() -> None:
    decisions = {"counts[a,train,p1]": 1, "x[a,train,money,p1]": 5, "present[a,train,p1]": 1}
    assert not permits(counted(), "participation", decisions)


@pytest.mark.parametrize("present, holds", [(1, True), (0.5, True), (0.4, False), (0, False)])
def test_forbids_to_give_without_being_there(present: float, *, holds: bool) -> None:
    decisions = {"x[b,train,money,p1]": 5, "present[b,train,p1]": present}
    assert permits(counted(), "participation", decisions) is holds


def a_pair(money: float) -> Problem:
    """Two members must count, at 3 M EUR each: a has 10, b has `money`."""
    return a_problem(
        members=[
            {"id": "a", "resources": {"money": 10}, "min_contribution": 3},
            {"id": "b", "resources": {"money": money}, "min_contribution": 3},
        ],
        frameworks=PAIR,
    )


@pytest.mark.parametrize("money, value", [(2, 0), (3, 13)])
def test_a_quorum_needs_whole_stakes(money: float, value: float) -> None:
    """If b has 2, nothing runs. If b has 3, both give everything: 13."""
    assert optimum(a_pair(money)) == pytest.approx(value)


def test_stakes_stay_binding_unless_the_counting_rule_is_relaxed() -> None:
    """All groups except `decision`, which counts, are relaxed: the 2 of b do not reach its stake of 3."""
    rest = [group for group in get_args(Group) if group != "decision"]
    assert optimum(a_pair(2), *rest) == pytest.approx(0)
    assert optimum(a_pair(2), *rest, "decision") == pytest.approx(12)


def test_a_member_may_give_less_than_its_stake_without_counting() -> None:
    """a and b count at 3 each. c adds its 1 M EUR without counting: 10 + 10 + 1."""
    problem = a_problem(
        members=[*members("a", "b", min_contribution=3), {"id": "c", "resources": {"money": 1}, "min_contribution": 3}],
        frameworks=PAIR,
    )
    assert optimum(problem) == pytest.approx(21)


def test_nothing_relaxes_who_has_no_access() -> None:
    """Only a has access to iraq: 10, whichever groups are relaxed."""
    problem = a_problem(members=members("a", "b"), theatres=[{"id": "iraq", "access": ["a"]}])
    assert optimum(problem) == pytest.approx(10)
    assert optimum(problem, "participation", "decision", "consent", "policy") == pytest.approx(10)


def test_access_is_needed_in_every_scenario() -> None:
    """b has access to iraq only in one scenario. Contributions are decided once, so b gives nothing: 10 in both."""
    problem = a_problem(
        members=members("a", "b"),
        scenarios=[{"id": "open"}, {"id": "shut", "overrides": {"theatres/iraq/access": ["a"]}}],
    )
    assert optimum(problem) == pytest.approx(10)


def test_a_limit_closes_contributions_without_access_in_a_scenario() -> None:
    problem = a_problem(
        members=members("a", "b"),
        scenarios=[{"id": "open"}, {"id": "shut", "overrides": {"theatres/iraq/access": ["a"]}}],
    )
    assert rows_of(problem, "participation") == "x[b,train,money,p1] <= 0  (b has no access)\n"


@FEW
@given(tenths(0.1, 6), tenths(0.1, 6))
def test_a_greater_stake_never_raises_the_optimum(one: float, other: float) -> None:
    def reduction(stake: float) -> float:
        who: list[dict[str, Any]] = [
            {"id": "a", "resources": {"money": 5}, "min_contribution": stake},
            {"id": "b", "resources": {"money": 4}, "min_contribution": stake},
        ]
        return optimum(a_problem(members=who, frameworks=PAIR))

    low, high = sorted((one, other))
    assert reduction(low) >= reduction(high) - 1e-6
