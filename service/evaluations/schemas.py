"""What an evaluation is asked with."""

import json
from pathlib import Path
from typing import Any

EXAMPLE: dict[str, Any] = json.loads(Path(__file__).with_name("example.json").read_bytes())
"""The smallest problem, and a plan that spends everything in one theatre: it breaks nothing, and is worth 10 of 14."""


def evaluation_request(problem: dict[str, Any], plan: dict[str, Any], config: dict[str, Any]) -> dict[str, Any]:
    """The JSON Schema of the body, given where those of its parts are."""
    outcome = {"type": "object", "description": "An outcome that holds a plan.", "required": ["plan"]}
    return {
        "type": "object",
        "description": "A problem, a plan for it, and how the best is to be found that the plan is held against.",
        "properties": {"problem": problem, "plan": {"anyOf": [plan, outcome]}, "config": config},
        "required": ["problem", "plan"],
        "additionalProperties": False,
    }
