from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.problem.problem import Problem
from tests.support.families import permits, rows_of
from tests.support.laws import FEW, tenths
from tests.support.optima import optimum
from tests.support.problems import a_problem, members

RUN = "y[train,coalition,p1]"
PARTNERS = [{"id": "eu", "resources": {"money": 5}}, {"id": "un", "resources": {"money": 5}}]


def coalition(requires: tuple[str, ...] = (), **rule: Any) -> Problem:
    """a and b, with 10 M EUR and a stake of 1 each, may run train with the partners eu and un, 5 M EUR each."""
    return a_problem(
        members=members("a", "b", min_contribution=1),
        partners=PARTNERS,
        frameworks=[{"id": "coalition", "rule": {"type": "participants", **rule}}],
        activities=[{"id": "train", "requires": requires}],
    )


def test_rows_count_members_lead_nations_and_partners() -> None:
    problem = coalition(("eu",), min_participants=2, lead_nations=["a"], min_partners=1)
    assert rows_of(problem, "quorum") == (
        "quorum[participants,train,coalition,p1]: 0  <=  counts[a,train,p1] + counts[b,train,p1]"
        " - 2*y[train,coalition,p1]\n"
        "quorum[lead,train,coalition,p1]: 0  <=  counts[a,train,p1] - y[train,coalition,p1]\n"
        "quorum[partners,train,coalition,p1]: 0  <=  counts[eu,train,p1] + counts[un,train,p1]"
        " - y[train,coalition,p1]\n"
        "quorum[requires,eu,train,p1]: 0  <=  counts[eu,train,p1] - y[train,coalition,p1]\n"
    )


def test_no_row_where_no_number_is_asked_for() -> None:
    assert rows_of(coalition(), "quorum") == ""
    assert rows_of(coalition(), "participation") == "", "nobody is counted"


@pytest.mark.parametrize("counting, holds", [((), False), (("a",), False), (("a", "b"), True)])
def test_permits_enough_of_the_willing(counting: tuple[str, ...], *, holds: bool) -> None:
    decisions = {RUN: 1, **{f"counts[{i},train,p1]": 1 for i in counting}}
    assert permits(coalition(min_participants=2), "quorum", decisions) is holds


def test_forbids_a_run_without_the_required_participant() -> None:
    assert not permits(coalition(min_participants=1), "quorum", {RUN: 1})
    assert permits(coalition(min_participants=1), "quorum", {RUN: 1, "counts[b,train,p1]": 1})


@pytest.mark.parametrize("counting, holds", [("a", True), ("b", False)])
def test_permits_a_run_with_a_lead_nation(counting: str, *, holds: bool) -> None:
    problem = a_problem(
        members=members("a", "b", min_contribution=1),
        frameworks=[{"id": "coalition", "rule": {"type": "none", "lead_nations": ["a"], "min_participants": 1}}],
    )
    assert permits(problem, "quorum", {RUN: 1, f"counts[{counting},train,p1]": 1}) is holds


def test_a_lead_nation_counts_where_no_number_of_participants_is_asked_for() -> None:
    assert rows_of(coalition(lead_nations=["a"]), "quorum") == (
        "quorum[lead,train,coalition,p1]: 0  <=  counts[a,train,p1] - y[train,coalition,p1]\n"
    )


@pytest.mark.parametrize("counting, holds", [((), False), (("eu",), False), (("eu", "un"), True)])
def test_permits_enough_partners(counting: tuple[str, ...], *, holds: bool) -> None:
    decisions = {RUN: 1, **{f"counts[{k},train,p1]": 1 for k in counting}}
    assert permits(coalition(min_partners=2), "quorum", decisions) is holds


def test_forbids_what_a_required_partner_is_missing_from() -> None:
    problem = coalition(("eu", "un"))
    assert not permits(problem, "quorum", {RUN: 1, "counts[eu,train,p1]": 1})
    assert permits(problem, "quorum", {RUN: 1, "counts[eu,train,p1]": 1, "counts[un,train,p1]": 1})


@pytest.mark.parametrize("needed, value", [(1, 18), (2, 18), (3, 0)])
def test_only_those_who_take_part_make_a_quorum(needed: int, value: float) -> None:
    """a and b have 9 each. c has 4 and does not support train."""
    problem = a_problem(
        members=[
            {"id": i, "resources": {"money": money}, "min_contribution": 1}
            for i, money in (("a", 9), ("b", 9), ("c", 4))
        ],
        frameworks=[{"id": "coalition", "rule": {"type": "participants", "min_participants": needed}}],
        positions=[{"member": "c", "activity": "train", "value": 0}],
    )
    assert optimum(problem) == pytest.approx(value)


@pytest.mark.parametrize("price, value", [(2, 13), (16, 0)])
def test_a_required_partner_is_paid_for_or_nothing_runs(price: float, value: float) -> None:
    """a has 10 and eu gives 5 for its price: 10 - 2 + 5. At a price of 16 no member can pay, and train requires eu."""
    problem = a_problem(
        partners=[{**PARTNERS[0], "coordination_cost": {"resource": "money", "amount": price}}],
        activities=[{"id": "train", "requires": ["eu"]}],
    )
    assert optimum(problem) == pytest.approx(value)


def test_a_required_partner_brings_at_least_its_stake() -> None:
    """train has at most level 10, and eu must bring 4 of it. a gives 6 to train and 4 to watch at 0.5: 10 + 2."""
    problem = a_problem(
        partners=[{"id": "eu", "resources": {"money": 4}, "min_contribution": 4}],
        activities=[
            {"id": "train", "max_level": 10, "requires": ["eu"]},
            {"id": "watch", "effect": {"type": "linear", "per_level": 0.5}},
        ],
    )
    assert optimum(problem) == pytest.approx(12)


def test_a_required_partner_without_access_closes_the_activity() -> None:
    problem = a_problem(
        partners=[{"id": "eu", "resources": {"money": 4}}],
        theatres=[{"id": "iraq", "access": ["a"]}],
        activities=[{"id": "train", "requires": ["eu"]}],
    )
    assert optimum(problem) == pytest.approx(0)


def test_partners_that_withdraw_do_not_count() -> None:
    """a has 10, eu and un 5 each. Two partners are required, and un has withdrawn."""
    gone = a_problem(
        members=members("a", min_contribution=1),
        partners=PARTNERS,
        frameworks=[{"id": "coalition", "rule": {"type": "participants", "min_partners": 2}}],
        withdrawn=[{"member": "un"}],
    )
    assert optimum(coalition(min_partners=2)) == pytest.approx(30)
    assert optimum(gone) == pytest.approx(0)


def test_relaxing_decisions_frees_it() -> None:
    """There are no partners and one member. Relaxed, a gives its 10."""
    problem = a_problem(
        members=members("a", min_contribution=1),
        frameworks=[{"id": "coalition", "rule": {"type": "participants", "min_participants": 2, "min_partners": 1}}],
    )
    assert optimum(problem) == pytest.approx(0)
    assert optimum(problem, "decision") == pytest.approx(10)


@FEW
@given(st.integers(0, 4), st.integers(0, 4), tenths(1, 6))
def test_a_greater_quorum_never_raises_the_optimum(one: int, other: int, stake: float) -> None:
    def reduction(needed: int) -> float:
        return optimum(
            a_problem(
                members=[
                    {"id": i, "resources": {"money": money}, "min_contribution": stake}
                    for i, money in (("a", 5), ("b", 3), ("c", 2))
                ],
                frameworks=[{"id": "coalition", "rule": {"type": "participants", "min_participants": needed}}],
            )
        )

    low, high = sorted((one, other))
    assert reduction(low) >= reduction(high) - 1e-6
