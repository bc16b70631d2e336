from typing import Any

import pytest

from models.problem.problem import Problem
from optimizer.check.floors import rows
from optimizer.check.row import RuleRow
from optimizer.tolerances import SIZE_FLOOR
from tests.support.plans import a_plan, broken, broken_rows, rows_of
from tests.support.problems import a_problem


def floored(**policy: Any) -> Problem:
    return a_problem(
        periods=["p1", "p2"],
        theatres=[{"id": "iraq", "risk": {"violence": [10, 6], "grievance": 4}}],
        activities=[{"id": "train", "reduces": {"violence": 1}}, {"id": "watch", "reduces": {"grievance": 1}}],
        policy=policy,
    )


def test_a_floor_on_a_level_applies_in_each_period() -> None:
    problem = floored(min_level=[{"activity": "train", "level": 2}])
    assert not broken(problem, a_plan(problem, {"a/train/money/p1": 2, "a/train/money/p2": 2}))
    plan = a_plan(problem, {"a/train/money/p1": 5, "a/train/money/p2": 1.999})
    assert broken_rows(problem, plan) == ["floors min_level/train/p2"]


def test_a_floor_on_spending_applies_in_each_period() -> None:
    problem = floored(min_spend=[{"theatre": "iraq", "amount": 3}])
    gives = {"a/train/money/p1": 2, "a/watch/money/p1": 1, "a/train/money/p2": 3}
    assert not broken(problem, a_plan(problem, gives))
    assert broken_rows(problem, a_plan(problem, gives | {"a/watch/money/p1": 0.999})) == ["floors min_spend/iraq/p1"]


@pytest.mark.parametrize("driver, needed", [("violence", 8), (None, 12)])
def test_a_floor_on_coverage_applies_over_the_horizon(driver: str | None, needed: float) -> None:
    """Half of 16 points of violence, or half of all 24 points, of which 4 points of grievance are removed."""
    problem = floored(min_coverage=[{"theatre": "iraq", "driver": driver, "share": 0.5}])
    violence = needed if driver else needed - 4
    gives = {"a/watch/money/p1": 4, "a/train/money/p1": 6, "a/train/money/p2": violence - 6}
    assert not broken(problem, a_plan(problem, gives))
    plan = a_plan(problem, gives | {"a/train/money/p2": violence - 6.01})
    assert broken_rows(problem, plan) == [f"floors min_coverage/iraq{'/violence' if driver else ''}"]


def test_has_no_rows_if_policy_is_relaxed() -> None:
    problem = floored(min_level=[{"activity": "train", "level": 2}])
    assert not broken(problem, a_plan(problem), relax=("policy",))


def test_states_the_floors_and_the_values_of_the_plan() -> None:
    """Levels and spending are 4 and 0; 4 of 16 points of violence and 4 of all 24 points are removed."""
    problem = floored(
        min_level=[{"activity": "train", "level": 2}],
        min_spend=[{"theatre": "iraq", "amount": 3}],
        min_coverage=[{"theatre": "iraq", "driver": "violence", "share": 0.5}, {"theatre": "iraq", "share": 0.5}],
    )
    done = {"p1": 4, "p2": 0}
    assert rows_of(rows, problem, a_plan(problem, {"a/train/money/p1": 4})) == [
        *(
            RuleRow(
                key=f"min_level/train/{period}",
                left=amount,
                sense=">=",
                right=2,
                sentence=f"train runs at level {amount} in {period}; the policy requires at least 2.",
                scale=SIZE_FLOOR * 10,
            )
            for period, amount in done.items()
        ),
        *(
            RuleRow(
                key=f"min_spend/iraq/{period}",
                left=amount,
                sense=">=",
                right=3,
                sentence=f"{amount} M EUR are spent in iraq in {period}; the policy requires at least 3 M EUR.",
                scale=SIZE_FLOOR * 2 * 10,
            )
            for period, amount in done.items()
        ),
        *(
            RuleRow(
                key=f"min_coverage/{where}",
                left=4,
                sense=">=",
                right=risk / 2,
                sentence=f"4 of {risk} risk points of {what} are removed; the policy requires at least 50%.",
                scale=risk,
            )
            for where, what, risk in (("iraq/violence", "violence in iraq", 16), ("iraq", "iraq", 24))
        ),
    ]


def test_a_floor_applies_to_its_theatre_only() -> None:
    problem = a_problem(
        theatres=[{"id": "iraq", "risk": 10}, {"id": "syria", "risk": 10}],
        activities=[{"id": "train"}, {"id": "patrol", "theatre": "syria"}],
        policy={
            "min_spend": [{"theatre": "syria", "amount": 3}],
            "min_coverage": [{"theatre": "syria", "share": 0.3}],
        },
    )
    assert not broken(problem, a_plan(problem, {"a/patrol": 3}))
    assert broken(problem, a_plan(problem, {"a/train": 3})) == {"floors"}
