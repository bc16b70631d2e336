"""Writes the results of a run to the database, each in one transaction.

Every function checks the claim first and changes nothing if it is void, so a late worker does no harm.
"""

import json
from datetime import datetime

from pydantic_core import to_json
from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from models.outcome import Outcome, Progress
from service.database.engine import Database
from service.database.records import Allocation, Document, Event, Job, JobStatus, StoredOutcome
from service.worker.claims import Claim, lock_claimed_job

NON_JSON_NUMBERS = ("NaN", "Infinity")
"""Text of numbers that JSON does not have. A title may contain the same text."""
MAX_CRASHES = 2
"""Crashes before a job fails. The second attempt uses another seed; a third would add no information."""


def start(database: Database, claim: Claim, *, now: datetime) -> bool:
    """Record the start of the run. Returns whether the claim is still valid."""
    with database.writing() as session:
        job = lock_claimed_job(session, claim)
        if job is None:
            return False
        job.started_at = now
        session.add(Event(job_id=job.id, kind="started", at=now, data={"attempt": claim.attempt}))
        return True


def incumbent(
    database: Database, claim: Claim, progress: Progress, replaced: int | None, *, now: datetime
) -> int | None:
    """Write a progress event. Returns its id, or None if the claim is void.

    `replaced` is the id of an earlier event with the same incumbent, which the new event replaces. The table thus has
    a row per better plan, not a row per half second.
    """
    with database.writing() as session:
        if lock_claimed_job(session, claim) is None:
            return None
        if replaced is not None:
            session.execute(delete(Event).where(Event.id == replaced))
        event = Event(job_id=claim.job_id, kind="incumbent", at=now, data=progress.model_dump(mode="json"))
        session.add(event)
        session.flush()
        return event.id


def outcome_json(outcome: Outcome) -> str:
    """Return the outcome as JSON text, to store and send unchanged.

    Raises `ValueError` if a number is infinite or NaN.
    """
    text = to_json(outcome, by_alias=True).decode()
    if any(word in text for word in NON_JSON_NUMBERS):
        json.dumps(json.loads(text), allow_nan=False)
    return text


def interim_outcome(database: Database, claim: Claim, outcome: Outcome, progress: Progress, *, now: datetime) -> None:
    """Store a checked plan while the run searches for a better plan. Replaces the earlier one."""
    document = outcome_json(outcome)
    with database.writing() as session:
        if lock_claimed_job(session, claim) is not None:
            _store(session, claim, outcome.status, document)
            data = progress.model_dump(mode="json")
            session.add(Event(job_id=claim.job_id, kind="plan", at=now, data=data))


def final_outcome(database: Database, claim: Claim, outcome: Outcome, status: JobStatus, *, now: datetime) -> None:
    """Store the outcome of a finished run, then set the status of the job, in one transaction."""
    document = outcome_json(outcome)
    with database.writing() as session:
        job = lock_claimed_job(session, claim)
        if job is None:
            return
        _store(session, claim, outcome.status, document)
        session.add(end_job(job, status, outcome.status, now=now))


def _store(session: Session, claim: Claim, status: str, document: str) -> None:
    allocation_id = session.scalars(select(Allocation.id).where(Allocation.job_id == claim.job_id)).one()
    session.execute(delete(StoredOutcome).where(StoredOutcome.allocation_id == allocation_id))
    session.add(StoredOutcome(allocation_id=allocation_id, status=status, document=document))
    session.flush()


def failure(database: Database, claim: Claim, error: Document, *, now: datetime) -> None:
    """Mark the job as failed. `error` has `code` and `message`."""
    with database.writing() as session:
        job = lock_claimed_job(session, claim)
        if job is not None:
            job.error = error
            session.add(end_job(job, "failed", None, now=now))


def cancellation(database: Database, claim: Claim, *, now: datetime) -> None:
    """Mark the job as cancelled without a plan: its process did not stop on request and was killed."""
    with database.writing() as session:
        job = lock_claimed_job(session, claim)
        if job is not None:
            session.add(end_job(job, "cancelled", None, now=now))


def crash(database: Database, claim: Claim, reason: str, *, now: datetime) -> None:
    """Record that the process died or could not publish.

    The first crash returns the job to the queue, with another seed; the second fails it. A cancelled job ends.
    """
    with database.writing() as session:
        job = lock_claimed_job(session, claim)
        if job is None:
            return
        job.crashes += 1
        if job.cancel_requested_at is not None:
            session.add(end_job(job, "cancelled", None, now=now))
        elif job.crashes < MAX_CRASHES:
            job.status, job.lease_owner, job.lease_expires_at = "queued", None, None
        else:
            job.error = {
                "code": "solver_error",
                "message": f"the solve crashed {job.crashes} times, each time with another seed; last crash: {reason}",
            }
            session.add(end_job(job, "failed", None, now=now))


def end_job(job: Job, status: JobStatus, outcome_status: str | None, *, now: datetime) -> Event:
    """Set the final status of a job. Returns the `done` event, which the caller adds to the session."""
    job.status, job.ended_at = status, now
    job.lease_owner = job.lease_expires_at = None
    return Event(job_id=job.id, kind="done", at=now, data={"status": status, "outcome_status": outcome_status})
