"""How an allocation looks from outside."""

import json

from sqlalchemy.orm import Session

from models.outcome import Progress
from service.allocations import repository
from service.allocations.repository import Found
from service.allocations.schemas import JobError, JobView, Links, Summary

PATH = "/v1/allocations"


def links(allocation_id: str) -> Links:
    """Where an allocation, its problem and its events are, and where to stop it."""
    here = f"{PATH}/{allocation_id}"
    return Links(
        self=here,
        problem=f"{here}/problem",
        events=f"{here}/events",
        cancel=f"{here}/cancel",
        what_if=f"{here}/what-if",
    )


def envelope(session: Session, found: Found) -> str:
    """{id, parent, job, outcome, links} as JSON; the outcome exactly as it was stored."""
    outcome = repository.outcome(session, found.allocation.id)
    parts = {
        "id": json.dumps(found.allocation.id),
        "parent": json.dumps(found.allocation.parent_id),
        "job": job(session, found).model_dump_json(),
        "outcome": "null" if outcome is None else outcome.document,
        "links": links(found.allocation.id).model_dump_json(),
    }
    return "{" + ",".join(f'"{name}":{text}' for name, text in parts.items()) + "}"


def summary(session: Session, found: Found) -> Summary:
    """A line of the list."""
    return Summary(
        id=found.allocation.id,
        parent=found.allocation.parent_id,
        title=found.allocation.title,
        job=job(session, found),
        outcome_status=found.outcome_status,
        links=links(found.allocation.id),
    )


def job(session: Session, found: Found) -> JobView:
    """The job, with the latest of its progress while it runs."""
    row = found.job
    latest = repository.latest_event(session, row.id, "incumbent", "plan") if row.status == "running" else None
    return JobView.model_validate(
        {
            "status": row.status,
            "created_at": row.created_at,
            "started_at": row.started_at,
            "ended_at": row.ended_at,
            "attempt": row.attempt,
            "cancel_requested": row.cancel_requested_at is not None,
            "progress": None if latest is None else Progress.model_validate(latest.data),
            "superseded_by": row.superseded_by,
            "reused_from": found.allocation.reused_from,
            "error": None if row.error is None else JobError.model_validate(row.error),
        }
    )
