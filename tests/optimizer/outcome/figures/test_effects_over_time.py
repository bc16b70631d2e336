"""From levels to effects to risk removed, recomputed period by period: gates, lead times, growth, mixtures."""

from dataclasses import replace
from typing import Any

import pytest

from models.ids import ActivityId, InvestmentId, PeriodId, ScenarioId, TheatreId
from models.problem.problem import Problem
from optimizer.outcome.figures.burdens import costs
from optimizer.outcome.figures.decided import Decided
from optimizer.outcome.figures.effects import effective_levels, effects
from optimizer.outcome.figures.removed import coverage, risk_reduction, risk_removed
from tests.support.problems import a_problem

THREE = ["p1", "p2", "p3"]


def decided(problem: Problem, **levels: float) -> Decided:
    """Levels by activity and period ("strike_p1"), each under the first framework of its activity."""
    runs = {}
    for key, level in levels.items():
        a, _, t = key.rpartition("_")
        activity = problem.activity[ActivityId(a)]
        runs[activity.id, PeriodId(t)] = (problem.frameworks_of(activity)[0], level)
    return Decided(
        problem=problem,
        scenario=ScenarioId("base"),
        is_only=True,
        has_separate_scenarios=False,
        probability=1.0,
        effect_multiplier={},
        risk_multiplier={},
        relaxed=frozenset(),
        flags={key: f for key, (f, _) in runs.items()},
        present=frozenset(),
        given={},
        runs=runs,
        paid={},
        conceded={},
        bought={},
        counted_on={},
    )


def cut(plan: Decided, driver: str = "risk") -> list[float]:
    achieved = effects(plan, effective_levels(plan))
    removed = risk_removed(plan, achieved)
    return [removed["iraq", driver, t] for t in plan.problem.periods]  # type: ignore[index]


def test_awareness_of_the_period_before_limits_whatever_the_order_of_activities() -> None:
    """strike is gated by watch, watch by what is known: 2 in p1 (of 5), so strike ½·(2 + 2) in p2 (of 9)."""
    problem = a_problem(
        periods=["p1", "p2"],
        theatres=[{"id": "iraq", "awareness": 2}],
        activities=[
            {"id": "strike", "awareness_gate": {"factor": 0.5, "from": ["watch", "patrol"]}},
            {"id": "watch", "awareness_gate": {"factor": 1}},
            {"id": "patrol"},
        ],
    )
    effective = effective_levels(decided(problem, strike_p2=9, watch_p1=5, strike_p1=3))
    assert effective == {
        ("strike", "p1"): pytest.approx(1),
        ("watch", "p1"): pytest.approx(2),
        ("strike", "p2"): pytest.approx(0.5 * (2 + 2)),
    }


def waiting() -> Problem:
    return a_problem(
        periods=THREE,
        activities=[
            {
                "id": "strike",
                "effect": {"type": "linear", "per_level": [1, 2, 3]},
                "lead_time": {"with_presence": 0, "without": 1, "presence_from": ["patrol"]},
            },
            {"id": "patrol", "min_level": 1, "effect": {"type": "linear", "per_level": 0}},
        ],
    )


@pytest.mark.parametrize(
    "patrols, expected",
    [
        ([], [0, 4, 8]),
        (["p1"], [0, 4 + 8, 0]),
        (["p2"], [0, 4, 8 + 12]),
        (["p1", "p2", "p3"], [0, 4 + 8, 12]),
    ],
)
def test_effects_arrive_as_presence_the_period_before_has_it(patrols: list[str], expected: list[float]) -> None:
    """4 levels a period, worth 4, 8 and 12: at once where patrol ran the period before, else a period later."""
    levels = {f"strike_{t}": 4.0 for t in THREE} | {f"patrol_{t}": 1.0 for t in patrols}
    assert cut(decided(waiting(), **levels)) == pytest.approx(expected)


def moving(**iraq: Any) -> Decided:
    problem = a_problem(
        periods=THREE,
        theatres=[{"id": "iraq", "risk": {"violence": 10, "grievance": 8}, **iraq}],
        activities=[{"id": "train", "task": "civil", "reduces": {"violence": 0, "grievance": 1}}],
    )
    return decided(problem, train_p1=4)


def test_what_persists_grows_and_spills_over() -> None:
    """Grievance 4, half of which stays and grows by ½: 3, 2.25; what stays feeds violence at ¼: ½·¼·4, ½·(½ + ¼·3)."""
    plan = moving(
        growth={"grievance": 0.5}, spillover=[{"from": "grievance", "to": "violence", "rate": 0.25}], persistence=0.5
    )
    assert cut(plan, "grievance") == pytest.approx([4, 3, 2.25])
    assert cut(plan, "violence") == pytest.approx([0, 0.5, 0.5 * (0.5 + 0.25 * 3)])


def test_coverage_speaks_of_the_risk_there_would_have_been() -> None:
    """8, 12, 18 in the plan's own future, half as much again where a multiplier says so."""
    plan = replace(moving(growth={"grievance": 0.5}), risk_multiplier={TheatreId("iraq"): 1.5})
    covered = [one for one in coverage(plan, risk_removed(plan, {})) if one.driver == "grievance"]
    assert [one.baseline for one in covered] == pytest.approx([12, 18, 27])
    assert [one.residual for one in covered] == pytest.approx([12, 18, 27])


def test_no_more_is_removed_than_there_is() -> None:
    problem = a_problem(theatres=[{"id": "iraq", "risk": 3}])
    plan = decided(problem, train_p1=9)
    assert cut(plan) == [3]
    assert risk_reduction(plan, risk_removed(plan, effects(plan, effective_levels(plan)))) == 3


@pytest.mark.parametrize("both, expected", [(True, 2 + 1 + 5), (False, 2)])
def test_a_synergy_is_won_where_both_run(expected: float, *, both: bool) -> None:
    problem = a_problem(
        activities=[{"id": "train", "min_level": 1}, {"id": "advise", "min_level": 1}],
        synergies=[{"activities": ["train", "advise"], "effect": 5}],
    )
    levels = {"train_p1": 2.0} | ({"advise_p1": 1.0} if both else {})
    assert cut(decided(problem, **levels)) == [expected]


def test_a_multiplier_of_a_future_scales_what_arrives() -> None:
    plan = replace(decided(a_problem(), train_p1=4), effect_multiplier={ActivityId("train"): 0.5})
    assert cut(plan) == [2]


def test_the_flag_multiplies_the_level() -> None:
    problem = a_problem(frameworks=[{"id": "alliance", "effect_multiplier": 0.5}])
    assert effective_levels(decided(problem, train_p1=4)) == {("train", "p1"): 2}


def test_a_member_is_charged_for_what_it_builds() -> None:
    problem = a_problem(
        resources=[{"id": "money"}, {"id": "engineers", "unit_cost": 0.5}],
        investments=[
            {"id": "radar", "contributor": "a", "cost": {"money": 6, "engineers": 4}, "adds": {"money": 1}, "max": 2}
        ],
    )
    plan = replace(decided(problem), bought={(InvestmentId("radar"), PeriodId("p1")): 2.0})
    assert costs(plan) == {"a": 2 * (6 + 2)}
