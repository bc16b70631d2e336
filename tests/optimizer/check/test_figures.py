from typing import Any

import pytest

from models.outcome import ObjectiveResult
from models.problem.objective import Metric
from models.problem.problem import Problem
from optimizer.check.check import check
from tests.support.plans import a_plan, broken_rows, changed
from tests.support.problems import a_problem, members


def shared() -> Problem:
    return a_problem(members=members("a", "b"), positions=[{"member": "b", "activity": "train", "value": 2}])


def claim(metric: Metric, value: float) -> ObjectiveResult:
    return ObjectiveResult(metric=metric, value=value, bound=value, gap=0, optimal=True, scope="full")


@pytest.mark.parametrize(
    "metric, value",
    [
        ("risk_reduction", 10),
        ("residual_risk", 90),
        ("cost", 10),
        ("max_burden", 6),
        ("opposition", 0),
        ("divergence", 1),
        ("concessions", 0),
        ("min_coverage", 0.1),
        ("change_from_baseline", 0),
    ],
)
def test_an_objectives_value_is_that_of_the_plan(metric: Metric, value: float) -> None:
    problem = shared()
    plan = a_plan(problem, {"a/train": 6, "b/train": 4})
    assert check(problem, plan, objectives=[claim(metric, value)]).passed
    report = check(problem, plan, objectives=[claim(metric, value + 0.01)])
    assert [(one.constraint, one.row) for one in report.violations] == [("objectives", metric)]


@pytest.mark.parametrize("scenarios", [[], [{"id": "as_is"}]])
def test_a_regret_that_cannot_be_checked_does_not_pass(scenarios: list[dict[str, str]]) -> None:
    problem = a_problem(criterion={"type": "regret"}, scenarios=scenarios)
    plan = a_plan(problem, {"a/train": 6})
    assert not check(problem, plan, objectives=[claim("max_regret", 4)]).passed
    scores = [{"id": "as_is", "risk_reduction": 6, "regret": 4}]
    assert check(problem, changed(plan, scenarios=scores), objectives=[claim("max_regret", 4)]).passed


@pytest.mark.parametrize("figure", ["cost", "share", "fair_share", "relative_burden"])
def test_rejects_a_burden_that_is_not_so(figure: str) -> None:
    problem = shared()
    plan = a_plan(problem, {"a/train": 6, "b/train": 4})
    entries = [one.model_dump() for one in plan.burden]
    entries[0][figure] += 0.01
    assert broken_rows(problem, changed(plan, burden=entries)) == [f"burden_report a/{figure}"]


def test_whoever_is_not_listed_pays_nothing() -> None:
    problem = shared()
    plan = a_plan(problem, {"a/train": 6})
    listed = [one.model_dump() for one in plan.burden]
    assert not broken_rows(problem, changed(plan, burden=listed[:1]))
    assert broken_rows(problem, changed(plan, burden=listed[1:])) == ["burden_report a/cost"]


@pytest.mark.parametrize("figure", ["range", "total_deviation", "pairwise", "willing_share"])
def test_rejects_a_divergence_that_is_not_so(figure: str) -> None:
    problem = shared()
    plan = a_plan(problem, {"a/train": 6, "b/train": 4})
    entry = plan.divergence[0].model_dump()
    entry[figure] += 0.01
    assert broken_rows(problem, changed(plan, divergence=[entry])) == [f"divergence_report train/p1/{figure}"]


def test_rejects_a_divergence_of_what_does_not_run() -> None:
    problem = shared()
    plan = a_plan(problem, {"a/train": 6})
    entry = plan.divergence[0].model_dump()
    assert broken_rows(problem, changed(a_plan(problem), divergence=[entry])) == ["divergence_report train/p1/runs"]


@pytest.mark.parametrize(
    "fields, row",
    [
        ({"participants": []}, "missing"),
        ({"participants": ["a", "b"]}, "invented"),
        ({"stood_aside": [{"member": "a", "why": "it does not"}]}, "aside"),
        ({"role": "lead"}, "role"),
    ],
)
def test_rejects_a_run_that_says_who_takes_part_and_is_wrong(fields: dict[str, Any], row: str) -> None:
    problem = shared()
    plan = a_plan(problem, {"a/train": 6})
    run = plan.activities[0].model_dump() | fields
    assert broken_rows(problem, changed(plan, activities=[run])) == [f"participants train/p1/{row}"]
