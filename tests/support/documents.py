"""A document with every kind of record, and helpers to make it invalid."""

import copy
from collections.abc import Iterator
from typing import Any


def full() -> dict[str, Any]:
    """Return a document with at least one record in every list of a problem."""
    return {
        "schema": "concord.problem/1",
        "periods": ["y1", "y2"],
        "defaults": {"members": {"votes": 2}},
        "resources": [{"id": "money"}, {"id": "staff", "unit": "people", "unit_cost": 0.1}],
        "members": [
            {"id": "us", "resources": {"money": [3, 4]}, "caveats": [{"theatre": "iraq", "max_level": 2}]},
            {"id": "fr", "min_contribution": {"train": 1}, "threat": {"iraq": 0.5}},
        ],
        "partners": [{"id": "eu", "coordination_cost": {"resource": "money", "amount": 1}}],
        "theatres": [
            {"id": "iraq", "risk": {"violence": 5, "grievance": {"y1": 1, "y2": 2}}, "consent": {"alliance": True}},
            {"id": "libya", "risk": 6, "growth": {"risk": 0.1}, "spillover": []},
        ],
        "activities": [
            {"id": "train", "theatre": "iraq", "pillar": "other", "reduces": {"violence": 1}, "tags": ["ssr"]},
            {
                "id": "watch",
                "theatre": "libya",
                "pillar": "surveillance",
                "needs": [{"from": {"money": 1, "staff": 0.1}, "amount": 1}],
                "effect": {"type": "piecewise", "points": [[0, 0], [1, 2]]},
                "awareness_gate": {"factor": 1, "from": ["train"]},
            },
        ],
        "positions": [{"member": "us", "activity": "train", "value": 2}],
        "cascades": [{"pivot": "us", "followers": [{"member": "fr"}]}],
        "withdrawn": [{"member": "fr", "from_period": "y2"}],
        "spoilers": [{"id": "militia", "theatres": ["iraq"], "consent": {"*": False}}],
        "rivalries": [{"between": ["us", "eu"]}],
        "alternatives": [{"activities": ["train", "watch"]}],
        "investments": [{"id": "camp", "contributor": "fr", "cost": {"money": 1}, "adds": {"staff": 1}}],
        "policy": {
            "min_spend": [{"theatre": "iraq", "amount": 1}],
            "tag_share": [{"tag": "ssr", "min": 0.1}],
            "reserve": [{"resource": "money", "amount": [1, 1]}],
            "forbid": [{"activity": "watch", "period": "y1"}],
        },
        "scenarios": [{"id": "bad", "overrides": {"theatres/libya/risk": 8}, "risk_multiplier": {"iraq": 2}}],
        "uncertainty": [{"address": "theatres/libya/risk", "low": 5, "high": 7}],
        "objectives": [{"metric": "cost"}],
    }


def places(value: Any, loc: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    """Yield the path of every value in a document, from the top."""
    yield loc
    steps = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for step, child in steps:
        yield from places(child, (*loc, step))


def with_value(document: Any, loc: tuple[str | int, ...], value: Any) -> Any:
    """Return a copy of a document with another value at the path `loc`."""
    changed = copy.deepcopy(document)
    parent = changed
    for step in loc[:-1]:
        parent = parent[step]
    if not loc:
        return value
    parent[loc[-1]] = value
    return changed
