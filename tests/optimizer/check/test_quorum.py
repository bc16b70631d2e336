from typing import Any

import pytest

from models.problem.problem import Problem
from optimizer.check.quorum import rows
from optimizer.check.row import EXACT, RuleRow
from tests.support.plans import a_plan, broken, broken_rows, rows_of
from tests.support.problems import a_problem, members

EU = {"id": "eu", "resources": {"money": 5}}


def coalition(**rule: Any) -> Problem:
    return a_problem(
        members=members("a", "b", min_contribution=1),
        partners=[EU],
        frameworks=[{"id": "coalition", "rule": {"type": "participants", **rule}}],
    )


def test_counts_members_that_give_at_least_their_stake() -> None:
    problem = coalition(min_participants=2)
    assert not broken(problem, a_plan(problem, {"a/train": 5, "b/train": 1}))
    assert broken(problem, a_plan(problem, {"a/train": 5, "b/train": 0.999})) == {"quorum"}


def test_a_partner_does_not_stand_in_for_a_member() -> None:
    problem = coalition(min_participants=2)
    assert broken(problem, a_plan(problem, {"a/train": 5, "eu/train": 5})) == {"quorum"}


def test_requires_a_lead_nation() -> None:
    problem = coalition(lead_nations=["b"])
    assert not broken(problem, a_plan(problem, {"b/train": 1}))
    assert broken_rows(problem, a_plan(problem, {"a/train": 1})) == ["quorum train/coalition/lead_nations/p1"]


@pytest.mark.parametrize("amount, verdict", [(0.0005, set()), (0.00049, {"quorum"})])
def test_a_partner_without_a_stake_counts_by_a_token(amount: float, verdict: set[str]) -> None:
    problem = coalition(min_partners=1)
    assert broken(problem, a_plan(problem, {"a/train": 1, "eu/train": amount})) == verdict


def test_a_token_is_a_share_of_means_whatever_they_cost() -> None:
    """A ten-thousandth of 5 units of free advice or of 20 M EUR, or half of each."""
    problem = a_problem(
        resources=[{"id": "money"}, {"id": "advice", "unit_cost": 0}],
        partners=[{"id": "eu", "resources": {"advice": 5, "money": 20}}],
        activities=[{"id": "train", "needs": [{"from": {"money": 1, "advice": 1}, "amount": 1}], "requires": ["eu"]}],
    )
    assert not broken(problem, a_plan(problem, {"a/train": 1, "eu/train/advice": 0.0005}))
    assert not broken(problem, a_plan(problem, {"a/train": 1, "eu/train/advice": 0.00025, "eu/train": 0.001}))
    assert broken(problem, a_plan(problem, {"a/train": 1, "eu/train/advice": 0.00049})) == {"quorum"}
    assert broken(problem, a_plan(problem, {"a/train": 1, "eu/train": 0.0019})) == {"quorum"}


def test_a_required_partner_must_contribute() -> None:
    problem = a_problem(
        partners=[EU, {"id": "un", "resources": {"money": 5}}], activities=[{"id": "train", "requires": ["eu"]}]
    )
    assert not broken(problem, a_plan(problem, {"a/train": 1, "eu/train": 1}))
    assert broken_rows(problem, a_plan(problem, {"a/train": 1, "un/train": 1})) == [
        "quorum train/alliance/requires/eu/p1"
    ]


def test_values_a_stake_at_unit_cost() -> None:
    problem = a_problem(
        resources=[{"id": "troops", "unit_cost": 0.5}],
        members=[{"id": "a", "resources": {"troops": 10}, "min_contribution": 1}],
        frameworks=[{"id": "coalition", "rule": {"type": "participants", "min_participants": 1}}],
        activities=[{"id": "train", "needs": {"troops": 1}}],
    )
    assert not broken(problem, a_plan(problem, {"a/train/troops": 2}))
    assert broken(problem, a_plan(problem, {"a/train/troops": 1.99})) == {"quorum"}


def test_has_no_rows_if_decisions_are_relaxed() -> None:
    problem = coalition(min_participants=2)
    assert not broken(problem, a_plan(problem, {"a/train": 1}), relax=("decision",))


def test_states_the_quorum_and_who_counts() -> None:
    """a and eu give their stake, b does not."""
    problem = a_problem(
        members=members("a", "b", min_contribution=1),
        partners=[EU],
        frameworks=[
            {
                "id": "coalition",
                "rule": {"type": "participants", "min_participants": 2, "lead_nations": ["b"], "min_partners": 1},
            }
        ],
        activities=[{"id": "train", "requires": ["eu"]}],
    )
    plan = a_plan(problem, {"a/train": 1, "b/train": 0.5, "eu/train": 1})
    needed = {
        "min_participants": (1, 2, "2 of the members", "a"),
        "lead_nations": (0, 1, "1 of the lead nations", "none"),
        "min_partners": (1, 1, "1 of the partners", "eu"),
        "requires/eu": (1, 1, "the partner eu", "eu"),
    }
    assert rows_of(rows, problem, plan) == [
        RuleRow(
            key=f"train/coalition/{what}/p1",
            left=number,
            sense=">=",
            right=least,
            sentence=f"train under coalition needs {words} in p1; those that take part enough to count: {names}.",
            tolerance=EXACT,
        )
        for what, (number, least, words, names) in needed.items()
    ]


def test_states_every_contributor_that_counts() -> None:
    problem = coalition(min_participants=2)
    (row,) = rows_of(rows, problem, a_plan(problem, {"a/train": 1, "b/train": 1}))
    assert row.sentence == (
        "train under coalition needs 2 of the members in p1; those that take part enough to count: a, b."
    )
