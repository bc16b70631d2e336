from typing import Any

import pytest

from models.plan import Plan
from models.problem.problem import Problem
from tests.support.plans import a_plan, broken, changed
from tests.support.problems import a_problem

GIVES = {"a/base/money/p1": 1, "a/train/money/p2": 4}


def delayed(**fields: Any) -> Problem:
    """Effects arrive at once if base ran in the period before, otherwise one period later."""
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


def with_cuts(plan: Plan, *cuts: float) -> Plan:
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
    assert broken(problem, with_cuts(plan, 0, 4, 0)) == {"risk"}


@pytest.mark.parametrize("cuts, verdict", [((0, 3, 1), set()), ((0, 3, 3), set()), ((0, 3, 3.01), {"risk", "futures"})])
def test_an_effect_beyond_the_risk_may_be_delayed(cuts: tuple[float, ...], verdict: set[str]) -> None:
    """6 points; a risk of 3 in each of two periods is removed only if half of the effect arrives late."""
    problem = delayed(theatres=[{"id": "iraq", "risk": 3.02}, {"id": "home", "risk": 0}])
    plan = a_plan(problem, GIVES | {"a/train/money/p2": 6})
    without_scores = with_cuts(plan, *cuts)
    scores = [{"id": "base", "risk_reduction": sum(cuts), "regret": None}]
    assert broken(problem, changed(without_scores, scenarios=scores)) == verdict


@pytest.mark.parametrize("cuts", [(0, 3.5, 1), (0, 1, 3.5)])
def test_a_delayed_effect_removes_at_most_the_risk_present(cuts: tuple[float, ...]) -> None:
    problem = delayed(theatres=[{"id": "iraq", "risk": 3}, {"id": "home", "risk": 0}])
    assert "risk" in broken(problem, with_cuts(a_plan(problem, GIVES | {"a/train/money/p2": 6}), *cuts))


@pytest.mark.parametrize("late, verdict", [(6, set()), (6.01, {"risk"})])
def test_a_delayed_effect_has_the_same_reach(late: float, verdict: set[str]) -> None:
    """6 levels remove 12 points, half of them late."""
    lead = {"with_presence": 0, "without": 1, "presence_from": ["base"]}
    problem = delayed(
        activities=[
            {"id": "train", "lead_time": lead, "reduces": {"risk": 2}},
            {"id": "base", "min_level": 1, "theatre": "home"},
        ]
    )
    plan = with_cuts(a_plan(problem, GIVES | {"a/train/money/p2": 6}), 0, 6, late)
    assert broken(problem, changed(plan, scenarios=[])) == verdict


def test_a_delayed_effect_reaches_only_the_theatres_it_serves() -> None:
    problem = delayed(theatres=[{"id": "iraq", "risk": 3}, {"id": "home", "risk": 5}])
    plan = with_cuts(a_plan(problem, GIVES | {"a/train/money/p2": 6}), 0, 3, 3)
    assert not broken(problem, changed(plan, scenarios=[]))
    entries = [one.model_dump() for one in plan.coverage]
    home = next(one for one in entries if one["theatre"] == "home" and one["period"] == "p2")
    home |= {"reduction": 0.5, "residual": 4.5, "share": 0.1}
    assert "risk" in broken(problem, changed(plan, coverage=entries, scenarios=[]))


@pytest.mark.parametrize("base, arrives", [("p1", [0, 0, 4, 0]), ("p3", [0, 0, 0, 4])])
def test_both_lead_times_count_from_the_period_of_the_run(base: str, arrives: list[float]) -> None:
    """A run in p2 arrives one period later if base ran in p1, otherwise two; a later run of base has no influence."""
    lead = {"with_presence": 1, "without": 2, "presence_from": ["base"]}
    problem = delayed(
        periods=["p1", "p2", "p3", "p4"],
        activities=[{"id": "train", "lead_time": lead}, {"id": "base", "min_level": 1, "theatre": "home"}],
    )
    plan = a_plan(problem, {f"a/base/money/{base}": 1, "a/train/money/p2": 4})
    assert reductions(plan) == arrives


@pytest.mark.parametrize("without, gives", [(0, GIVES), (1, GIVES | {"a/train/money/p2": 0})])
def test_only_an_effect_with_a_later_arrival_may_be_delayed(without: int, gives: dict[str, float]) -> None:
    """Otherwise a plan must report its whole reduction: here the 2 points of watch in the same theatre."""
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
    assert broken(problem, changed(with_cuts(plan, first - 1, *others), scenarios=[])) == {"risk"}


@pytest.mark.parametrize("late, verdict", [(1, set()), (1.01, {"risk"})])
def test_a_delayed_effect_moves_from_its_early_to_its_late_period(late: float, verdict: set[str]) -> None:
    """4 points of a run in p2 arrive in p3, one period later; 1 of them is delayed to p4, two periods later."""
    lead = {"with_presence": 1, "without": 2, "presence_from": ["base"]}
    problem = delayed(
        periods=["p1", "p2", "p3", "p4"],
        activities=[{"id": "train", "lead_time": lead}, {"id": "base", "min_level": 1, "theatre": "home"}],
    )
    plan = with_cuts(a_plan(problem, {"a/base/money/p1": 1, "a/train/money/p2": 4}), 0, 0, 3, late)
    assert broken(problem, changed(plan, scenarios=[])) == verdict


def violations(*cuts: float, risk: float = 3.02, **gives: float) -> set[str]:
    """The violated families if train removes 6 points in p2 or later and the plan reports `cuts`."""
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
    plan = with_cuts(a_plan(problem, GIVES | {"a/train/money/p2": 6} | more), *cuts)
    iraq = [one.model_dump() for one in plan.coverage if one.theatre == "iraq"]
    return broken(problem, changed(plan, coverage=iraq, scenarios=[]))


def test_a_missing_report_counts_as_no_reduction() -> None:
    assert violations(0, 3, 3) == set()


@pytest.mark.parametrize("over, verdict", [(2.9e-5, set()), (3.1e-5, {"risk"})])
def test_a_delayed_effect_may_exceed_the_risk_by_the_tolerance(over: float, verdict: set[str]) -> None:
    """The tolerance of a figure is 1e-5 of a risk of 3."""
    assert violations(0, 3 + over, 1, risk=3) == verdict


@pytest.mark.parametrize("over, verdict", [(6e-5, set()), (9.1e-5, {"risk"})])
def test_a_delayed_effect_may_exceed_the_effect_by_the_tolerance(over: float, verdict: set[str]) -> None:
    """The tolerance is 1e-5 of a risk of 3.02 in each of the two periods, and of the effect of 3."""
    assert violations(0, 3, 3 + over) == verdict


@pytest.mark.parametrize("cuts, verdict", [((0, 10, 6), set()), ((0, 3, 12), {"risk"})])
def test_an_effect_may_be_delayed_entirely_but_only_once(cuts: tuple[float, ...], verdict: set[str]) -> None:
    """Watch also removes 10 in p2: reporting fewer of them does not allow 12 of 6 points to arrive late."""
    assert violations(*cuts, risk=20, p2=10) == verdict
