"""Effects and risk removed, recomputed period by period: gates, lead times, growth, synergies."""

from dataclasses import replace
from typing import Any

import pytest

from models.ids import ActivityId, InvestmentId, PeriodId, ScenarioId, TheatreId
from models.problem.problem import Problem
from optimizer.outcome.figures.burdens import costs
from optimizer.outcome.figures.effects import effective_levels, effects
from optimizer.outcome.figures.risk_removal import coverage, risk_reduction, risk_removed
from optimizer.outcome.figures.scenario_decisions import ScenarioDecisions
from optimizer.tolerances import THRESHOLD_SHORTFALL
from tests.support.problems import a_problem

THREE = ["p1", "p2", "p3"]


def decisions(problem: Problem, **levels: float) -> ScenarioDecisions:
    """Decisions with these levels by activity and period ("strike_p1"), under the first framework of each activity."""
    runs = {}
    for key, level in levels.items():
        a, _, t = key.rpartition("_")
        activity = problem.activity[ActivityId(a)]
        runs[activity.id, PeriodId(t)] = (problem.frameworks_of(activity)[0], level)
    return ScenarioDecisions(
        problem=problem,
        scenario=ScenarioId("base"),
        is_only_scenario=True,
        has_recourse=False,
        probability=1.0,
        effect_multiplier={},
        risk_multiplier={},
        relax=frozenset(),
        frameworks={key: f for key, (f, _) in runs.items()},
        present=frozenset(),
        contributions={},
        runs=runs,
        payments={},
        concessions={},
        investments={},
        committed_levels={},
    )


def cut(plan: ScenarioDecisions, driver: str = "risk") -> list[float]:
    achieved = effects(plan, effective_levels(plan))
    removed = risk_removed(plan, achieved)
    return [removed["iraq", driver, t] for t in plan.problem.periods]  # type: ignore[index]


def test_awareness_of_the_period_before_limits_in_any_order_of_activities() -> None:
    """watch is gated by the theatre's awareness: 2 of 5 in p1. So strike is gated at ½·(2 + 2) of 9 in p2."""
    problem = a_problem(
        periods=["p1", "p2"],
        theatres=[{"id": "iraq", "awareness": 2}],
        activities=[
            {"id": "strike", "awareness_gate": {"factor": 0.5, "from": ["watch", "patrol"]}},
            {"id": "watch", "awareness_gate": {"factor": 1}},
            {"id": "patrol"},
        ],
    )
    effective = effective_levels(decisions(problem, strike_p2=9, watch_p1=5, strike_p1=3))
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
def test_the_arrival_of_effects_depends_on_presence_the_period_before(
    patrols: list[str], expected: list[float]
) -> None:
    """4 levels per period, with effects 4, 8, 12: immediate if patrol ran the period before, else one period later."""
    levels = {f"strike_{t}": 4.0 for t in THREE} | {f"patrol_{t}": 1.0 for t in patrols}
    assert cut(decisions(waiting(), **levels)) == pytest.approx(expected)


def moving(**iraq: Any) -> ScenarioDecisions:
    problem = a_problem(
        periods=THREE,
        theatres=[{"id": "iraq", "risk": {"violence": 10, "grievance": 8}, **iraq}],
        activities=[{"id": "train", "task": "civil", "reduces": {"violence": 0, "grievance": 1}}],
    )
    return decisions(problem, train_p1=4)


def test_persistent_reduction_grows_and_spills_over() -> None:
    """Half of the 4 off grievance persists and grows by ½: 3, 2.25. It feeds violence at ¼: ½·¼·4, ½·(½ + ¼·3)."""
    plan = moving(
        growth={"grievance": 0.5}, spillover=[{"from": "grievance", "to": "violence", "rate": 0.25}], persistence=0.5
    )
    assert cut(plan, "grievance") == pytest.approx([4, 3, 2.25])
    assert cut(plan, "violence") == pytest.approx([0, 0.5, 0.5 * (0.5 + 0.25 * 3)])


def test_coverage_refers_to_the_risk_without_any_action() -> None:
    """Risk 8, 12, 18, times the scenario's risk multiplier of 1.5."""
    plan = replace(moving(growth={"grievance": 0.5}), risk_multiplier={TheatreId("iraq"): 1.5})
    covered = [entry for entry in coverage(plan, risk_removed(plan, {})) if entry.driver == "grievance"]
    assert [entry.baseline for entry in covered] == pytest.approx([12, 18, 27])
    assert [entry.residual for entry in covered] == pytest.approx([12, 18, 27])


def test_the_reduction_is_at_most_the_risk() -> None:
    problem = a_problem(theatres=[{"id": "iraq", "risk": 3}])
    plan = decisions(problem, train_p1=9)
    assert cut(plan) == [3]
    assert risk_reduction(plan, risk_removed(plan, effects(plan, effective_levels(plan)))) == 3


@pytest.mark.parametrize("both, expected", [(True, 2 + 1 + 5), (False, 2)])
def test_a_synergy_needs_both_activities(expected: float, *, both: bool) -> None:
    problem = a_problem(
        activities=[{"id": "train", "min_level": 1}, {"id": "advise", "min_level": 1}],
        synergies=[{"activities": ["train", "advise"], "effect": 5}],
    )
    levels = {"train_p1": 2.0} | ({"advise_p1": 1.0} if both else {})
    assert cut(decisions(problem, **levels)) == [expected]


def test_the_effect_multiplier_of_a_scenario_scales_effects() -> None:
    plan = replace(decisions(a_problem(), train_p1=4), effect_multiplier={ActivityId("train"): 0.5})
    assert cut(plan) == [2]


def test_the_framework_multiplies_the_level() -> None:
    problem = a_problem(frameworks=[{"id": "alliance", "effect_multiplier": 0.5}])
    assert effective_levels(decisions(problem, train_p1=4)) == {("train", "p1"): 2}


def test_a_member_pays_for_its_investments() -> None:
    problem = a_problem(
        resources=[{"id": "money"}, {"id": "engineers", "unit_cost": 0.5}],
        investments=[
            {"id": "radar", "contributor": "a", "cost": {"money": 6, "engineers": 4}, "adds": {"money": 1}, "max": 2}
        ],
    )
    plan = replace(decisions(problem), investments={(InvestmentId("radar"), PeriodId("p1")): 2.0})
    assert costs(plan) == {"a": 2 * (6 + 2)}


@pytest.mark.parametrize("threshold", [8e-9, 8, 8e9])
@pytest.mark.parametrize("short, met", [(0.9, True), (1.1, False)])
def test_a_threshold_is_met_up_to_a_share_of_itself(short: float, threshold: float, *, met: bool) -> None:
    problem = a_problem(
        activities=[{"id": "train", "effect": {"type": "threshold", "threshold": threshold, "per_level": 1}}]
    )
    found = decisions(problem, train_p1=threshold * (1 - short * THRESHOLD_SHORTFALL))
    (effect,) = effects(found, effective_levels(found)).values()
    assert (effect > 0) is met
