import pytest

from models.problem.problem import Problem
from optimizer.check.opposition import rows
from optimizer.check.row import RuleRow
from optimizer.check.score import score
from tests.support.plans import a_plan, broken, broken_rows, rows_of
from tests.support.problems import a_problem


def council(most: float) -> Problem:
    """Objection to train: b has 3 of 10 votes and position -1, so 0.3; c has 2 and -0.5, so 0.1."""
    votes = {"a": 5, "b": 3, "c": 2}
    return a_problem(
        periods=["p1", "p2"],
        members=[{"id": member, "votes": number, "resources": {"money": 5}} for member, number in votes.items()],
        frameworks=[{"id": "ad_hoc", "rule": {"type": "none"}}],
        activities=[{"id": "train"}, {"id": "watch"}],
        positions=[
            {"member": "b", "activity": "train", "value": -1},
            {"member": "c", "activity": "train", "value": -0.5},
            {"member": "c", "activity": "watch", "value": -2},
        ],
        policy={"max_opposition": most},
    )


def test_adds_the_objections_to_the_runs_of_a_period() -> None:
    gives = {"a/train/money/p1": 1, "a/watch/money/p1": 1, "a/train/money/p2": 1}
    assert not broken(council(0.8), a_plan(council(0.8), gives))
    assert broken_rows(council(0.79), a_plan(council(0.79), gives)) == ["opposition p1"]


def test_has_no_rows_if_divergence_is_relaxed() -> None:
    problem = council(0)
    assert not broken(problem, a_plan(problem, {"a/train": 1}), relax=("divergence",))


def test_the_metric_is_summed_over_periods() -> None:
    problem = council(2)
    plan = a_plan(problem, {"a/train/money/p1": 1, "a/train/money/p2": 1})
    assert score(problem, plan)["opposition"] == pytest.approx(0.8)


def test_states_the_opposition_and_the_limit() -> None:
    """0.3 + 0.1 to train in p1, 2 · 0.2 to watch in p2."""
    plan = a_plan(council(0.5), {"a/train/money/p1": 1, "a/watch/money/p2": 1})
    assert rows_of(rows, council(0.5), plan) == [
        RuleRow(
            key=period,
            left=opposed,
            sense="<=",
            right=0.5,
            sentence=f"Opposition to the running activities is 0.4 in {period}; the policy allows 0.5.",
            scale=1,
        )
        for period, opposed in (("p1", (3 + 1) / 10), ("p2", 4 / 10))
    ]


def test_without_votes_there_is_no_opposition() -> None:
    document = council(0).model_dump(mode="json", by_alias=True)
    for member in document["members"]:
        member["votes"] = 0
    problem = Problem.model_validate(document)
    assert score(problem, a_plan(problem, {"a/train": 1}))["opposition"] == 0


@pytest.mark.parametrize("most, verdict", [(0.4, []), (0, ["opposition p1"])])
def test_a_limit_of_zero_is_a_limit(most: float, verdict: list[str]) -> None:
    problem = council(most)
    assert broken_rows(problem, a_plan(problem, {"a/train": 1})) == verdict
