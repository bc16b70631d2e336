"""Tiny problems that show only what matters to a test."""

from typing import Any

from models.problem.problem import Problem


def a_document(**fields: Any) -> dict[str, Any]:
    """Build the document of one member `a` with 10 M EUR that may `train` in `iraq` (risk 100); `fields` say otherwise.

    Records of a list may leave out what every record of theirs needs and no test asks for: an activity its theatre and
    pillar, a theatre its risk.
    """
    document: dict[str, Any] = {
        "schema": "concord.problem/1",
        "members": [{"id": "a", "resources": {"money": 10}}],
        "theatres": [{"id": "iraq"}],
        "activities": [{"id": "train"}],
        **fields,
    }
    document["theatres"] = [{"risk": 100, **one} for one in document["theatres"]]
    place = document["theatres"][0]["id"]
    document["activities"] = [{"theatre": place, "pillar": "other", **one} for one in document["activities"]]
    return document


def a_problem(**fields: Any) -> Problem:
    """Read the document of `a_document`."""
    return Problem.model_validate(a_document(**fields))


def members(*ids: str, **fields: Any) -> list[dict[str, Any]]:
    """Give each member 10 M EUR and whatever `fields` add."""
    return [{"id": one, "resources": {"money": 10}, **fields} for one in ids]
