"""Studies, reduced to what a test needs."""

from typing import Any

from models.problem.problem import Problem
from models.study.reading import read_spec
from models.study.spec import Spec

MONEY = "members/a/resources/money"

SMALLEST: dict[str, Any] = {
    "schema": "concord.problem/1",
    "members": [{"id": "a", "resources": {"money": 6}}, {"id": "b", "resources": {"money": 4}}],
    "theatres": [{"id": "iraq", "risk": 10}, {"id": "libya", "risk": 6, "weight": 2}],
    "activities": [
        {"id": "train", "theatre": "iraq", "pillar": "capacity_building"},
        {
            "id": "watch",
            "theatre": "libya",
            "pillar": "surveillance",
            "needs": {"money": 2},
            "effect": {"type": "linear", "per_level": 1.5},
        },
    ],
}
"""1 M EUR removes 1.5 points by `watch`, up to 8 M EUR, and 1 point by `train`, up to 10: the optimum is 14."""


def smallest(**fields: Any) -> Problem:
    """Return the smallest problem with other `fields`."""
    return Problem.model_validate(SMALLEST | fields)


def a_sweep(*axes: dict[str, Any], **fields: Any) -> dict[str, Any]:
    """Return the document of a sweep of the endowment of `a`, or of other axes."""
    chosen = axes or ({"address": MONEY, "values": [0, 2, 8]},)
    return {"schema": "concord.study/1", "kind": "sweep", "axes": list(chosen), **fields}


def a_tornado(*inputs: dict[str, Any], **fields: Any) -> dict[str, Any]:
    """Return the document of a tornado study."""
    named = {"inputs": list(inputs)} if inputs else {}
    return {"schema": "concord.study/1", "kind": "tornado", **named, **fields}


def a_spec(document: dict[str, Any]) -> Spec:
    """Return the specification of a study document."""
    return read_spec(document)
