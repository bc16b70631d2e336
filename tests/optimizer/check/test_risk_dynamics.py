from typing import Any

from models.problem.problem import Problem
from tests.support.plans import a_plan, broken, changed, reduced
from tests.support.problems import a_problem

PERIODS = ["p1", "p2", "p3"]


def feeding(**fields: Any) -> Problem:
    theatre = {
        "id": "iraq",
        "risk": {"violence": 10, "grievance": 8},
        "growth": {"violence": 0.5},
        "spillover": [{"from": "grievance", "to": "violence", "rate": 0.25}],
        **fields,
    }
    return a_problem(periods=PERIODS, theatres=[theatre], activities=[{"id": "train", "reduces": {"grievance": 1}}])


def test_c28_structural_sources_feed_violence() -> None:
    plan = a_plan(feeding())
    baseline = {f"{one.driver}/{one.period}": one.baseline for one in plan.coverage}
    assert baseline == {
        "violence/p1": 10,
        "grievance/p1": 8,
        "violence/p2": 17,
        "grievance/p2": 8,
        "violence/p3": 27.5,
        "grievance/p3": 8,
    }


def test_c28_spill_over_alone_changes_risk() -> None:
    baseline = {f"{one.driver}/{one.period}": one.baseline for one in a_plan(feeding(growth={})).coverage}
    assert (baseline["violence/p2"], baseline["violence/p3"], baseline["grievance/p3"]) == (12, 14, 8)


def test_c28_growth_alone_changes_risk() -> None:
    baseline = {f"{one.driver}/{one.period}": one.baseline for one in a_plan(feeding(spillover=[])).coverage}
    assert (baseline["violence/p2"], baseline["violence/p3"], baseline["grievance/p3"]) == (15, 22.5, 8)


def test_c28_the_persistent_part_grows_and_spills_over() -> None:
    problem = feeding(persistence=0.5)
    assert reduced(problem, "a/train/money/p1") == {
        "iraq/grievance/p1": 4,
        "iraq/grievance/p2": 2,
        "iraq/violence/p2": 0.5,
        "iraq/grievance/p3": 1,
        "iraq/violence/p3": 0.5 * (1.5 * 0.5 + 0.25 * 2),
    }


def test_c28_rejects_a_baseline_that_does_not_grow() -> None:
    problem = feeding()
    plan = a_plan(problem)
    entries = [one.model_dump() for one in plan.coverage]
    entries[2] |= {"baseline": 10, "residual": 10}
    assert broken(problem, changed(plan, coverage=entries)) == {"risk_dynamics"}
