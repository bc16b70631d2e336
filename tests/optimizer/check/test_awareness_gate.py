from models.problem.problem import Problem
from optimizer.check.awareness_gate import rows
from optimizer.check.row import RuleRow
from optimizer.tolerances import FIGURE_AGREEMENT, SIZE_FLOOR
from tests.support.plans import a_plan, broken, changed, rows_of
from tests.support.problems import a_problem


def gated() -> Problem:
    """An effective level of at most 2 · (1 + effective level of watch in the period before)."""
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


def test_states_the_reported_level_and_the_limit_of_awareness() -> None:
    """2 · 1 in the first period, which has no earlier awareness, then 2 · (1 + 1.5)."""
    gives = {"a/watch/money/p1": 3, "a/strike/money/p1": 2, "a/strike/money/p2": 4}
    assert rows_of(rows, gated(), a_plan(gated(), gives)) == [
        RuleRow(
            key=f"strike/{period}",
            left=level,
            sense="<=",
            right=allowed,
            sentence=f"strike reports an effective level of {level} in {period}; awareness allows {allowed}.",
            scale=SIZE_FLOOR * 10,
            tolerance=FIGURE_AGREEMENT,
        )
        for period, level, allowed in (("p1", 1, 2), ("p2", 2, 5))
    ]


def test_each_scenario_has_its_own_awareness() -> None:
    """With recourse each run is checked in its own scenario only."""
    known = {"id": "known", "overrides": {"theatres/iraq/awareness": 3}}
    document = gated().model_dump(by_alias=True, exclude_unset=True)
    fields = {"scenarios": [{"id": "dark"}, known], "criterion": {"type": "expected", "recourse": True}}
    problem = Problem.model_validate(document | fields)
    gives = {"a/strike/money/p1/dark": 4, "a/strike/money/p1/known": 10}
    plan = a_plan(problem, gives, runs={"strike": None})
    assert [(row.left, row.right) for row in rows_of(rows, problem, plan)] == [(2, 2), (5, 6)]
