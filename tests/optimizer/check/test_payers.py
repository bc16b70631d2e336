from typing import Any

import pytest

from models.config import Group
from models.ids import FrameworkId
from models.problem.problem import Problem
from optimizer.check.payers import willing_members, payers, sharing
from optimizer.check.scenarios import read
from tests.support.plans import a_plan
from tests.support.problems import a_problem, members

OPERATION = {"id": "train", "day_after": {"follow_on": "rebuild", "ratio": 1, "periods": 1}}


def alliance(**fields: Any) -> Problem:
    return a_problem(**{"members": members("a", "b", "c"), **fields})


def stands(member: str, value: float, **more: str) -> dict[str, Any]:
    return {"member": member, "theatre": "iraq", "value": value, **more}


def share(problem: Problem) -> str:
    (facts,) = read(problem, a_plan(problem), ())
    return "".join(sharing(facts))


def pay(problem: Problem, *relax: Group) -> str:
    (facts,) = read(problem, a_plan(problem), relax)
    return "".join(sorted(payers(facts)))


def give(problem: Problem, flag: str, t: int) -> str:
    (facts,) = read(problem, a_plan(problem), ())
    return "".join(willing_members(facts, problem.activities[0], FrameworkId(flag), t))


def majority(quota: float, heads: float | None = None) -> list[dict[str, Any]]:
    return [{"id": "council", "rule": {"type": "majority", "quota": quota, "quota_members": heads}}]


def test_whoever_contributes_somewhere_is_willing() -> None:
    problem = alliance(positions=[stands("a", 0), stands("b", 1)], default_position=0.5)
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
def test_whoever_cannot_be_there_is_not_willing_whatever_is_relaxed(fields: dict[str, Any]) -> None:
    problem = alliance(**fields)
    assert (share(problem), pay(problem), pay(problem, "participation")) == ("bc", "bc", "bc")


def test_whoever_goes_later_is_willing_until_then() -> None:
    problem = alliance(periods=["p1", "p2"], withdrawn=[{"member": "a", "from_period": "p2"}])
    assert share(problem) == "abc"
    assert [give(problem, "alliance", t) for t in (0, 1)] == ["abc", "bc"]


def test_whoever_does_not_support_a_framework_gives_nothing_under_it() -> None:
    problem = alliance(
        frameworks=[{"id": "alliance"}, {"id": "coalition"}], positions=[stands("b", 0, framework="alliance")]
    )
    assert [give(problem, flag, 0) for flag in ("alliance", "coalition")] == ["ac", "abc"]


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
        ({"positions": [stands("c", -2)]}, "decision"),
        ({"positions": [stands("c", -2, framework="alliance")]}, "decision"),
        ({"frameworks": majority(0.8), "positions": [stands("c", -1)]}, "decision"),
        ({"frameworks": majority(0.5, 0.8), "positions": [stands("c", -1)]}, "decision"),
    ],
)
def test_nobody_is_willing_where_a_single_fact_or_rule_closes_everything(
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
def test_a_lock_on_something_else_leaves_it_open(lock: dict[str, str], willing: str) -> None:
    problem = alliance(
        periods=["p1", "p2"],
        frameworks=[{"id": "alliance"}, {"id": "coalition"}],
        activities=[{"id": "train"}, {"id": "watch", "frameworks": ["coalition"]}],
        policy={"forbid": [lock]},
        positions=[
            {"member": one, "activity": "watch", "framework": "coalition", "value": 0} for one in ("a", "b", "c")
        ],
    )
    assert share(problem) == willing


def test_a_quorum_is_no_single_fact() -> None:
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
def test_who_pays_is_read_with_what_concessions_could_buy_and_who_shares_without(
    concessions: dict[str, float] | None, willing: str
) -> None:
    """Objections of 1 and 0.5 points."""
    problem = alliance(positions=[stands("b", -2), stands("c", -1.5)], concessions=concessions)
    assert (share(problem), pay(problem)) == ("", willing)


@pytest.mark.parametrize("budget, willing", [(0.3, "a"), (0.2999999, ""), (0, "")])
def test_a_gap_bought_exactly_is_bought_whatever_the_last_digit_says(budget: float, willing: str) -> None:
    """−1 − (−1.3) is 0.30000000000000004."""
    problem = alliance(
        members=members("a", "b"), positions=[stands("b", -1.3)], concessions={"budget": budget, "max_per_case": 4}
    )
    assert (share(problem), pay(problem)) == ("", willing)


@pytest.mark.parametrize("budget, willing", [(1, "ab"), (0.9, "")])
def test_a_vote_that_could_be_bought_opens_a_majority(budget: float, willing: str) -> None:
    problem = alliance(
        frameworks=majority(1), positions=[stands("c", -1)], concessions={"budget": budget, "max_per_case": 4}
    )
    assert (share(problem), pay(problem)) == ("", willing)


@pytest.mark.parametrize("quota, willing", [(0.6, "ab"), (0.61, "")])
def test_a_quota_met_exactly_is_met(quota: float, willing: str) -> None:
    voters = [{"id": one, "votes": votes, "resources": {"money": 5}} for one, votes in (("a", 4), ("b", 2), ("c", 4))]
    assert share(alliance(members=voters, frameworks=majority(quota), positions=[stands("c", -1)])) == willing


@pytest.mark.parametrize("role, activity", [("lead", "watch"), ("support", "train")])
def test_what_is_not_led_or_may_be_is_open(role: str, activity: str) -> None:
    """Of train and watch, watch is under a framework that is switched off."""
    problem = alliance(
        frameworks=[{"id": "alliance", "role": role}, {"id": "closed", "enabled": False}],
        activities=[{"id": "train"}, {"id": "watch", "frameworks": ["closed"]}],
        policy={"no_lead_role": [activity]},
    )
    assert (share(problem), pay(problem)) == ("abc", "abc")
