from typing import Any

import pytest

from models.config import Group
from models.ids import FrameworkId
from models.problem.problem import Problem
from optimizer.check.payers import payers, sharing, willing_members
from optimizer.check.scenarios import read
from tests.support.plans import a_plan
from tests.support.problems import a_problem, members

OPERATION = {"id": "train", "day_after": {"follow_on": "rebuild", "ratio": 1, "periods": 1}}


def alliance(**fields: Any) -> Problem:
    return a_problem(**{"members": members("a", "b", "c"), **fields})


def position(member: str, value: float, **more: str) -> dict[str, Any]:
    return {"member": member, "theatre": "iraq", "value": value, **more}


def share(problem: Problem) -> str:
    (facts,) = read(problem, a_plan(problem), ())
    return "".join(sharing(facts))


def pay(problem: Problem, *relax: Group) -> str:
    (facts,) = read(problem, a_plan(problem), relax)
    return "".join(sorted(payers(facts)))


def give(problem: Problem, framework: str, t: int) -> str:
    (facts,) = read(problem, a_plan(problem), ())
    return "".join(willing_members(facts, problem.activities[0], FrameworkId(framework), t))


def majority(quota: float, heads: float | None = None) -> list[dict[str, Any]]:
    return [{"id": "council", "rule": {"type": "majority", "quota": quota, "quota_members": heads}}]


def test_a_member_that_supports_some_activity_is_willing() -> None:
    problem = alliance(positions=[position("a", 0), position("b", 1)], default_position=0.5)
    assert (share(problem), pay(problem)) == ("b", "b")
    assert (share(problem), pay(problem, "participation")) == ("b", "abc")


@pytest.mark.parametrize(
    "fields",
    [
        {"theatres": [{"id": "iraq", "access": ["b", "c"]}]},
        {"withdrawn": [{"member": "a"}]},
        {"withdrawn": [{"member": "a", "theatre": "iraq"}]},
    ],
)
def test_a_member_without_access_is_not_willing_even_if_groups_are_relaxed(fields: dict[str, Any]) -> None:
    problem = alliance(**fields)
    assert (share(problem), pay(problem), pay(problem, "participation")) == ("bc", "bc", "bc")


def test_a_member_is_willing_until_it_withdraws() -> None:
    problem = alliance(periods=["p1", "p2"], withdrawn=[{"member": "a", "from_period": "p2"}])
    assert share(problem) == "abc"
    assert [give(problem, "alliance", t) for t in (0, 1)] == ["abc", "bc"]


def test_a_member_that_does_not_support_a_framework_gives_nothing_under_it() -> None:
    problem = alliance(
        frameworks=[{"id": "alliance"}, {"id": "coalition"}], positions=[position("b", 0, framework="alliance")]
    )
    assert [give(problem, framework, 0) for framework in ("alliance", "coalition")] == ["ac", "abc"]


@pytest.mark.parametrize(
    "fields, group",
    [
        ({"frameworks": [{"id": "alliance", "enabled": False}]}, None),
        ({"policy": {"forbid": [{"activity": "train"}]}}, None),
        ({"theatres": [{"id": "iraq", "consent": False}]}, "consent"),
        ({"theatres": [{"id": "iraq", "consent": {"alliance": False}}]}, "consent"),
        ({"spoilers": [{"id": "ru", "consent": False}]}, "consent"),
        (
            {"frameworks": [{"id": "alliance", "role": "lead"}], "policy": {"no_lead_role": ["train"]}},
            "policy",
        ),
        ({"activities": [OPERATION, {"id": "rebuild"}], "policy": {"forbid": [{"activity": "rebuild"}]}}, "policy"),
        ({"positions": [position("c", -2)]}, "decision"),
        ({"positions": [position("c", -2, framework="alliance")]}, "decision"),
        ({"frameworks": majority(0.8), "positions": [position("c", -1)]}, "decision"),
        ({"frameworks": majority(0.5, 0.8), "positions": [position("c", -1)]}, "decision"),
    ],
)
def test_nobody_is_willing_if_a_single_fact_or_rule_closes_every_activity(
    fields: dict[str, Any], group: Group | None
) -> None:
    problem = alliance(**fields)
    assert (share(problem), pay(problem)) == ("", "")
    groups: tuple[Group, ...] = ("consent", "policy", "decision")
    for relaxed in groups:
        willing = "abc" if not fields.get("positions") else "ab"
        assert pay(problem, relaxed) == (willing if relaxed == group else ""), relaxed
        (facts,) = read(problem, a_plan(problem), (relaxed,))
        assert sharing(facts) == ()


@pytest.mark.parametrize(
    "lock, willing",
    [
        ({"activity": "watch"}, "abc"),
        ({"activity": "train", "framework": "coalition"}, "abc"),
        ({"activity": "train", "period": "p2"}, "abc"),
        ({"activity": "train", "framework": "alliance"}, ""),
    ],
)
def test_a_lock_on_another_activity_framework_or_period_keeps_it_open(lock: dict[str, str], willing: str) -> None:
    problem = alliance(
        periods=["p1", "p2"],
        frameworks=[{"id": "alliance"}, {"id": "coalition"}],
        activities=[{"id": "train"}, {"id": "watch", "frameworks": ["coalition"]}],
        policy={"forbid": [lock]},
        positions=[
            {"member": member, "activity": "watch", "framework": "coalition", "value": 0} for member in ("a", "b", "c")
        ],
    )
    assert share(problem) == willing


def test_a_quorum_closes_nothing() -> None:
    problem = alliance(
        members=members("a", "b", min_contribution=1),
        frameworks=[{"id": "coalition", "rule": {"type": "participants", "min_participants": 9}}],
    )
    assert share(problem) == "ab"


@pytest.mark.parametrize(
    "concessions, willing",
    [
        (None, ""),
        ({"budget": 1.5}, "a"),
        ({"budget": 1.49}, ""),
        ({"budget": 5, "max_per_case": 1}, "a"),
        ({"budget": 5, "max_per_case": 0.9}, ""),
    ],
)
def test_payers_consider_concessions_and_sharing_members_do_not(
    concessions: dict[str, float] | None, willing: str
) -> None:
    """Objections of 1 and 0.5 points."""
    problem = alliance(positions=[position("b", -2), position("c", -1.5)], concessions=concessions)
    assert (share(problem), pay(problem)) == ("", willing)


@pytest.mark.parametrize("budget, willing", [(0.3, "a"), (0.2999999, ""), (0, "")])
def test_exactly_the_gap_suffices_despite_rounding(budget: float, willing: str) -> None:
    """−1 − (−1.3) is 0.30000000000000004."""
    problem = alliance(
        members=members("a", "b"), positions=[position("b", -1.3)], concessions={"budget": budget, "max_per_case": 4}
    )
    assert (share(problem), pay(problem)) == ("", willing)


@pytest.mark.parametrize("budget, willing", [(1, "ab"), (0.9, "")])
def test_a_possible_vote_opens_a_majority(budget: float, willing: str) -> None:
    problem = alliance(
        frameworks=majority(1), positions=[position("c", -1)], concessions={"budget": budget, "max_per_case": 4}
    )
    assert (share(problem), pay(problem)) == ("", willing)


@pytest.mark.parametrize("quota, willing", [(0.6, "ab"), (0.61, "")])
def test_exactly_the_quota_suffices(quota: float, willing: str) -> None:
    voters = [
        {"id": member, "votes": votes, "resources": {"money": 5}} for member, votes in (("a", 4), ("b", 2), ("c", 4))
    ]
    assert share(alliance(members=voters, frameworks=majority(quota), positions=[position("c", -1)])) == willing


@pytest.mark.parametrize("role, activity", [("lead", "watch"), ("support", "train")])
def test_support_roles_and_other_activities_stay_open(role: str, activity: str) -> None:
    """watch uses a framework that is not enabled."""
    problem = alliance(
        frameworks=[{"id": "alliance", "role": role}, {"id": "closed", "enabled": False}],
        activities=[{"id": "train"}, {"id": "watch", "frameworks": ["closed"]}],
        policy={"no_lead_role": [activity]},
    )
    assert (share(problem), pay(problem)) == ("abc", "abc")
