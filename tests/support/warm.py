"""A problem for tests of warm answers."""

from collections.abc import Iterator
from typing import Any

from models.config import Config, SolverConfig
from optimizer.solving.warm import WarmAnswer

CONFIG = Config(solver=SolverConfig(mip_gap=1e-6, time_limit_s=30))
DOCUMENT: dict[str, Any] = {
    "schema": "concord.problem/1",
    "members": [
        {"id": "us", "resources": {"money": 8}, "min_contribution": 1},
        {"id": "fr", "resources": {"money": 4}, "min_contribution": 1},
        {"id": "tr", "resources": {"money": 4}, "min_contribution": 0.5},
    ],
    "partners": [{"id": "eu", "resources": {"money": 5}, "coordination_cost": {"resource": "money", "amount": 1}}],
    "theatres": [{"id": "iraq", "risk": 30}, {"id": "sahel", "risk": 12}],
    "frameworks": [
        {"id": "alliance", "rule": {"type": "consensus"}},
        {"id": "coalition", "rule": {"type": "participants", "min_participants": 2}, "effect_multiplier": 0.9},
    ],
    "activities": [
        {
            "id": "reform",
            "theatre": "iraq",
            "pillar": "capacity_building",
            "effect": {"type": "threshold", "threshold": 6, "per_level": 1.5},
            "max_level": 16,
            "frameworks": ["alliance", "coalition"],
        },
        {"id": "train", "theatre": "iraq", "pillar": "capacity_building", "frameworks": ["alliance", "coalition"]},
        {"id": "watch", "theatre": "sahel", "pillar": "surveillance", "frameworks": ["alliance"]},
    ],
    "positions": [
        {"member": "tr", "activity": "reform", "value": -2},
        {"member": "fr", "activity": "train", "framework": "coalition", "value": 0.5},
    ],
    "cascades": [{"pivot": "us", "theatres": ["iraq"], "followers": [{"member": "fr"}, {"member": "tr"}]}],
    "policy": {"max_contributor_share": [{"contributor": "us", "share": 0.8}], "max_total_cost": 20},
    "scenarios": [{"id": "calm", "probability": 0.6}, {"id": "storm", "probability": 0.4}],
}
"""Consensus, quorum, threshold, partner price, cascade, share, cost cap, two scenarios: small enough to enumerate."""

MEMBERS = ("us", "fr", "tr")


def last(answers: Iterator[WarmAnswer]) -> WarmAnswer:
    return list(answers)[-1]
