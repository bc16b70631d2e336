from models.problem.problem import Problem
from tests.support.plans import a_plan, broken, changed
from tests.support.problems import a_problem


def gated() -> Problem:
    """At most 2 · (1 + what watch achieved in the period before)."""
    return a_problem(
        periods=["p1", "p2"],
        theatres=[{"id": "iraq", "awareness": 1}],
        frameworks=[{"id": "ad_hoc", "rule": {"type": "none"}, "effect_multiplier": 0.5}],
        activities=[{"id": "strike", "awareness_gate": {"factor": 2, "from": ["watch"]}}, {"id": "watch"}],
    )


def test_no_action_ahead_of_awareness() -> None:
    gives = {"a/watch/money/p1": 3, "a/strike/money/p1": 7, "a/strike/money/p2": 10}
    plan = a_plan(gated(), gives)
    levels = {f"{run.id}/{run.period}": run.effective_level for run in plan.activities}
    assert levels == {"watch/p1": 1.5, "strike/p1": 2, "strike/p2": 5}
    assert not broken(gated(), plan)


def test_rejects_an_effective_level_that_awareness_does_not_allow() -> None:
    problem = gated()
    plan = a_plan(problem, {"a/strike/money/p1": 7})
    (run,) = plan.activities
    ahead = changed(plan, activities=[run.model_dump() | {"effective_level": 3.5, "effect": 3.5}])
    assert "awareness_gate" in broken(problem, ahead)
