"""The facade: a problem in, an outcome out, whatever happens."""

import json
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from models.config import Config, SolverConfig
from models.errors import InvalidDocument
from models.outcome import OUTCOME, Outcome, Progress
from models.problem.problem import Problem
from optimizer import solve
from optimizer.search.branch_and_dive import search
from optimizer.solver.statuses import RunResult
from tests.service.asking import a_hard_problem as a_hard_document
from tests.support.bounds import bound_of
from tests.support.problems import a_problem, members

EXACT = Config(solver=SolverConfig(mip_gap=0.0))


def smallest() -> Problem:
    """Per M EUR iraq 1, libya 2 * 1.5 / 2 = 1.5; libya saturates at level 4 (8 M EUR, 12 points), 2 are left."""
    return a_problem(
        members=[{"id": "a", "resources": {"money": 6}}, {"id": "b", "resources": {"money": 4}}],
        theatres=[{"id": "iraq", "risk": 10}, {"id": "libya", "risk": 6, "weight": 2}],
        activities=[
            {"id": "train", "theatre": "iraq"},
            {"id": "watch", "theatre": "libya", "needs": {"money": 2}, "effect": {"type": "linear", "per_level": 1.5}},
        ],
    )


def a_hard_problem() -> Problem:
    """Many thresholds that do not all fit into the means: enough to keep the solver busy for a moment."""
    return a_problem(
        members=members(*(f"m{n}" for n in range(8)), min_contribution=1),
        theatres=[{"id": f"h{n}", "risk": 40 + n} for n in range(6)],
        frameworks=[{"id": "coalition", "rule": {"type": "participants", "min_participants": 3}}],
        periods=["p1", "p2", "p3"],
        activities=[
            {
                "id": f"a{n}",
                "theatre": f"h{n % 6}",
                "effect": {"type": "threshold", "threshold": 7 + n % 5, "per_level": 1 + n / 10},
                "max_level": 15,
            }
            for n in range(30)
        ],
    )


def without_timing(outcome: Outcome) -> dict[str, Any]:
    return OUTCOME.dump_python(outcome, mode="json", by_alias=True, exclude={"timing"})


def test_the_smallest_problem_is_worth_fourteen() -> None:
    outcome = solve(smallest(), EXACT)
    assert outcome.status == "optimal"
    assert outcome.objectives[0].value == pytest.approx(14, abs=1e-9)
    assert outcome.objectives[0].bound == pytest.approx(14, abs=1e-9)
    assert {run.id: run.level for run in outcome.plan.activities} == pytest.approx({"train": 2, "watch": 4})


def test_an_outcome_survives_its_own_document() -> None:
    outcome = solve(smallest(), EXACT)
    assert OUTCOME.validate_json(OUTCOME.dump_json(outcome, by_alias=True)) == outcome


def test_the_effective_config_comes_back() -> None:
    assert solve(smallest(), EXACT).config == EXACT
    assert solve(smallest()).config.solver.time_limit_s == 60


def test_nothing_is_spent_for_nothing() -> None:
    """Six points of risk take six of ten M EUR; the cost objective keeps the other four."""
    outcome = solve(a_problem(theatres=[{"id": "iraq", "risk": 6}]), EXACT)
    assert [result.value for result in outcome.objectives] == pytest.approx([6, 6])


def test_an_override_changes_the_answer_and_not_the_problem() -> None:
    problem = smallest()
    changed = Config(solver=EXACT.solver, overrides={"members/a/resources/money": 7})
    assert solve(problem, changed).objectives[0].value == pytest.approx(15)
    assert solve(problem, EXACT).objectives[0].value == pytest.approx(14)
    assert solve(problem, changed).problem_digest == solve(problem, EXACT).problem_digest


def test_an_infeasible_problem_is_an_answer_without_a_plan() -> None:
    problem = a_problem(policy={"min_level": [{"activity": "train", "level": 11}]})
    outcome = solve(problem, EXACT)
    assert (outcome.status, outcome.plan, outcome.objectives) == ("infeasible", None, ())


def test_what_policy_asks_is_freed_with_policy() -> None:
    problem = a_problem(policy={"min_level": [{"activity": "train", "level": 11}]})
    outcome = solve(problem, Config(solver=EXACT.solver, relax=("policy",)))
    assert outcome.status == "optimal"


def test_a_problem_that_cannot_be_taken_is_refused_with_its_address() -> None:
    problem = a_problem(frameworks=[{"id": "coalition", "rule": {"type": "participants", "min_participants": 2}}])
    with pytest.raises(InvalidDocument) as refused:
        solve(problem)
    issue = refused.value.issues[0]
    assert (issue.code, issue.address) == ("min_contribution_required", "members/a/min_contribution")
    assert "defaults/members/min_contribution" in (issue.suggestion or "")


def test_a_solve_without_time_says_so() -> None:
    outcome = solve(a_hard_problem(), Config(solver=SolverConfig(time_limit_s=1e-6)))
    assert outcome.status in {"no_plan_in_limit", "feasible"}


def test_a_stopped_solve_keeps_its_best_plan_with_bound_and_gap() -> None:
    seen: list[Progress] = []

    def enough() -> bool:
        return any(moment.incumbent is not None for moment in seen)

    outcome = solve(a_hard_problem(), EXACT, on_progress=seen.append, should_stop=enough)
    if outcome.status == "feasible":
        assert outcome.check.passed
        assert bound_of(outcome.objectives[0]) >= outcome.objectives[0].value
    else:
        assert outcome.status == "optimal"


def test_a_solve_that_finds_nothing_better_for_too_long_ends_and_says_by_which_limit() -> None:
    problem = Problem.model_validate(a_hard_document())
    outcome = solve(problem, Config(solver=SolverConfig(mip_gap=0.0, stall_limit_s=0.3)))
    assert outcome.status == "feasible"
    assert outcome.stopped_by == "stall_limit_s"
    assert outcome.reason == "no better plan was found for 0.3 s (stall_limit_s) before the gap closed"
    assert outcome.found_by == "whole_program"
    assert outcome.check.passed


def test_a_later_objective_that_used_up_its_share_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    """With time left: more of it in all would change nothing."""

    def without_time(*arguments: Any, **named: Any) -> RunResult:
        found = search(*arguments, **named)
        return found if arguments[2] is None else replace(found, termination="limit", bound=-np.inf)

    monkeypatch.setattr("optimizer.search.lexicographic.search", without_time)
    outcome = solve(smallest(), EXACT)
    assert outcome.status == "feasible"
    assert outcome.stopped_by == "later_share"
    assert outcome.reason.startswith("a later objective used up its share of the time")
    assert outcome.objectives[1].scope == "integers_held"


def test_the_status_stands_beside_the_kind_of_document() -> None:
    document = OUTCOME.dump_python(solve(a_problem(), EXACT), by_alias=True)
    assert list(document)[:2] == ["schema", "status"]


def test_progress_names_the_metric_and_never_crosses_its_bound() -> None:
    seen: list[Progress] = []
    solve(a_hard_problem(), Config(solver=SolverConfig(time_limit_s=5)), on_progress=seen.append)
    assert {moment.metric for moment in seen} <= {"risk_reduction", "cost"}
    for moment in seen:
        if moment.metric == "risk_reduction" and moment.incumbent is not None and moment.bound is not None:
            assert moment.incumbent <= moment.bound + 1e-6


def test_the_same_problem_gives_the_same_bytes() -> None:
    first, second = (json.dumps(without_timing(solve(smallest(), EXACT))) for _ in range(2))
    assert first == second


def test_renamed_members_change_nothing() -> None:
    renamed = smallest().document | {
        "members": [{"id": "z", "resources": {"money": 6}}, {"id": "y", "resources": {"money": 4}}]
    }
    outcome = solve(Problem.model_validate(renamed), EXACT)
    assert outcome.objectives[0].value == pytest.approx(14)


def test_a_solve_stopped_before_its_last_objective_was_free_is_not_called_optimal() -> None:
    """Stopped once the first objective is closed: the cost is only known with its choices held."""
    seen: list[Progress] = []
    outcome = solve(a_hard_problem(), on_progress=seen.append, should_stop=lambda: bool(seen))
    assert outcome.status in {"feasible", "no_plan_in_limit"}
