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
    """Three members with equal votes; the position of c on train under the council is −1."""
    return a_problem(
        members=[{"id": member, "votes": votes, "resources": {"money": 5}} for member in "abc"],
        frameworks=[{"id": "council", "rule": {"type": "majority", **rule}}],
        positions=[{"member": "c", "activity": "train", "value": -1, **position}],
        concessions={"budget": 9},
    )


def has_majority(problem: Problem, favour: str) -> bool:
    rule = problem.frameworks[0].rule
    assert isinstance(rule, Majority)
    return is_majority(problem, rule, [problem.member[MemberId(member)] for member in favour])


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
def test_a_majority_needs_its_quotas(quota: float, heads: float | None, favour: str, *, verdict: bool) -> None:
    assert has_majority(chamber({"quota": quota, "quota_members": heads}), favour) is verdict


def test_without_votes_the_quota_is_met() -> None:
    assert has_majority(chamber({"quota": 0.5}, votes=0), "")


@pytest.mark.parametrize("gap, verdict", [(0.3, True), (-1 + 1.3, True), (0.3 + 1e-8, False)])
def test_points_cover_a_gap_of_their_size_despite_rounding(gap: float, *, verdict: bool) -> None:
    assert covers_gap(0.3, gap) is verdict


@pytest.mark.parametrize("paid, verdict", [(1, True), (1 - slack(1), True), (1 - 1.01 * slack(1), False)])
def test_a_bought_vote_has_the_tolerance_of_a_row(paid: float, *, verdict: bool) -> None:
    problem = chamber({"quota": 1})
    (facts,) = read(problem, a_plan(problem, concedes={"c/train/council": paid}), ())
    assert facts.politics.bought_votes == ({("c", "train", "council")} if verdict else set())


def test_a_concession_of_0_buys_no_vote() -> None:
    problem = chamber({"quota": 1}, value=-1e-7)
    (facts,) = read(problem, a_plan(problem, concedes={"c/train/council": 0}), ())
    assert facts.politics.bought_votes == set()


@pytest.mark.parametrize("paid, verdict", [(1.5, True), (1.4, False)])
def test_a_vote_under_a_framework_costs_the_gap_there(paid: float, *, verdict: bool) -> None:
    problem = chamber({"quota": 1}, framework="council", value=-1.5)
    (facts,) = read(problem, a_plan(problem, concedes={"c/train/council": paid}), ())
    assert bool(facts.politics.bought_votes) is verdict
