"""Studies that show only what matters to a test."""

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
"""Each euro on `watch` is worth 1.5 up to 8 euros, each on `train` 1 up to 10: with `a` at 6 the optimum is 14."""


def smallest(**fields: Any) -> Problem:
    """Read that problem, with other `fields`."""
    return Problem.model_validate(SMALLEST | fields)


def a_sweep(*axes: dict[str, Any], **fields: Any) -> dict[str, Any]:
    """Build the document of a sweep of the means of `a`, or of other axes."""
    moved = axes or ({"address": MONEY, "values": [0, 2, 8]},)
    return {"schema": "concord.study/1", "kind": "sweep", "axes": list(moved), **fields}


def a_tornado(*inputs: dict[str, Any], **fields: Any) -> dict[str, Any]:
    """Build the document of a tornado."""
    named = {"inputs": list(inputs)} if inputs else {}
    return {"schema": "concord.study/1", "kind": "tornado", **named, **fields}


def a_spec(document: dict[str, Any]) -> Spec:
    """Read it."""
    return read_spec(document)
