"""Traps of the model about burdens, floors, disappointments, leftovers and comparisons. T3: one unwilling member under
a proportional rule over all members forces spending to 0. T4: a floor tied to the period before would reward never
starting. T5: budgeted protection charges deviations that saturated risk would absorb. T8: several plans can be optimal,
and unneeded resources stay unspent even after a time limit. T12: scenarios with different baselines are compared by
share, not by points.
"""

from time import perf_counter
from typing import Any

import pytest

from models.config import Config, SolverConfig
from models.outcome import Progress, Stopped
from models.problem.problem import Problem
from optimizer import solve
from optimizer.diagnostics.warnings import assumptions, warnings
from tests.support.optima import optimum, solved
from tests.support.problems import a_problem, members

WORTH_DOING = 5.0
"""Levels of relief that achieve anything."""


def three(rule: dict[str, Any]) -> Problem:
    """a, b and c have equal ability to pay. c acquiesces and gives nothing."""
    return a_problem(
        members=members("a", "b", "c"),
        positions=[{"member": "c", "theatre": "iraq", "value": 0}],
        burden_sharing=rule,
    )


@pytest.mark.parametrize("tolerance", [0, 0.5, 0.99])
def test_t3_one_unwilling_member_forces_proportional_spending_of_all_members_to_zero(tolerance: float) -> None:
    problem = three({"type": "proportional", "tolerance": tolerance, "over": "members"})
    assert optimum(problem) == pytest.approx(0)
    (warned,) = [said for said in warnings(problem) if "burden_sharing" in said]
    assert "c would not pay for any activity" in warned
    assert "set over to willing" in warned


def test_t3_so_the_default_is_the_willing() -> None:
    problem = three({"type": "proportional"})
    assert optimum(problem) == pytest.approx(20)
    assert not any("burden_sharing" in said for said in warnings(problem))


def test_t3_at_a_tolerance_of_one_no_spending_is_forced_to_zero() -> None:
    problem = three({"type": "proportional", "tolerance": 1, "over": "members"})
    assert optimum(problem) == pytest.approx(20)
    assert not any("burden_sharing" in said for said in warnings(problem))


@pytest.mark.parametrize("most, value", [(0.3, 0), (1 / 3, 20), (0.4, 20)])
def test_t3_a_gini_cap_below_the_share_of_the_unwilling_forces_spending_to_zero_too(most: float, value: float) -> None:
    problem = three({"type": "gini", "max": most, "over": "members"})
    assert optimum(problem) == pytest.approx(value)
    assert any("a Gini coefficient of at most 0.3" in said for said in warnings(problem)) is (value == 0)


def test_t3_who_is_willing_is_read_before_anything_is_relaxed() -> None:
    """With participation relaxed c may pay, but the rule still compares only a and b: they pay equally, c any
    amount.
    """
    problem = three({"type": "proportional"})
    assert optimum(problem, "participation") == pytest.approx(30)
    document = problem.document
    document["members"][0]["resources"] = {"money": 4}
    assert optimum(Problem.model_validate(document), "participation") == pytest.approx(4 + 4 + 10)


@pytest.mark.parametrize(
    "floor",
    [
        {"min_spend": [{"theatre": "iraq", "amount": 2}]},
        {"min_level": [{"activity": "train", "level": 2}]},
        {"min_coverage": [{"theatre": "iraq", "share": 0.02}]},
    ],
)
def test_t4_a_floor_holds_where_nothing_was_ever_started(floor: dict[str, Any]) -> None:
    """Risk in iraq has weight 0. Never starting would meet a floor tied to the period before; a fixed floor takes 2 M
    EUR in each period.
    """
    problem = a_problem(
        periods=["p1", "p2"],
        theatres=[{"id": "iraq", "weight": 0}, {"id": "syria"}],
        activities=[{"id": "train"}, {"id": "patrol", "theatre": "syria"}],
        policy=floor,
    )
    assert [result.value for result in solved(problem).objectives] == pytest.approx([16, 20])


def saturated(**criterion: Any) -> Problem:
    """Risk 10. train removes 10 a level with a deviation of 4 and has at most level 2."""
    effect = {"type": "linear", "per_level": 10, "deviation": 4}
    return a_problem(
        theatres=[{"id": "iraq", "risk": 10}],
        activities=[{"id": "train", "max_level": 2, "effect": effect}],
        **criterion,
    )


def test_t5_disappointments_are_charged_where_a_risk_would_absorb_them() -> None:
    """Two levels that both disappoint still remove 12 points of a risk of 10. Scenarios count that, but the budgeted
    criterion does not: it counts on one level, of which 4 points may fail.
    """
    failing = [{"id": "works"}, {"id": "fails", "effect_multiplier": {"train": 0.6}}]
    exact = saturated(scenarios=failing, criterion={"type": "worst_case"})
    budgeted = saturated(criterion={"type": "budgeted", "gamma": 1})
    assert optimum(exact) == pytest.approx(10)
    assert optimum(budgeted) == pytest.approx(6)
    assert any("charges every shortfall of an effect" in said for said in assumptions(budgeted))
    assert not any("charges" in said for said in assumptions(exact))


def hard(helpers: int = 1, **fields: Any) -> Problem:
    """A knapsack of sixty activities and ten scarce resources: a first plan is immediate, a proof takes minutes. A
    separate activity, relief, is worth five levels at most and has a hundred units of aid, which nothing else uses.
    """
    scarce = [f"r{n}" for n in range(10)]
    needs = {
        f"a{k}": {r: 10.0 + (k * k * (7 * n + 3) + 31 * n * k) % 89 for n, r in enumerate(scarce)} for k in range(60)
    }
    means = {r: sum(need[r] for need in needs.values()) / 2 for r in scarce}
    knapsack = [
        {
            "id": name,
            "needs": need,
            "min_level": 1,
            "max_level": 1,
            "effect": {"type": "linear", "per_level": sum(need.values()) / 10 + len(name) + sum(need.values()) % 7},
        }
        for name, need in needs.items()
    ]
    return a_problem(
        resources=[{"id": r} for r in (*scarce, "aid")],
        members=[
            {"id": "a", "resources": means},
            *({"id": f"z{n}", "resources": {"aid": 100 / helpers}} for n in range(helpers)),
        ],
        theatres=[{"id": "iraq", "risk": 1e6}, {"id": "camp", "risk": WORTH_DOING}],
        activities=[*knapsack, {"id": "relief", "theatre": "camp", "needs": {"aid": 1}}],
        **fields,
    )


def relief(outcome: Stopped) -> list[float]:
    return [run.level for run in outcome.plan.activities if run.id == "relief"]


def test_t8_leftovers_stay_unspent_when_the_first_objective_runs_into_the_time_limit() -> None:
    outcome = solve(hard(), Config(solver=SolverConfig(mip_gap=0, time_limit_s=3)))
    assert isinstance(outcome, Stopped), outcome.status
    assert not outcome.objectives[0].optimal
    assert relief(outcome) == pytest.approx([WORTH_DOING])


def test_t8_leftovers_stay_unspent_when_the_solve_is_stopped() -> None:
    seen: list[Progress] = []

    def has_a_plan() -> bool:
        return any(progress.incumbent is not None for progress in seen)

    outcome = solve(
        hard(),
        Config(solver=SolverConfig(mip_gap=0)),
        on_progress=seen.append,
        should_stop=has_a_plan,
    )
    assert isinstance(outcome, Stopped), outcome.status
    assert relief(outcome) == pytest.approx([WORTH_DOING])


def test_t8_going_through_many_burdens_does_not_outlive_the_time_limit() -> None:
    """Forty members share relief. After the time limit the sums of their greatest burdens do not get a second each."""
    problem = hard(40, burden_sharing={"type": "lexicographic_minimax"})
    began = perf_counter()
    outcome = solve(problem, Config(solver=SolverConfig(mip_gap=0, time_limit_s=4)))
    assert perf_counter() - began < 24
    assert isinstance(outcome, Stopped), outcome.status
    assert relief(outcome) == pytest.approx([WORTH_DOING])


def test_t8_equally_good_plans_have_equal_values() -> None:
    """Two equivalent activities: which of them runs is open, but the values are not."""
    problem = a_problem(activities=[{"id": "train"}, {"id": "advise"}], theatres=[{"id": "iraq", "risk": 6}])
    values = [
        [result.value for result in solve(problem, Config(solver=SolverConfig(mip_gap=0, seed=seed))).objectives]
        for seed in range(3)
    ]
    assert values == [pytest.approx([6, 6])] * 3


def test_t12_scenarios_with_other_baselines_compare_by_share_not_by_points() -> None:
    """A scenario with twice the risk and twice the effects: twice the points, the same share."""
    problem = a_problem(
        theatres=[{"id": "iraq", "risk": 20}],
        scenarios=[
            {"id": "small"},
            {"id": "large", "risk_multiplier": {"iraq": 2}, "effect_multiplier": {"train": 2}},
        ],
        objectives=[{"metric": "min_coverage"}, {"metric": "risk_reduction"}],
    )
    outcome = solved(problem)
    points = {one.id: one.risk_reduction for one in outcome.plan.scenarios}
    shares = {one.scenario: one.share for one in outcome.plan.coverage}
    assert points == pytest.approx({"small": 10, "large": 20})
    assert shares == pytest.approx({"small": 0.5, "large": 0.5})
    assert outcome.objectives[0].value == pytest.approx(0.5)
