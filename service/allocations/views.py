"""Public views of allocations."""

import json

from sqlalchemy.orm import Session

from models.outcome import Progress
from models.texts import MOST_IN_LINE
from service.allocations import repository
from service.allocations.repository import AllocationRow
from service.allocations.schemas import JobError, JobView, Links, Summary

PATH = "/v1/allocations"


def links(allocation_id: str) -> Links:
    """Return the paths of an allocation and of what belongs to it."""
    path = f"{PATH}/{allocation_id}"
    return Links(
        self=path,
        problem=f"{path}/problem",
        events=f"{path}/events",
        cancel=f"{path}/cancel",
        what_if=f"{path}/what-if",
    )


def envelope(session: Session, row: AllocationRow) -> str:
    """Return {id, parent, job, outcome, links} as JSON text, with the outcome exactly as stored."""
    outcome = repository.outcome(session, row.allocation.id)
    parts = {
        "id": json.dumps(row.allocation.id),
        "parent": json.dumps(row.allocation.parent_id),
        "job": job(session, row).model_dump_json(),
        "outcome": "null" if outcome is None else outcome.document,
        "links": links(row.allocation.id).model_dump_json(),
    }
    return "{" + ",".join(f'"{name}":{text}' for name, text in parts.items()) + "}"


def summary(session: Session, row: AllocationRow) -> Summary:
    """Return an allocation as an item of the list."""
    return Summary(
        id=row.allocation.id,
        parent=row.allocation.parent_id,
        title=row.allocation.title[:MOST_IN_LINE],  # titles stored by earlier versions have any length
        job=job(session, row),
        outcome_status=row.outcome_status,
        links=links(row.allocation.id),
    )


def job(session: Session, row: AllocationRow) -> JobView:
    """Return the job, with its latest progress while it runs."""
    record = row.job
    is_running = record.status == "running"
    latest = repository.latest_event(session, record.id, "incumbent", "plan") if is_running else None
    return JobView.model_validate(
        {
            "status": record.status,
            "created_at": record.created_at,
            "started_at": record.started_at,
            "ended_at": record.ended_at,
            "attempt": record.attempt,
            "cancel_requested": record.cancel_requested_at is not None,
            "progress": None if latest is None else Progress.model_validate(latest.data),
            "superseded_by": record.superseded_by,
            "reused_from": row.allocation.reused_from,
            "error": None if record.error is None else JobError.model_validate(record.error),
        }
    )
