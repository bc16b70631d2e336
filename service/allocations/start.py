"""The plan from which a solve starts: a plan document, an outcome with a plan, or the id of an allocation."""

from collections.abc import Sequence
from typing import Any

from models.errors import InvalidDocument, Issue
from models.ids import PeriodId
from models.reading import parse_json, read_plan_of
from service.database.records import Document
from service.submissions import in_body

KEY = "start"


def read_start(body: object, periods: Sequence[PeriodId]) -> Document | str | None:
    """Return what stands under `start` of a body: the document of a plan, the id of an allocation, or None.

    `periods` are those of the problem. Raises `InvalidDocument` if the plan is not valid.
    """
    if not isinstance(body, dict) or "schema" in body or body.get(KEY) is None:
        return None
    given = body[KEY]
    return given if isinstance(given, str) else _plan(given, periods)


def start_of_outcome(allocation_id: str, outcome: str | None) -> Document:
    """Return the document of the plan of a stored outcome, which is JSON text.

    Raises `InvalidDocument` if the allocation has no outcome or the outcome has no plan.
    """
    if outcome is None:
        message = f"there is no allocation {allocation_id[:100]!r} with an outcome"
        suggestion = "give the id of an allocation with a plan, or a plan document"
        issue = Issue(address="", pointer="", code="unknown_reference", message=message, suggestion=suggestion)
        raise InvalidDocument([in_body(KEY, issue)])
    return _plan(parse_json(outcome))


def _plan(given: object, periods: Sequence[PeriodId] | None = None) -> Document:
    try:
        plan = read_plan_of(given, periods)
    except InvalidDocument as error:
        raise InvalidDocument(in_body(KEY, issue) for issue in error.issues) from error
    document: Document = plan.model_dump(mode="json", by_alias=True)
    return document


def start_schema(plan: dict[str, Any]) -> dict[str, Any]:
    """Return the JSON Schema of `start` from that of a plan."""
    outcome = {"type": "object", "description": "An outcome with a plan.", "required": ["plan"]}
    allocation = {"type": "string", "description": "Id of an allocation with a plan."}
    return {
        "description": "The plan from which the solve starts: if it keeps the rules, no answer is worse.",
        "anyOf": [plan, outcome, allocation, {"type": "null"}],
    }
