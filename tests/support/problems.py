"""Tiny problems, reduced to what a test needs."""

from typing import Any

from models.problem.problem import Problem


def a_document(**fields: Any) -> dict[str, Any]:
    """Return a document with a member `a` with 10 M EUR that may `train` in `iraq` (risk 100); `fields` override it.

    Activities may omit their theatre and pillar, and theatres their risk.
    """
    document: dict[str, Any] = {
        "schema": "concord.problem/1",
        "members": [{"id": "a", "resources": {"money": 10}}],
        "theatres": [{"id": "iraq"}],
        "activities": [{"id": "train"}],
        **fields,
    }
    document["theatres"] = [{"risk": 100, **theatre} for theatre in document["theatres"]]
    first = document["theatres"][0]["id"]
    document["activities"] = [{"theatre": first, "pillar": "other", **activity} for activity in document["activities"]]
    return document


def a_problem(**fields: Any) -> Problem:
    """Return the problem of `a_document`."""
    return Problem.model_validate(a_document(**fields))


def members(*ids: str, **fields: Any) -> list[dict[str, Any]]:
    """Return members with 10 M EUR each and the given `fields`."""
    return [{"id": member, "resources": {"money": 10}, **fields} for member in ids]
