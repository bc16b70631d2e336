"""The best plan that is known and still holds is the first answer, and no answer after it is worse."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from models.change import Change
from models.outcome import Outcome, Solved, Stopped
from models.plan import Plan
from models.problem.problem import Problem
from optimizer.search import branch_and_dive
from optimizer.search.branch_and_dive import BranchAndDive
from optimizer.search.stages import StagedSearch
from optimizer.solver.statuses import RunResult
from optimizer.solving.early_answers import UNCHANGED
from optimizer.solving.solve import solve
from optimizer.solving.warm import WarmProblem
from tests.support.plans import a_plan
from tests.support.problems import a_problem
from tests.support.warm import CONFIG, DOCUMENT, MEMBERS, last

PROBLEM = Problem.model_validate(DOCUMENT)
GONE = [Change(address=f"withdrawn/{member}", value={}) for member in MEMBERS]


def plan_of(outcome: Outcome) -> Plan:
    assert outcome.plan is not None
    return outcome.plan


def value_of(outcome: Outcome) -> float:
    return outcome.objectives[0].value


def test_a_plan_survives_a_question_whose_program_has_no_columns_for_it() -> None:
    """The activities of the base are forbidden, or their theatre taken out, in between."""
    warm = WarmProblem(PROBLEM, CONFIG)
    best = value_of(last(warm.what_if()).outcome)
    warm.store_plan("base")
    without = {**DOCUMENT, "activities": DOCUMENT["activities"][1:], "positions": DOCUMENT["positions"][1:]}
    last(warm.answers(Problem.model_validate(without), CONFIG))
    warm.restore_plan("base")
    first = next(iter(warm.answers(PROBLEM, CONFIG.model_copy(update={"relax": ("consent",)})))).outcome
    assert value_of(first) >= best - 1e-6


def test_a_plan_document_is_the_first_answer_where_nothing_is_loaded() -> None:
    base = last(WarmProblem(PROBLEM, CONFIG).what_if()).outcome
    first = next(iter(WarmProblem(PROBLEM, CONFIG).answers(PROBLEM, CONFIG, known=[plan_of(base)]))).outcome
    assert isinstance(first, Solved | Stopped)
    assert first.found_by == "plan_before"
    assert value_of(first) >= value_of(base) - 1e-6


def test_the_better_of_the_known_plans_is_the_first_answer() -> None:
    warm = WarmProblem(PROBLEM, CONFIG)
    best = last(warm.what_if()).outcome
    poor = last(warm.what_if(GONE)).outcome
    for known in ([plan_of(best), plan_of(poor)], [plan_of(poor), plan_of(best)]):
        first = next(iter(WarmProblem(PROBLEM, CONFIG).answers(PROBLEM, CONFIG, known=known))).outcome
        assert value_of(first) >= value_of(best) - 1e-6


def test_a_plan_is_worth_what_it_achieves_after_the_change_though_its_binaries_say_less() -> None:
    """5 levels miss a threshold of 6, and reach one of 4: 5 points more, without another plan."""
    activity = {"id": "reform", "effect": {"type": "threshold", "threshold": 6, "per_level": 1}, "max_level": 5}

    def problem(threshold: float) -> Problem:
        effect: dict[str, Any] = {**activity["effect"], "threshold": threshold}  # type: ignore[dict-item]
        floor = {"min_level": [{"activity": "reform", "level": 5}]}
        return a_problem(activities=[{**activity, "effect": effect}], policy=floor)

    warm = WarmProblem(problem(6), CONFIG)
    assert value_of(last(warm.what_if()).outcome) == pytest.approx(0)
    assert value_of(next(iter(warm.answers(problem(4), CONFIG))).outcome) == pytest.approx(5)


def test_a_change_without_effect_says_so_and_gives_the_plan_before() -> None:
    warm = WarmProblem(PROBLEM, CONFIG)
    base = last(warm.what_if()).outcome
    renamed = Problem.model_validate({**DOCUMENT, "title": "another"})
    (answer,) = warm.answers(renamed, CONFIG)
    assert answer.stage == "whole"
    assert plan_of(answer.outcome) == plan_of(base)
    assert UNCHANGED in answer.outcome.warnings
    assert UNCHANGED not in last(warm.what_if(GONE)).outcome.warnings


def test_a_change_of_what_counts_is_no_change_without_effect() -> None:
    """The program's rows are the same; the second objective is another."""
    warm = WarmProblem(PROBLEM, CONFIG)
    last(warm.what_if())
    other = Problem.model_validate({**DOCUMENT, "objectives": [{"metric": "cost"}]})
    assert UNCHANGED not in last(warm.answers(other, CONFIG)).outcome.warnings


def test_a_solve_from_a_plan_of_ones_own_is_never_worse() -> None:
    best = solve(PROBLEM, CONFIG)
    again = solve(PROBLEM, CONFIG, start=plan_of(best))
    assert value_of(again) >= value_of(best) - 1e-6
    assert not any("to start from" in warning for warning in again.warnings)


def test_a_plan_of_ones_own_that_breaks_a_rule_is_a_hint_and_the_answer_says_which() -> None:
    problem = a_problem(activities=[{"id": "train", "max_level": 4}])
    start = a_plan(problem, {"a/train/money/p1": 9})
    outcome = solve(problem, CONFIG, start=start)
    assert outcome.status == "optimal"
    assert value_of(outcome) == pytest.approx(4)
    (told,) = (warning for warning in outcome.warnings if "to start from" in warning)
    assert "breaks" in told


def test_a_plan_that_names_what_the_problem_does_not_have_is_a_hint_too() -> None:
    other = a_problem(activities=[{"id": "watch"}])
    outcome = solve(a_problem(), CONFIG, start=a_plan(other, {"a/watch/money/p1": 1}))
    assert outcome.status == "optimal"
    assert any("to start from" in warning for warning in outcome.warnings)


def test_a_sound_plan_is_kept_if_the_solver_rejects_it_as_a_start(monkeypatch: pytest.MonkeyPatch) -> None:
    """The solver answers with nothing at all, and calls that optimal: its bound does not count, and the plan stays."""
    warm = WarmProblem(PROBLEM, CONFIG)
    best = value_of(last(warm.what_if()).outcome)

    def nothing(searching: BranchAndDive) -> RunResult:
        values = np.zeros_like(searching.plan) if searching.plan is not None else None
        objective = None if values is None else searching.program.value(values)
        bound = -np.inf if objective is None else objective
        return RunResult(termination="optimal", values=values, objective=objective, bound=bound, nodes=0)

    monkeypatch.setattr(BranchAndDive, "solve_whole", nothing)
    monkeypatch.setattr(StagedSearch, "_is_closed", lambda _: False)
    more = last(warm.what_if([Change(address="members/us/resources/money", value=8.5)])).outcome
    assert more.status == "feasible"
    assert value_of(more) >= best - 1e-6
    first = more.objectives[0]
    assert first.bound is not None
    assert first.bound >= first.value


@pytest.mark.parametrize("small", [0, branch_and_dive.SMALL])
def test_no_answer_is_worse_than_the_one_before(monkeypatch: pytest.MonkeyPatch, small: int) -> None:
    monkeypatch.setattr(branch_and_dive, "SMALL", small)
    warm = WarmProblem(PROBLEM, CONFIG)
    last(warm.what_if())
    changes: Sequence[Sequence[Change]] = (
        [Change(address="members/us/resources/money", value=3)],
        [Change(address="theatres/iraq/consent", value=False)],
        GONE[:1],
        [],
    )
    for change in changes:
        values = [value_of(answer.outcome) for answer in warm.what_if(change) if answer.outcome.objectives]
        assert values == sorted(values) or np.allclose(values, sorted(values))


def test_a_stored_plan_is_a_known_plan() -> None:
    warm = WarmProblem(PROBLEM, CONFIG)
    best = last(warm.what_if()).outcome
    warm.store_plan("base")
    stored = warm.stored_plan("base")
    assert stored is not None
    assert warm.stored_plan("unknown") is None
    last(warm.what_if(GONE))
    known = replace(stored, answered=None)
    assert value_of(next(iter(warm.answers(PROBLEM, CONFIG, known=[known]))).outcome) >= value_of(best) - 1e-6
