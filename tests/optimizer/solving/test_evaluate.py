"""A plan somebody already has: which rows it breaks, what it is worth, how far from the best that is."""

from typing import Any

import pytest

from models.config import Config, SolverConfig
from models.errors import InvalidDocument
from models.evaluation import Evaluation, Score
from models.outcome import Solved
from models.plan import Plan
from models.problem.problem import Problem
from models.reading import read_config, read_problem
from optimizer import solve
from optimizer.outcome.evaluation import evaluate_plan
from optimizer.solving.evaluate import evaluate
from tests.support.bounds import bound_of
from tests.support.golden import cases
from tests.support.plans import a_plan, changed
from tests.support.problems import a_document
from tests.support.units import document_in, plan_in

EXACT = Config(solver=SolverConfig(mip_gap=0))


def smallest(**fields: object) -> Problem:
    """Worth 14 at best: iraq 1 a M EUR, libya 1.5 a M EUR up to 8 M EUR."""
    return Problem.model_validate(smallest_document(**fields))


def smallest_document(**fields: object) -> dict[str, Any]:
    return a_document(
        members=[{"id": "a", "resources": {"money": 6}}, {"id": "b", "resources": {"money": 4}}],
        theatres=[{"id": "iraq", "risk": 10}, {"id": "libya", "risk": 6, "weight": 2}],
        activities=[
            {"id": "train", "theatre": "iraq"},
            {"id": "watch", "theatre": "libya", "needs": {"money": 2}, "effect": {"type": "linear", "per_level": 1.5}},
        ],
        **fields,
    )


def score_of(evaluation: Evaluation, metric: str) -> Score:
    return next(score for score in evaluation.scores if score.metric == metric)


def broken(evaluation: Evaluation) -> list[tuple[str, str]]:
    return [(one.constraint, one.row) for one in evaluation.check.violations]


@pytest.mark.parametrize(
    "name",
    [
        "G02_threshold_b8",
        "G04_coalition",
        "G13_off_decision",
        "G14_partner_6",
        "G16_worst",
        "G16_regret",
        "G26_capstone",
    ],
)
def test_the_plan_of_a_solve_passes_and_is_as_good_as_its_bound(name: str) -> None:
    golden = next(one for one in cases() if one.name == name)
    problem, config = read_problem(golden.problem), read_config(golden.config)
    outcome = solve(problem, config)
    assert outcome.plan is not None
    evaluation = evaluate(problem, outcome.plan, config)
    assert broken(evaluation) == []
    first = evaluation.scores[0]
    assert first.metric == outcome.objectives[0].metric
    assert first.value == pytest.approx(golden.expect["objective"], abs=1e-5)
    assert first.bound == pytest.approx(golden.expect["objective"], abs=1e-5)
    assert first.gap == pytest.approx(0, abs=1e-6)
    assert evaluation.outcome_status == "optimal"


def test_a_plan_that_is_not_the_best_is_told_how_far_it_falls_short() -> None:
    """10 M EUR in iraq are worth 10 of 14: 4 short, which is 2 sevenths of the bound."""
    problem = smallest()
    evaluation = evaluate(problem, a_plan(problem, {"a/train": 6, "b/train": 4}), EXACT)
    assert evaluation.check.passed
    assert score_of(evaluation, "risk_reduction").value == pytest.approx(10)
    assert score_of(evaluation, "risk_reduction").bound == pytest.approx(14)
    assert score_of(evaluation, "risk_reduction").gap == pytest.approx(4 / 14)
    assert score_of(evaluation, "risk_reduction").proven == pytest.approx(14)
    assert score_of(evaluation, "risk_reduction").proven_gap == pytest.approx(4 / 14)
    assert score_of(evaluation, "cost").value == pytest.approx(10)
    assert score_of(evaluation, "cost").bound is None


@pytest.mark.parametrize("unit", [1e-10, 1, 1e10])
@pytest.mark.parametrize("gives, gap", [({"a/train": 6, "b/train": 4}, 4 / 14), ({}, 1)])
def test_a_gap_does_not_depend_on_the_unit_of_risk(gives: dict[str, float], gap: float, unit: float) -> None:
    """Relative to the bound of 14: 4 short, and all of it if the plan does nothing."""
    problem = smallest()
    outcome = solve(problem, EXACT)
    assert isinstance(outcome, Solved)
    objectives = tuple(one.model_copy(update={"bound": unit * bound_of(one)}) for one in outcome.objectives)
    scaled = Problem.model_validate(document_in("points", unit, smallest_document()))
    plan = Plan.model_validate(plan_in("points", unit, a_plan(problem, gives).model_dump(mode="json")))
    evaluation = evaluate_plan(scaled, plan, EXACT, outcome.model_copy(update={"objectives": objectives}))
    assert evaluation.check.passed
    assert evaluation.figures.passed
    assert score_of(evaluation, "risk_reduction").gap == pytest.approx(gap)


def test_a_plan_that_spends_what_nobody_has_breaks_that_row_by_so_much() -> None:
    problem = smallest()
    evaluation = evaluate(problem, a_plan(problem, {"a/train": 9}), EXACT)
    violation = next(one for one in evaluation.check.violations if one.constraint == "availability")
    assert violation.row == "a/money/p1"
    assert violation.amount == pytest.approx(3)
    assert violation.sentence == "a uses 9 M EUR of money in p1; it has 6."


def test_a_plan_that_breaks_rows_may_beat_the_bound_and_then_has_no_gap() -> None:
    problem = smallest()
    evaluation = evaluate(problem, a_plan(problem, {"a/train": 9, "b/watch": 8}), EXACT)
    assert not evaluation.check.passed
    first = evaluation.scores[0]
    assert first.value == pytest.approx(21)
    assert first.bound == pytest.approx(14)
    assert first.gap == 0


def test_a_perturbed_plan_fails_with_its_row_named() -> None:
    problem = smallest()
    best = solve(problem, EXACT).plan
    assert best is not None
    more = [one.model_dump() | {"amount": one.amount + 1} for one in best.allocations[:1]]
    plan = changed(best, allocations=[*more, *(one.model_dump() for one in best.allocations[1:])])
    given = best.allocations[0]
    assert ("needs", f"{given.activity}/{given.resource}/{given.period}") in broken(evaluate(problem, plan, EXACT))


def test_an_id_that_the_problem_does_not_know_is_told_and_nothing_is_scored() -> None:
    problem = smallest()
    known = a_plan(problem, {"a/train": 6})
    plan = changed(known, allocations=[known.allocations[0].model_dump() | {"contributor": "atlantis"}])
    evaluation = evaluate(problem, plan, EXACT)
    assert broken(evaluation) == [("plan", "allocation/atlantis/train/money/p1")]
    assert "atlantis" in evaluation.check.violations[0].sentence
    assert evaluation.scores == ()


def test_what_is_relaxed_is_neither_checked_nor_kept_to_by_the_bound() -> None:
    problem = smallest(positions=[{"member": "b", "activity": "train", "value": -2}])
    plan = a_plan(problem, {"a/train": 6})
    assert "consensus" in {family for family, _ in broken(evaluate(problem, plan, EXACT))}
    relaxed = evaluate(problem, plan, Config(solver=SolverConfig(mip_gap=0), relax=("decision",)))
    assert relaxed.check.passed
    assert relaxed.config.relax == ("decision",)


def test_overrides_change_what_the_plan_is_judged_by() -> None:
    problem = smallest()
    plan = a_plan(problem, {"a/train": 6})
    less = Config(solver=SolverConfig(mip_gap=0), overrides={"members/a/resources/money": 5})
    assert ("availability", "a/money/p1") in broken(evaluate(problem, plan, less))


def test_one_future_alone_is_judged_where_the_config_names_it() -> None:
    scenarios = [
        {"id": "calm", "overrides": {"theatres/iraq/risk": 2}},
        {"id": "storm", "overrides": {"theatres/iraq/risk": 10}},
    ]
    problem = smallest(scenarios=scenarios)
    alone = Config(solver=SolverConfig(mip_gap=0), scenario="calm")  # type: ignore[arg-type]
    best = solve(problem, alone).plan
    assert best is not None
    evaluation = evaluate(problem, best, alone)
    assert evaluation.check.passed
    assert evaluation.scores[0].gap == pytest.approx(0, abs=1e-6)


def test_figures_that_are_no_longer_so_are_told_and_break_no_rule() -> None:
    """The plan says that 6 of 10 points are gone; there are 12 now."""
    problem = smallest()
    plan = a_plan(problem, {"a/train": 6})
    riskier = Config(solver=SolverConfig(mip_gap=0), overrides={"theatres/iraq/risk": 12})
    evaluation = evaluate(problem, plan, riskier)
    assert evaluation.check.passed
    assert {one.row for one in evaluation.figures.violations} >= {"iraq/risk/p1/baseline"}
    assert evaluate(problem, plan, EXACT).figures.passed


def test_where_no_plan_is_possible_there_is_no_bound() -> None:
    problem = smallest(policy={"min_spend": [{"theatre": "iraq", "amount": 1000}]})
    evaluation = evaluate(problem, a_plan(problem, {"a/train": 6}), EXACT)
    assert evaluation.outcome_status == "infeasible"
    assert all(score.bound is None for score in evaluation.scores)
    assert evaluation.infeasibility is not None
    assert "floors" in {family for family, _ in broken(evaluation)}


def test_a_plan_that_keeps_all_rules_contradicts_an_outcome_without_a_plan() -> None:
    infeasible = solve(smallest(policy={"min_spend": [{"theatre": "iraq", "amount": 1000}]}), EXACT)
    problem = smallest()
    evaluation = evaluate_plan(problem, a_plan(problem, {"a/train": 6}), EXACT, infeasible)
    assert evaluation.check.passed
    assert any("this plan keeps all rules" in warning for warning in evaluation.warnings)


def test_objectives_that_share_a_priority_have_no_bound_of_their_own() -> None:
    together = [{"metric": "risk_reduction", "priority": 1}, {"metric": "cost", "priority": 1, "weight": 0.1}]
    problem = smallest(objectives=together)
    evaluation = evaluate(problem, a_plan(problem, {"a/train": 6}), EXACT)
    assert {(score.bound, score.proven, score.gap) for score in evaluation.scores} == {(None, None, None)}


def test_without_an_outcome_the_plan_is_checked_and_scored_all_the_same() -> None:
    problem = smallest()
    evaluation = evaluate_plan(problem, a_plan(problem, {"a/train": 6}), EXACT, None)
    assert evaluation.check.passed
    assert evaluation.scores[0].value == pytest.approx(6)
    assert (evaluation.scores[0].bound, evaluation.outcome_status) == (None, None)


def test_a_problem_that_cannot_be_solved_as_it_stands_is_refused() -> None:
    quorum = [{"id": "coalition", "rule": {"type": "participants", "min_participants": 2}}]
    empty: dict[str, list[object]] = {name: [] for name in Plan.model_fields}
    with pytest.raises(InvalidDocument):
        evaluate(smallest(frameworks=quorum), Plan.model_validate(empty), EXACT)
