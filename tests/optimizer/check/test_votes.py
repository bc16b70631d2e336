import pytest

from models.ids import MemberId
from models.problem.framework import Majority
from models.problem.problem import Problem
from optimizer.check.row import slack
from optimizer.check.scenarios import read
from optimizer.check.votes import covers_gap, is_majority
from tests.support.plans import a_plan
from tests.support.problems import a_problem


def chamber(rule: dict[str, float | None], *, votes: float = 1, **position: object) -> Problem:
    """Three members with as many votes each, of whom c stands at −1 on train under the council."""
    return a_problem(
        members=[{"id": one, "votes": votes, "resources": {"money": 5}} for one in "abc"],
        frameworks=[{"id": "council", "rule": {"type": "majority", **rule}}],
        positions=[{"member": "c", "activity": "train", "value": -1, **position}],
        concessions={"budget": 9},
    )


def is_carried(problem: Problem, favour: str) -> bool:
    rule = problem.frameworks[0].rule
    assert isinstance(rule, Majority)
    return is_majority(problem, rule, [problem.member[MemberId(one)] for one in favour])


@pytest.mark.parametrize(
    "quota, heads, favour, verdict",
    [
        (2 / 3, None, "ab", True),
        (2 / 3, None, "a", False),
        (0.667, None, "ab", False),
        (0.1, 2 / 3, "ab", True),
        (0.1, 2 / 3, "a", False),
        (0.1, 0.667, "ab", False),
        (0.1, 0.5, "ab", True),
    ],
)
def test_a_majority_is_carried_from_its_quotas_on(
    quota: float, heads: float | None, favour: str, *, verdict: bool
) -> None:
    assert is_carried(chamber({"quota": quota, "quota_members": heads}), favour) is verdict


def test_where_nobody_has_a_vote_none_is_missing() -> None:
    assert is_carried(chamber({"quota": 0.5}, votes=0), "")


@pytest.mark.parametrize("gap, verdict", [(0.3, True), (-1 + 1.3, True), (0.3 + 1e-8, False)])
def test_points_buy_a_gap_of_their_own_size_whatever_the_last_digit_says(gap: float, *, verdict: bool) -> None:
    assert covers_gap(0.3, gap) is verdict


@pytest.mark.parametrize("paid, verdict", [(1, True), (1 - slack(1), True), (1 - 1.01 * slack(1), False)])
def test_a_vote_is_won_from_what_a_row_may_be_off_by(paid: float, *, verdict: bool) -> None:
    problem = chamber({"quota": 1})
    (facts,) = read(problem, a_plan(problem, concedes={"c/train/council": paid}), ())
    assert facts.politics.bought_votes == ({("c", "train", "council")} if verdict else set())


def test_nothing_wins_no_vote_however_near() -> None:
    problem = chamber({"quota": 1}, value=-1e-7)
    (facts,) = read(problem, a_plan(problem, concedes={"c/train/council": 0}), ())
    assert facts.politics.bought_votes == set()


@pytest.mark.parametrize("paid, verdict", [(1.5, True), (1.4, False)])
def test_a_vote_under_a_framework_is_won_by_what_is_missing_there(paid: float, *, verdict: bool) -> None:
    problem = chamber({"quota": 1}, framework="council", value=-1.5)
    (facts,) = read(problem, a_plan(problem, concedes={"c/train/council": paid}), ())
    assert bool(facts.politics.bought_votes) is verdict
