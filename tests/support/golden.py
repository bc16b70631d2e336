"""The golden problems: documents with the value of the first objective, worked by hand (`tests/golden`)."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parents[1] / "golden"

ABSOLUTE_TOLERANCE = 1e-5
"""Precision of the values worked by hand."""

COMPARED = frozenset({"objective", "status", "relative_burdens"})
LATER = frozenset({"least_relaxation", "value_of_perfect_information"})
"""Expectations on explanations and studies, which the tests of those compare."""


@dataclass(frozen=True, kw_only=True)
class Golden:
    """A document, the groups to relax and the expected answer."""

    name: str
    problem: dict[str, Any]
    relax: tuple[str, ...]
    expect: dict[str, Any]

    @property
    def config(self) -> dict[str, Any]:
        """The configuration document of the case: no gap, and its groups relaxed."""
        return {"relax": list(self.relax), "solver": {"mip_gap": 0}}


def cases() -> tuple[Golden, ...]:
    """Return every golden problem, in order of name."""
    documents = (json.loads(path.read_text(encoding="utf-8")) for path in sorted(FOLDER.glob("*.json")))
    return tuple(
        Golden(
            name=document["name"],
            problem=document["problem"],
            relax=tuple(document["relax"]),
            expect=document["expect"],
        )
        for document in documents
    )
