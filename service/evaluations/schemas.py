"""Schema and example of the body of an evaluation."""

import json
from pathlib import Path
from typing import Any

EXAMPLE: dict[str, Any] = json.loads(Path(__file__).with_name("example.json").read_bytes())
"""The smallest problem, and a plan that spends everything in one theatre: feasible, with value 10 of at most 14."""


def evaluation_request(problem: dict[str, Any], plan: dict[str, Any], config: dict[str, Any]) -> dict[str, Any]:
    """Return the JSON Schema of the body from the schemas of its parts."""
    outcome = {"type": "object", "description": "An outcome with a plan.", "required": ["plan"]}
    return {
        "type": "object",
        "description": "A problem, a plan to evaluate, and the config of the solve that the bounds come from.",
        "properties": {"problem": problem, "plan": {"anyOf": [plan, outcome]}, "config": config},
        "required": ["problem", "plan"],
        "additionalProperties": False,
    }
