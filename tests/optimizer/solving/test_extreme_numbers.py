"""Documents with extreme numbers that a check calls sound are solved to their true value."""

from typing import Any

import pytest

from models.outcome import Solved
from optimizer import solve
from tests.support.problems import a_problem

SEA = {"theatres": [{"id": "sea", "risk": 20}], "activities": [{"id": "patrol", "theatre": "sea"}]}


def paid_by_experts(unit_cost: float, money: float = 10, experts: float = 5, price: float = 3) -> dict[str, Any]:
    """By equal shares a pays nothing, since b can pay only for eu, which gives nothing."""
    return SEA | {
        "resources": [{"id": "money"}, {"id": "experts", "unit": "persons", "unit_cost": unit_cost}],
        "members": [{"id": "a", "resources": {"money": money}}, {"id": "b", "resources": {"experts": experts}}],
        "partners": [{"id": "eu", "resources": {}, "coordination_cost": {"resource": "experts", "amount": price}}],
        "burden_sharing": {"type": "proportional", "tolerance": 0},
    }


NOTHING_CAN_RUN: dict[str, dict[str, Any]] = {
    "a budget of 9e15": paid_by_experts(1, money=9e15),
    "a unit cost of 1e12": paid_by_experts(1e12, experts=0.0005, price=0.5),
    "a unit cost of 1e15": paid_by_experts(1e15, experts=1e-6),
    "a price of 9e15": paid_by_experts(0.5, money=1e4, price=9e15),
    "a stake of 9e15": SEA
    | {
        "members": [{"id": "c", "resources": {"money": 1e6}, "min_contribution": 9e15}],
        "frameworks": [{"id": "coalition", "rule": {"type": "participants", "min_participants": 1}}],
    },
    "a productivity of 1e9 without money": SEA
    | {
        "members": [
            {"id": "a", "resources": {"money": 1e-6}, "productivity": 1e9},
            {"id": "b", "resources": {"money": 10}},
        ],
        "policy": {"max_total_cost": 0},
    },
    "an effect of 1e-12 under an empty pillar": {
        "members": [{"id": "a", "resources": {"money": 6}}, {"id": "b", "resources": {"money": 1e-9}}],
        "theatres": [{"id": "iraq", "risk": 10}, {"id": "libya", "risk": 6, "weight": 2e6}],
        "activities": [
            {"id": "train", "theatre": "iraq", "effect": {"type": "linear", "per_level": 1e-12}},
            {"id": "watch", "theatre": "libya", "needs": {"money": 2}},
        ],
        "policy": {"pillar_share": [{"pillar": "partner_cooperation", "min": 0.2}]},
    },
    "a negative share of risk of 5e5": {
        "periods": ["p1", "p2"],
        "members": [{"id": "a"}],
        "theatres": [{"id": "sea", "risk": {"u": 100, "v": 5}, "persistence": 0.5}],
        "activities": [{"id": "patrol", "theatre": "sea", "reduces": {"u": 1e-6, "v": -5e5}}],
    },
}
"""Rules or facts leave every activity at level 0, while numbers of its rows are far apart."""


@pytest.mark.parametrize("name", NOTHING_CAN_RUN)
def test_what_rules_force_to_zero_is_zero_however_far_numbers_are_apart(name: str) -> None:
    outcome = solve(a_problem(**NOTHING_CAN_RUN[name]))
    assert isinstance(outcome, Solved), outcome
    assert outcome.check.passed
    assert [(one.value, one.bound) for one in outcome.objectives] == [(0, 0)] * len(outcome.objectives)


def test_a_floor_far_out_of_reach_is_infeasible() -> None:
    """4 M EUR are asked for and 1e-21 exist: scaled by what exists, the floor is more than the solver can read."""
    problem = a_problem(
        resources=[{"id": "money", "unit": "EUR", "unit_cost": 1e-9}],
        members=[{"id": "a", "resources": {"money": 1e-12}}],
        activities=[{"id": "patrol", "theatre": "sea", "needs": {"money": 1e9}}],
        theatres=[{"id": "sea", "risk": 100}],
        policy={"min_spend": [{"theatre": "sea", "amount": 4}]},
    )
    assert solve(problem).status == "infeasible"
