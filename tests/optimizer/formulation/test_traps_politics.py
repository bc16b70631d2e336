"""Traps of the model about politics. T1: counting a member without a stake would be free. T2: mutual followers support
each other. T7: relaxing one group alone may change nothing. T9: an abstention passes under consensus and counts against
under majority. T10: a position exactly at the limit does not block. T11: a partner never pays its own coordination.
T14: a run at level 0 costs nothing, so a required run needs a least level above 0.
"""

from collections.abc import Iterator
from itertools import combinations
from typing import Any

import pytest

from models.config import Config, Group
from models.problem.problem import Problem
from optimizer.diagnostics.precheck import precheck
from optimizer.diagnostics.warnings import warnings
from tests.support.optima import optimum, solved
from tests.support.problems import a_problem, members

# T1


@pytest.mark.parametrize(
    "fields, who",
    [
        ({"frameworks": [{"id": "coalition", "rule": {"type": "participants", "min_participants": 2}}]}, "a, b"),
        ({"frameworks": [{"id": "coalition", "rule": {"type": "none", "lead_nations": ["b"]}}]}, "b"),
        ({"cascades": [{"pivot": "a", "followers": [{"member": "b"}]}]}, "a"),
    ],
)
def test_t1_counted_members_need_a_stake(fields: dict[str, Any], who: str) -> None:
    (issue,) = precheck(a_problem(members=members("a", "b"), **fields), Config())
    assert issue.code == "min_contribution_required"
    assert issue.address == f"members/{who[0]}/min_contribution"
    assert f"min_contribution is 0 for {who}: taking part would cost nothing" in issue.message
    assert issue.suggestion == f"set defaults/members/min_contribution, or min_contribution of {who}"


def test_t1_a_default_stake_resolves_the_error() -> None:
    problem = a_problem(
        defaults={"members": {"min_contribution": 1}},
        members=members("a", "b"),
        frameworks=[{"id": "coalition", "rule": {"type": "participants", "min_participants": 2}}],
    )
    assert not precheck(problem, Config())
    assert optimum(problem) == pytest.approx(20)


def test_t1_a_pivot_whose_followers_scale_with_it_needs_no_stake() -> None:
    cascades = [{"pivot": "a", "reference": 5, "followers": [{"member": "b"}]}]
    assert not precheck(a_problem(members=members("a", "b"), cascades=cascades), Config())


# T2


def test_t2_mutual_followers_both_stay_and_the_outcome_warns() -> None:
    """The program keeps the largest coalition that supports itself, 20. Alone neither member would come."""
    problem = a_problem(
        members=members("a", "b", min_contribution=1),
        cascades=[
            {"pivot": "a", "followers": [{"member": "b"}]},
            {"pivot": "b", "followers": [{"member": "a"}]},
        ],
    )
    outcome = solved(problem)
    assert outcome.objectives[0].value == pytest.approx(20)
    assert outcome.warnings == warnings(problem)
    (warning,) = [one for one in outcome.warnings if "circle" in one]
    assert "may count on 100% of a and 100% of b" in warning
    assert "starting with none of them, only 0% of a and 0% of b would join" in warning


# T7


def one_objection_and_one_alliance() -> Problem:
    """c objects to support and gives it nothing. a, b and c have 5 each. support gives 2 points a level, train 1."""
    return a_problem(
        members=[{"id": i, "resources": {"money": 5}} for i in ("a", "b", "c")],
        activities=[
            {"id": "train"},
            {"id": "support", "effect": {"type": "linear", "per_level": 2}},
        ],
        positions=[{"member": "c", "activity": "support", "value": -2}],
    )


def test_t7_relaxing_one_group_alone_may_change_nothing_and_single_gains_do_not_add_up() -> None:
    """Nothing relaxed: 15 with train. Decision relaxed: a and b support, 20 + 5. Participation relaxed: c still blocks,
    15. Both: 30.
    """
    problem = one_objection_and_one_alliance()
    assert optimum(problem) == pytest.approx(15)
    assert optimum(problem, "decision") == pytest.approx(25)
    assert optimum(problem, "participation") == pytest.approx(15)
    assert optimum(problem, "decision", "participation") == pytest.approx(30)


def subsets(groups: tuple[Group, ...]) -> Iterator[tuple[Group, ...]]:
    for size in range(len(groups) + 1):
        yield from combinations(groups, size)


def test_t7_relaxing_a_group_more_never_lowers_the_optimum() -> None:
    """Six groups that all bind: an objection, an unwilling member, followers, rivals, a range, a caveat."""
    problem = a_problem(
        members=[
            *members("a", min_contribution=1, caveats=[{"activity": "train", "max_level": 6}]),
            *members("b", "c", "d", min_contribution=1),
        ],
        activities=[{"id": "train"}, {"id": "watch", "effect": {"type": "linear", "per_level": 0.5}}],
        positions=[
            {"member": "a", "activity": "train", "value": 2},
            {"member": "d", "activity": "train", "value": -2},
            {"member": "c", "activity": "watch", "value": 0},
        ],
        cascades=[{"pivot": "d", "followers": [{"member": "b"}]}],
        rivalries=[{"between": ["b", "c"]}],
        divergence={"max": 0.5},
    )
    groups: tuple[Group, ...] = ("decision", "participation", "cascade", "rivalry", "divergence", "caveat")
    value = {frozenset(relaxed): optimum(problem, *relaxed) for relaxed in subsets(groups)}
    for relaxed, reached in value.items():
        assert all(value[relaxed | {more}] >= reached - 1e-6 for more in groups)
    assert value[frozenset(groups)] == pytest.approx(40)


# T9


@pytest.mark.parametrize(
    "rule, value", [({"type": "consensus"}, 10), ({"type": "majority", "quota": 0.6}, 0), ({"type": "none"}, 10)]
)
def test_t9_abstention_passes_under_consensus_and_counts_against_under_majority(
    rule: dict[str, Any], value: float
) -> None:
    problem = a_problem(
        members=[*members("a"), {"id": "b"}],
        frameworks=[{"id": "framework", "rule": rule}],
        positions=[{"member": "b", "activity": "train", "value": -1}],
    )
    assert optimum(problem) == pytest.approx(value)


# T10


@pytest.mark.parametrize("position, value", [(-1, 10), (-1.0000001, 0)])
@pytest.mark.parametrize("concessions", [None, {"budget": 0}, {"budget": 1, "max_per_case": 0}])
def test_t10_a_position_exactly_at_the_limit_does_not_block_but_a_hair_below_does(
    position: float, value: float, concessions: dict[str, float] | None
) -> None:
    """The difference is below the solver's tolerance, so data decides it, with and without concessions."""
    problem = a_problem(
        members=[*members("a"), {"id": "b"}],
        positions=[{"member": "b", "activity": "train", "value": position}],
        concessions=concessions,
    )
    assert optimum(problem) == pytest.approx(value)


def test_t10_a_hair_can_be_conceded() -> None:
    problem = a_problem(
        members=[*members("a"), {"id": "b"}],
        positions=[{"member": "b", "activity": "train", "value": -1.0000001}],
        concessions={"budget": 0.001},
    )
    outcome = solved(problem)
    assert outcome.objectives[0].value == pytest.approx(10)
    assert [one.amount for one in outcome.plan.concessions] == pytest.approx([1e-7], rel=1e-6)


@pytest.mark.parametrize("position, value", [(0, 10), (-0.0000001, 0)])
def test_t10_a_hair_below_acquiescence_is_no_vote_in_favour(position: float, value: float) -> None:
    problem = a_problem(
        members=[*members("a"), {"id": "b"}],
        frameworks=[{"id": "vote", "rule": {"type": "majority", "quota": 1}}],
        positions=[{"member": "b", "activity": "train", "value": position}],
    )
    assert optimum(problem) == pytest.approx(value)


# T11


def test_t11_a_partner_never_pays_its_own_coordination() -> None:
    """eu has 6 and its price is 2. a has only 1 to pay with, and eu may not pay the rest. Result: a's 1."""
    problem = a_problem(
        members=[{"id": "a", "resources": {"money": 1}}],
        partners=[{"id": "eu", "resources": {"money": 6}, "coordination_cost": {"resource": "money", "amount": 2}}],
    )
    outcome = solved(problem)
    assert outcome.objectives[0].value == pytest.approx(1)
    assert outcome.plan.coordination == ()


def test_t11_nor_does_another_partner() -> None:
    problem = a_problem(
        members=[{"id": "a", "resources": {"money": 1}}],
        partners=[
            {"id": "eu", "resources": {"money": 6}, "coordination_cost": {"resource": "money", "amount": 2}},
            {"id": "un", "resources": {"money": 5}},
        ],
    )
    assert optimum(problem) == pytest.approx(6)


# T14


def test_t14_what_must_run_needs_a_least_level() -> None:
    (issue,) = precheck(a_problem(policy={"run": [{"activity": "train"}]}), Config())
    assert (issue.code, issue.address) == ("min_level_required", "policy/run/train/activity")
    assert issue.suggestion == "set activities/train/min_level above 0"


def test_t14_what_must_run_does_so_at_its_least_level_at_least() -> None:
    """train has no effect but must run at level 3 or more: 7 are left for watch."""
    problem = a_problem(
        activities=[
            {"id": "train", "min_level": 3, "effect": {"type": "linear", "per_level": 0}},
            {"id": "watch"},
        ],
        policy={"run": [{"activity": "train"}]},
    )
    outcome = solved(problem)
    assert outcome.objectives[0].value == pytest.approx(7)
    assert {run.id: run.level for run in outcome.plan.activities} == pytest.approx({"train": 3, "watch": 7})
