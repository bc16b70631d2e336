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


@pytest.mark.parametrize("cuts", [(0, 3.5, 1), (0, 1, 3.5)])
def test_what_is_held_back_removes_no_more_than_there_is(cuts: tuple[float, ...]) -> None:
    problem = delayed(theatres=[{"id": "iraq", "risk": 3}, {"id": "home", "risk": 0}])
    assert "risk" in broken(problem, told(a_plan(problem, GIVES | {"a/train/money/p2": 6}), *cuts))


@pytest.mark.parametrize("late, verdict", [(6, set()), (6.01, {"risk"})])
def test_what_is_held_back_does_to_a_driver_what_it_would_have_done(late: float, verdict: set[str]) -> None:
    """6 levels remove 12 points, half of them late."""
    lead = {"with_presence": 0, "without": 1, "presence_from": ["base"]}
    problem = delayed(
        activities=[
            {"id": "train", "lead_time": lead, "reduces": {"risk": 2}},
            {"id": "base", "min_level": 1, "theatre": "home"},
        ]
    )
    plan = told(a_plan(problem, GIVES | {"a/train/money/p2": 6}), 0, 6, late)
    assert broken(problem, changed(plan, scenarios=[])) == verdict


def test_what_is_held_back_does_nothing_where_it_does_not_serve() -> None:
    problem = delayed(theatres=[{"id": "iraq", "risk": 3}, {"id": "home", "risk": 5}])
    plan = told(a_plan(problem, GIVES | {"a/train/money/p2": 6}), 0, 3, 3)
    assert not broken(problem, changed(plan, scenarios=[]))
    entries = [one.model_dump() for one in plan.coverage]
    home = next(one for one in entries if one["theatre"] == "home" and one["period"] == "p2")
    home |= {"reduction": 0.5, "residual": 4.5, "share": 0.1}
    assert "risk" in broken(problem, changed(plan, coverage=entries, scenarios=[]))


@pytest.mark.parametrize("base, arrives", [("p1", [0, 0, 4, 0]), ("p3", [0, 0, 0, 4])])
def test_both_lead_times_are_counted_from_the_run_on(base: str, arrives: list[float]) -> None:
    """In p2: one period later where base ran in p1, else two; that base runs later changes nothing."""
    lead = {"with_presence": 1, "without": 2, "presence_from": ["base"]}
    problem = delayed(
        periods=["p1", "p2", "p3", "p4"],
        activities=[{"id": "train", "lead_time": lead}, {"id": "base", "min_level": 1, "theatre": "home"}],
    )
    plan = a_plan(problem, {f"a/base/money/{base}": 1, "a/train/money/p2": 4})
    assert reductions(plan) == arrives


@pytest.mark.parametrize("without, gives", [(0, GIVES), (1, GIVES | {"a/train/money/p2": 0})])
def test_only_what_could_come_later_may_be_held_back(without: int, gives: dict[str, float]) -> None:
    """Elsewhere a plan tells all that it removes: here 2 of what watch wins in the same place."""
    lead = {"with_presence": 0, "without": without, "presence_from": ["base"]}
    problem = delayed(
        activities=[
            {"id": "train", "lead_time": lead},
            {"id": "base", "min_level": 1, "theatre": "home"},
            {"id": "watch"},
        ]
    )
    plan = a_plan(problem, gives | {"a/watch/money/p1": 2})
    first, *others = reductions(plan)
    assert not broken(problem, plan)
    assert broken(problem, changed(told(plan, first - 1, *others), scenarios=[])) == {"risk"}


@pytest.mark.parametrize("late, verdict", [(1, set()), (1.01, {"risk"})])
def test_what_is_held_back_misses_its_early_period_and_comes_in_its_late_one(late: float, verdict: set[str]) -> None:
    """Run in p2, 4 points arrive in p3, one period later; held back, 1 of them arrives in p4, two later."""
    lead = {"with_presence": 1, "without": 2, "presence_from": ["base"]}
    problem = delayed(
        periods=["p1", "p2", "p3", "p4"],
        activities=[{"id": "train", "lead_time": lead}, {"id": "base", "min_level": 1, "theatre": "home"}],
    )
    plan = told(a_plan(problem, {"a/base/money/p1": 1, "a/train/money/p2": 4}), 0, 0, 3, late)
    assert broken(problem, changed(plan, scenarios=[])) == verdict


def held(*cuts: float, risk: float = 3.02, **gives: float) -> set[str]:
    """What is broken where train wins 6 points in p2, or later, and `cuts` are told."""
    problem = delayed(
        theatres=[{"id": "iraq", "risk": risk}, {"id": "home", "risk": 0}],
        activities=[
            {"id": "train", "lead_time": {"with_presence": 0, "without": 1, "presence_from": ["base"]}},
            {"id": "base", "min_level": 1, "theatre": "home"},
            {"id": "watch"},
        ],
        members=[{"id": "a", "resources": {"money": 100}}],
    )
    more = {f"a/watch/money/{period}": amount for period, amount in gives.items()}
    plan = told(a_plan(problem, GIVES | {"a/train/money/p2": 6} | more), *cuts)
    iraq = [one.model_dump() for one in plan.coverage if one.theatre == "iraq"]
    return broken(problem, changed(plan, coverage=iraq, scenarios=[]))


def test_what_is_not_reported_beside_what_is_held_back_removes_nothing() -> None:
    assert held(0, 3, 3) == set()


@pytest.mark.parametrize("over, verdict", [(3e-5, set()), (4.5e-5, {"risk"})])
def test_what_is_held_back_may_remove_what_there_is_and_a_rounding(over: float, verdict: set[str]) -> None:
    """A figure may be off by 1e-5 · (1 + 3)."""
    assert held(0, 3 + over, 1, risk=3) == verdict


@pytest.mark.parametrize("over, verdict", [(7e-5, set()), (9e-5, {"risk"})])
def test_what_is_held_back_may_be_more_than_there_was_by_a_rounding(over: float, verdict: set[str]) -> None:
    """1e-5 · (1 + 3.02) in each of the two periods over which it may be spread."""
    assert held(0, 3, 3 + over) == verdict


@pytest.mark.parametrize("cuts, verdict", [((0, 10, 6), set()), ((0, 3, 12), {"risk"})])
def test_all_of_it_may_be_held_back_and_no_more_than_once(cuts: tuple[float, ...], verdict: set[str]) -> None:
    """Watch wins 10 in p2 as well: to tell less of them does not let 12 of 6 come late."""
    assert held(*cuts, risk=20, p2=10) == verdict
