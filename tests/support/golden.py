"""The golden problems: documents with what the first objective must come to, worked by hand (`tests/golden`)."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parents[1] / "golden"

ABSOLUTE_TOLERANCE = 1e-5
"""What the hand-worked values are given to."""

COMPARED = frozenset({"objective", "status", "relative_burdens"})
LATER = frozenset({"least_relaxation", "value_of_perfect_information"})
"""What a case expects of explanations and studies, which are compared where those are tested."""


@dataclass(frozen=True, kw_only=True)
class Golden:
    """One document, the groups to relax with it, and what to expect of the answer."""

    name: str
    problem: dict[str, Any]
    relax: tuple[str, ...]
    expect: dict[str, Any]

    @property
    def config(self) -> dict[str, Any]:
        """The configuration document of the case: exact, and with its groups relaxed."""
        return {"relax": list(self.relax), "solver": {"mip_gap": 0}}


def cases() -> tuple[Golden, ...]:
    """Every golden problem, by name."""
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
