from typing import Any

import pytest

from models.plan import Plan
from models.problem.problem import Problem
from tests.support.plans import a_plan, broken, changed
from tests.support.problems import a_problem

GIVES = {"a/base/money/p1": 1, "a/train/money/p2": 4}


def delayed(**fields: Any) -> Problem:
    """Effects arrive at once where base ran in the period before, a period later elsewhere."""
    lead = {"with_presence": 0, "without": 1, "presence_from": ["base"]}
    return a_problem(
        **{
            "periods": ["p1", "p2", "p3"],
            "theatres": [{"id": "iraq"}, {"id": "home", "risk": 0}],
            "activities": [{"id": "train", "lead_time": lead}, {"id": "base", "min_level": 1, "theatre": "home"}],
            **fields,
        }
    )


def reductions(plan: Plan) -> list[float]:
    return [one.reduction for one in plan.coverage if one.theatre == "iraq"]


def told(plan: Plan, *cuts: float) -> Plan:
    entries = [one.model_dump() for one in plan.coverage]
    for entry, cut in zip((one for one in entries if one["theatre"] == "iraq"), cuts, strict=True):
        entry |= {"reduction": cut, "residual": entry["baseline"] - cut, "share": cut / entry["baseline"]}
    return changed(plan, coverage=entries)


def test_presence_in_the_period_before_saves_time() -> None:
    assert reductions(a_plan(delayed(), GIVES)) == [0, 4, 0]
    assert reductions(a_plan(delayed(), {"a/train/money/p2": 4})) == [0, 0, 4]
    assert reductions(a_plan(delayed(), {"a/base/money/p2": 1, "a/train/money/p2": 4})) == [0, 0, 4]


def test_rejects_an_early_effect_without_presence() -> None:
    problem = delayed()
    plan = a_plan(problem, {"a/train/money/p2": 4})
    assert not broken(problem, plan)
    assert broken(problem, told(plan, 0, 4, 0)) == {"risk"}


@pytest.mark.parametrize("cuts, verdict", [((0, 3, 1), set()), ((0, 3, 3), set()), ((0, 3, 3.01), {"risk", "futures"})])
def test_what_would_be_too_much_now_may_be_held_back(cuts: tuple[float, ...], verdict: set[str]) -> None:
    """6 points; a risk of 3 in each period is removed in both only if half of it comes late."""
    problem = delayed(theatres=[{"id": "iraq", "risk": 3.02}, {"id": "home", "risk": 0}])
    plan = a_plan(problem, GIVES | {"a/train/money/p2": 6})
    without_scores = told(plan, *cuts)
    scores = [{"id": "base", "risk_reduction": sum(cuts), "regret": None}]
    assert broken(problem, changed(without_scores, scenarios=scores)) == verdict
