from typing import Any

import pytest
from hypothesis import given

from models.problem.problem import Problem
from tests.support.families import permits, rows_of
from tests.support.laws import FEW, tenths
from tests.support.optima import optimum, solved
from tests.support.problems import a_problem

EFFECTS = {"a1": (10, 6), "a2": (8, 3), "a3": (6, 1)}


def doubtful(gamma: float, **fields: Any) -> Problem:
    """Effects 10, 8, 6 a level with deviations 6, 3, 1; 2 M EUR, each activity at most at level 1."""
    return a_problem(
        **{
            "members": [{"id": "a", "resources": {"money": 2}}],
            "theatres": [{"id": "iraq", "risk": 1000}],
            "activities": [
                {"id": one, "max_level": 1, "effect": {"type": "linear", "per_level": effect, "deviation": deviation}}
                for one, (effect, deviation) in EFFECTS.items()
            ],
            "criterion": {"type": "budgeted", "gamma": gamma},
            **fields,
        }
    )


def test_rows_charge_what_arrives_within_the_horizon_weighted_and_discounted() -> None:
    """train arrives a period later: 2 · ½ · 2 · 1 a level, and the harm to g does not count. watch: 1 · 2 in p1, half
    of that in p2.
    """
    problem = doubtful(
        1,
        periods=["p1", "p2"],
        discount=0.5,
        theatres=[{"id": "iraq", "weight": 2, "risk": {"v": 10, "g": 10}}],
        activities=[
            {
                "id": "train",
                "lag": 1,
                "effect": {"type": "linear", "per_level": 3, "deviation": 2},
                "reduces": {"v": 1, "g": -0.5},
            },
            {"id": "watch", "effect": {"type": "linear", "deviation": 1}, "reduces": {"v": 1}},
            {"id": "surely", "effect": {"type": "linear", "deviation": 0}, "reduces": {"v": 1}},
        ],
    )
    assert rows_of(problem, "budgeted") == (
        "budgeted[train,p1]: 0  <=  common_loss[all] + further_loss[train,p1] - 2.0*E[train,p1]\n"
        "budgeted[watch,p1]: 0  <=  common_loss[all] + further_loss[watch,p1] - 2.0*E[watch,p1]\n"
        "budgeted[watch,p2]: 0  <=  common_loss[all] + further_loss[watch,p2] - E[watch,p2]\n"
    )


def test_rows_leave_out_what_has_no_deviation_or_reaches_nothing() -> None:
    """A threshold effect has no deviation, and a military task does not reach a structural driver."""
    doubt = {"type": "linear", "deviation": 1}
    problem = doubtful(
        1,
        theatres=[{"id": "iraq", "risk": {"v": 10}, "structural": ["v"]}],
        activities=[
            {"id": "stabilise", "task": "civil", "effect": {"type": "threshold", "threshold": 1, "per_level": 1}},
            {"id": "patrol", "effect": doubt},
            {"id": "advise", "task": "civil", "effect": doubt, "reduces": {"v": 1}},
        ],
    )
    assert [row.partition(":")[0] for row in rows_of(problem, "budgeted").splitlines()] == ["budgeted[advise,p1]"]


def test_has_no_rows_under_another_criterion() -> None:
    assert rows_of(doubtful(1, criterion={"type": "expected"}), "budgeted") == ""


@pytest.mark.parametrize("further, holds", [(1.9, False), (2, True), (2.1, True)])
def test_permits_a_disappointment_that_is_covered(further: float, *, holds: bool) -> None:
    decisions = {"E[a1,p1]": 0.5, "common_loss[all]": 1, "further_loss[a1,p1]": further}
    assert permits(doubtful(1), "budgeted", decisions) is holds


@pytest.mark.parametrize("gamma, value", [(0, 18), (1, 13), (2, 65 / 6), (3, 10), (1.5, 12 - 1 / 3)])
def test_up_to_gamma_instruments_disappoint_at_once(gamma: float, value: float) -> None:
    """The golden case (18, 13, 65/6, 10), and gamma 1½: one whole deviation and half of the next. 2 M EUR on levels e1,
    e2, e3: a1 and a2 in full give 18 - 6 - 1½ = 10½, a2 and a3 14 - 3 - ½ as well. ½, 1, ½ give 5 + 8 + 3 - 3 - ½·3 =
    11½. The best is 1/3, 2/3, 1, where the two greatest losses are 2 each: (10 + 16)/3 + 6 - 2 - ½·2 = 35/3.
    """
    assert optimum(doubtful(gamma)) == pytest.approx(value)


def test_a_disappointment_counts_for_each_period() -> None:
    """One activity with 10 ± 4 a level, one level in each of two periods. At gamma 1 one period disappoints, at 2
    both.
    """

    def twice(gamma: float) -> float:
        effect = {"type": "linear", "per_level": 10, "deviation": 4}
        return optimum(
            doubtful(gamma, periods=["p1", "p2"], activities=[{"id": "train", "max_level": 1, "effect": effect}])
        )

    assert twice(1) == pytest.approx(16)
    assert twice(2) == pytest.approx(12)


def test_the_plan_reports_the_level_that_it_counts() -> None:
    """Risk 5 and a floor of one level, 10 ± 6 a level. Half a level is enough for 5 points and risks 3, so 2. Counting
    more of the level would only raise the charge.
    """
    problem = doubtful(
        1,
        theatres=[{"id": "iraq", "risk": 5}],
        activities=[{"id": "a1", "effect": {"type": "linear", "per_level": 10, "deviation": 6}}],
        policy={"min_level": [{"activity": "a1", "level": 1}]},
    )
    outcome = solved(problem)
    run = outcome.plan.activities[0]
    assert outcome.objectives[0].value == pytest.approx(2)
    assert (run.level, run.effective_level, run.effect) == pytest.approx((1, 0.5, 5))
    assert outcome.plan.scenarios[0].risk_reduction == pytest.approx(2)


def test_each_scenario_has_its_own_disappointments() -> None:
    """One level, 10 ± 4. In the second scenario effect and deviation are halved: ½ · 6 + ½ · 3."""
    problem = doubtful(
        1,
        activities=[{"id": "a1", "max_level": 1, "effect": {"type": "linear", "per_level": 10, "deviation": 4}}],
        scenarios=[{"id": "s1"}, {"id": "s2", "effect_multiplier": {"a1": 0.5}}],
    )
    assert optimum(problem) == pytest.approx(4.5)


@FEW
@given(gamma=tenths(0, 3), less=tenths(0, 3))
def test_a_smaller_gamma_never_lowers_the_optimum(gamma: float, less: float) -> None:
    assert optimum(doubtful(max(0.0, gamma - less))) >= optimum(doubtful(gamma)) - 1e-6
