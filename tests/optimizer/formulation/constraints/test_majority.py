from typing import Any

import pytest
from hypothesis import given

from models.problem.problem import Problem
from tests.support.families import permits, rows_of
from tests.support.laws import FEW, tenths
from tests.support.optima import optimum, solved
from tests.support.problems import a_problem, members

RUN = "y[train,vote,p1]"
B, C = "vote[b,train,vote,p1]", "vote[c,train,vote,p1]"


def voted(budget: float | None = None, b: float = -1, c: float = -0.5, **rule: Any) -> Problem:
    """a, b, c have 5, 3, 2 votes. a has 10 M EUR and favours train; b and c have the positions `b` and `c`."""
    return a_problem(
        members=[*members("a", votes=5), {"id": "b", "votes": 3}, {"id": "c", "votes": 2}],
        frameworks=[{"id": "vote", "rule": {"type": "majority", **rule}}],
        positions=[
            {"member": "b", "activity": "train", "value": b},
            {"member": "c", "activity": "train", "value": c},
        ],
        concessions=None if budget is None else {"budget": budget},
    )


def test_too_few_votes_close_by_a_limit() -> None:
    assert rows_of(voted(quota=0.7), "majority") == f"{RUN} <= 0  (train under vote lacks 2 votes of its majority)\n"
    assert rows_of(voted(quota=0.5, quota_members=0.5), "majority") == (
        f"{RUN} <= 0  (train under vote lacks 0.5 members of its majority)\n"
    )


def test_half_a_vote_less_is_too_few() -> None:
    assert rows_of(voted(quota=0.55), "majority") == f"{RUN} <= 0  (train under vote lacks 0.5 votes of its majority)\n"


def test_a_framework_that_nobody_votes_on_is_left_out() -> None:
    problem = a_problem(frameworks=[{"id": "alliance"}], default_position=-1)
    assert rows_of(problem, "majority") == ""


@pytest.mark.parametrize(
    "rule, kinds", [({"quota": 0.55}, ["votes"]), ({"quota": 0.5, "quota_members": 0.5}, ["members"])]
)
def test_rows_ask_only_for_what_is_missing(rule: dict[str, float], kinds: list[str]) -> None:
    rows = rows_of(voted(2, **rule), "majority").splitlines()
    asked = [kind for kind in ("votes", "members") if any(row.startswith(f"majority[{kind},") for row in rows)]
    assert asked == kinds


def test_no_row_where_enough_are_for_it() -> None:
    assert rows_of(voted(2, quota=0.5), "majority") == ""


def test_rows_buy_the_votes_and_members_that_are_missing() -> None:
    assert rows_of(voted(2, quota=0.7, quota_members=0.75), "majority") == (
        "majority[votes,train,vote,p1]: 0  <=  3.0*vote[b,train,vote,p1] + 2.0*vote[c,train,vote,p1]"
        " - 2.0*y[train,vote,p1]\n"
        "majority[members,train,vote,p1]: 0  <=  vote[b,train,vote,p1] + vote[c,train,vote,p1]"
        " - 1.25*y[train,vote,p1]\n"
        "majority[vote,b,train,vote,p1]: vote[b,train,vote,p1] - y[train,vote,p1]  <=  0\n"
        "majority[bought,b,train,vote,p1]: vote[b,train,vote,p1] - g[b,train,vote]  <=  0\n"
        "majority[vote,c,train,vote,p1]: vote[c,train,vote,p1] - y[train,vote,p1]  <=  0\n"
        "majority[bought,c,train,vote,p1]: 0.5*vote[c,train,vote,p1] - g[c,train,vote]  <=  0\n"
    )


def test_votes_are_those_on_the_framework() -> None:
    """Under the vote only b is short, by 1. Under the poll b is short by 2 and c by 1. A case allows 1½ points."""
    frameworks = ["vote", "poll"]
    problem = a_problem(
        members=members("a", "b", "c"),
        frameworks=[{"id": framework, "rule": {"type": "majority", "quota": 1}} for framework in frameworks],
        activities=[{"id": "train", "frameworks": frameworks}],
        positions=[
            {"member": i, "activity": "train", "framework": framework, "value": value}
            for i, framework, value in (("b", "vote", -1), ("b", "poll", -2), ("c", "poll", -1))
        ],
        concessions={"budget": 4, "max_per_case": 1.5},
    )
    assert rows_of(problem, "majority") == (
        "majority[votes,train,vote,p1]: 0  <=  vote[b,train,vote,p1] - y[train,vote,p1]\n"
        "majority[vote,b,train,vote,p1]: vote[b,train,vote,p1] - y[train,vote,p1]  <=  0\n"
        "majority[bought,b,train,vote,p1]: vote[b,train,vote,p1] - g[b,train,vote]  <=  0\n"
        "majority[votes,train,poll,p1]: 0  <=  vote[b,train,poll,p1] + vote[c,train,poll,p1] - 2.0*y[train,poll,p1]\n"
        "majority[vote,b,train,poll,p1]: vote[b,train,poll,p1] - y[train,poll,p1]  <=  0\n"
        "majority[bought,b,train,poll,p1]: 2.0*vote[b,train,poll,p1] - g[b,train,poll]  <=  0\n"
        "majority[vote,c,train,poll,p1]: vote[c,train,poll,p1] - y[train,poll,p1]  <=  0\n"
        "majority[bought,c,train,poll,p1]: vote[c,train,poll,p1] - g[c,train,poll]  <=  0\n"
        "y[train,poll,p1] <= 0  (train under poll lacks 1 vote of its majority)\n"
        "vote[b,train,poll,p1] <= 0"
        "  (b is 2 points short of a vote for train under poll, and at most 1.5 can be conceded)\n"
    )


def test_a_member_that_no_concession_wins_has_no_vote() -> None:
    limit = f"{B} <= 0  (b is 1 points short of a vote for train under vote, and at most 0.6 can be conceded)\n"
    assert rows_of(voted(0.6, quota=0.7), "majority").endswith(limit)


@pytest.mark.parametrize("quota, holds", [(0.49, True), (0.5, True), (0.51, False)])
def test_permits_what_has_its_quota(quota: float, *, holds: bool) -> None:
    assert permits(voted(quota=quota), "majority", {RUN: 1}) is holds


@pytest.mark.parametrize("votes, holds", [({}, False), ({C: 1}, True), ({B: 1}, True), ({C: 0.9}, False)])
def test_permits_a_run_with_enough_votes_won(votes: dict[str, float], *, holds: bool) -> None:
    bought = {"g[b,train,vote]": 1, "g[c,train,vote]": 0.5}
    assert permits(voted(2, quota=0.7), "majority", {RUN: 1, **votes, **bought}) is holds


@pytest.mark.parametrize("conceded, holds", [(0.4, False), (0.5, True)])
def test_forbids_a_vote_that_is_not_paid_for(conceded: float, *, holds: bool) -> None:
    decisions = {RUN: 1, C: 1, "g[c,train,vote]": conceded}
    assert permits(voted(2, quota=0.7), "majority", decisions) is holds


def test_forbids_a_vote_for_what_does_not_run() -> None:
    assert not permits(voted(2, quota=0.7), "majority", {C: 1, "g[c,train,vote]": 0.5})


@pytest.mark.parametrize("heads, value", [(None, 10), (1 / 3, 10), (0.5, 0)])
def test_the_quota_of_members_applies_in_addition_to_votes(heads: float | None, value: float) -> None:
    """a alone has 5 of 10 votes, but is one of three members."""
    assert optimum(voted(quota=0.5, quota_members=heads)) == pytest.approx(value)


@pytest.mark.parametrize("budget, value", [(0.4, 0), (0.5, 10), (1.4, 10)])
def test_the_cheapest_votes_that_suffice_are_bought(budget: float, value: float) -> None:
    """7 of 10 votes are needed and a has 5. c's 2 votes cost ½ point and suffice; b's 3 cost 1 point."""
    assert optimum(voted(budget, quota=0.7)) == pytest.approx(value)


@pytest.mark.parametrize("budget, value", [(1.4, 0), (1.5, 10)])
def test_a_vote_is_won_over_whole(budget: float, value: float) -> None:
    """9 of 10 votes are needed and a has 5: c's 2 for ½ point, and all 3 of b for 1. Two thirds of b's vote would
    suffice if votes could be split.
    """
    assert optimum(voted(budget, quota=0.9)) == pytest.approx(value)


@pytest.mark.parametrize("budget, value", [(1.4, 0), (1.5, 10)])
def test_all_votes_take_all_concessions(budget: float, value: float) -> None:
    assert optimum(voted(budget, quota=1)) == pytest.approx(value)


def test_the_plan_buys_no_vote_that_it_does_not_need() -> None:
    plan = solved(voted(4, quota=0.7)).plan
    assert [(one.member, one.amount) for one in plan.concessions] == [("c", 0.5)]


def test_a_quota_met_exactly_is_met() -> None:
    """0.7 of 10 votes: a's 5 + 2 of c, which acquiesces."""
    assert optimum(voted(c=0, quota=0.7)) == pytest.approx(10)


def test_relaxing_decisions_frees_it() -> None:
    assert optimum(voted(quota=1, quota_members=1), "decision") == pytest.approx(10)


@FEW
@given(tenths(0, 1), tenths(0, 1), tenths(0, 2))
def test_a_greater_quota_never_raises_the_optimum(one: float, other: float, budget: float) -> None:
    low, high = sorted((one, other))
    assert optimum(voted(budget, quota=low)) >= optimum(voted(budget, quota=high)) - 1e-6
