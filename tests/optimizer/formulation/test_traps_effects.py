"""Traps of the model about effects. T4: a floor tied to the period before would reward never starting. T6: a plan must
not hide harm by reporting less effect than its levels produce. T14: a run at level 0 costs nothing, so rules that only
ask for a run require a least level above 0.
"""

from typing import Any

import pytest

from models.config import Config
from models.errors import InvalidDocument, Issue
from models.problem.problem import Problem
from models.reading import read_problem
from optimizer import solve
from optimizer.diagnostics.precheck import precheck
from tests.support.optima import optimum, solved
from tests.support.problems import a_problem

# T4


def test_t4_a_floor_holds_from_the_first_period_on_whatever_was_done_before() -> None:
    """10 M EUR a period. watch has no effect and a floor of 4, so train gets 6 each period: 18. If the floor were the
    level of the period before, never starting watch would be best: 30.
    """
    problem = a_problem(
        periods=["p1", "p2", "p3"],
        activities=[{"id": "train"}, {"id": "watch", "effect": {"type": "linear", "per_level": 0}}],
        policy={"min_level": [{"activity": "watch", "level": 4}]},
    )
    outcome = solved(problem)
    assert outcome.objectives[0].value == pytest.approx(18)
    watched = [run.level for run in outcome.plan.activities if run.id == "watch"]
    assert watched == pytest.approx([4, 4, 4])


# T6


def harmful(**strike: Any) -> Problem:
    """A floor of 4 levels of strike. Each takes 1 off violence, of which there are 2, and adds ½ to grievance."""
    return a_problem(
        theatres=[{"id": "iraq", "risk": {"violence": 2, "grievance": 10}, "awareness": 3}],
        activities=[{"id": "strike", "reduces": {"violence": 1, "grievance": -0.5}, **strike}],
        policy={"min_level": [{"activity": "strike", "level": 4}]},
    )


def test_t6_a_plan_cannot_hide_harm_by_under_reporting_effect() -> None:
    """2 off violence, 2 more grievance: 0. If the plan could report an effect of 2 for 4 levels, it would be 2 - 1."""
    assert optimum(harmful()) == pytest.approx(0)


def test_t6_only_the_level_that_awareness_allows_does_harm() -> None:
    """Awareness 3 makes three of four levels effective: 2 - 1.5. A plan cannot choose a smaller effective level for 2 -
    1.
    """
    assert optimum(harmful(awareness_gate={"factor": 1})) == pytest.approx(0.5)
    assert optimum(harmful(awareness_gate={"factor": 2})) == pytest.approx(0)


def test_t6_a_source_cannot_be_under_reported_to_reduce_later_harm() -> None:
    """p1: watch 4, by a floor. p2: awareness then allows strike 4: 2 - 2. If the plan could report watch 2, it would be
    2 - 1.
    """
    problem = a_problem(
        periods=["p1", "p2"],
        theatres=[{"id": "iraq", "risk": {"violence": 2, "grievance": 10}}],
        activities=[
            {"id": "watch", "effect": {"type": "linear", "per_level": 0}, "reduces": {"violence": 1}},
            {
                "id": "strike",
                "reduces": {"violence": 1, "grievance": -0.5},
                "awareness_gate": {"factor": 1, "from": ["watch"]},
            },
        ],
        policy={"min_level": [{"activity": "watch", "level": 4}, {"activity": "strike", "level": 4}]},
    )
    assert optimum(problem) == pytest.approx(0)


def test_t6_harm_cannot_be_delayed_past_the_horizon_by_denying_presence() -> None:
    """Two levels of strike in p2, each with 1 off violence and 3 more grievance. After the patrol in p1 they arrive in
    p2: 2 - 6. Without presence they would arrive past the horizon: 0.
    """
    problem = a_problem(
        periods=["p1", "p2"],
        members=[{"id": "a", "resources": {"money": [1, 2]}}],
        theatres=[{"id": "iraq", "risk": {"violence": 2, "grievance": 10}}],
        activities=[
            {
                "id": "strike",
                "reduces": {"violence": 1, "grievance": -3},
                "min_level": 2,
                "lead_time": {"with_presence": 0, "without": 1, "presence_from": ["patrol"]},
            },
            {"id": "patrol", "min_level": 1, "effect": {"type": "linear", "per_level": 0}, "reduces": {"violence": 1}},
        ],
        policy={"run": [{"activity": "patrol", "period": "p1"}, {"activity": "strike", "period": "p2"}]},
    )
    assert optimum(problem) == pytest.approx(2 - 6)


def test_t6_a_harmful_activity_does_not_run_unless_required() -> None:
    """Each level takes 1 off violence and adds 2 to grievance, so the best level is 0."""
    assert optimum(
        a_problem(
            theatres=[{"id": "iraq", "risk": {"violence": 9, "grievance": 9}}],
            activities=[{"id": "strike", "reduces": {"violence": 1, "grievance": -2}}],
        )
    ) == pytest.approx(0)


@pytest.mark.parametrize(
    "effect",
    [
        {"type": "threshold", "threshold": 1, "per_level": 1},
        {"type": "piecewise", "points": [[0, 0], [1, 1]]},
    ],
)
def test_t6_harm_is_for_linear_effects_only(effect: dict[str, Any]) -> None:
    document = harmful().document
    document["activities"][0]["effect"] = effect
    with pytest.raises(InvalidDocument) as refused:
        read_problem(document)
    (issue,) = refused.value.issues
    assert (issue.code, issue.address) == ("linear_effect_required", "activities/strike/reduces/grievance")


# T14


def issues(problem: Problem) -> tuple[Issue, ...]:
    return precheck(problem, Config())


def lead_time(**patrol: Any) -> Problem:
    waits = {"with_presence": 0, "without": 1, "presence_from": ["patrol"]}
    return a_problem(
        periods=["p1", "p2"], activities=[{"id": "strike", "lead_time": waits}, {"id": "patrol", **patrol}]
    )


def test_t14_presence_takes_more_than_running_at_level_zero() -> None:
    (issue,) = issues(lead_time())
    assert issue.code == "min_level_required"
    assert issue.address == "activities/strike/lead_time/presence_from/0"
    assert issue.given == "patrol"
    assert issue.suggestion == "set activities/patrol/min_level above 0"
    assert not issues(lead_time(min_level=0.1))


def test_t14_a_synergy_takes_more_than_running_at_level_zero() -> None:
    def mixed(**least: float) -> Problem:
        return a_problem(
            activities=[{"id": one, "min_level": level} for one, level in ({"train": 0, "advise": 0} | least).items()],
            synergies=[{"activities": ["train", "advise"], "effect": 3}],
        )

    both = issues(mixed())
    assert [issue.code for issue in both] == ["min_level_required"] * 2
    assert [issue.given for issue in both] == ["train", "advise"]
    assert [issue.given for issue in issues(mixed(train=1))] == ["advise"]
    assert not issues(mixed(train=1, advise=1))


def test_t14_what_must_run_takes_more_than_running_at_level_zero() -> None:
    (issue,) = issues(a_problem(policy={"run": [{"activity": "train"}]}))
    assert (issue.code, issue.pointer) == ("min_level_required", "/policy/run/0/activity")
    assert not issues(a_problem(activities=[{"id": "train", "min_level": 1}], policy={"run": [{"activity": "train"}]}))


def test_t14_is_refused_before_it_is_solved() -> None:
    with pytest.raises(InvalidDocument) as refused:
        solve(lead_time())
    assert [issue.code for issue in refused.value.issues] == ["min_level_required"]
