"""What a run tells the database. Each is one transaction, and void when the claim is: a late worker changes nothing."""

import json
from datetime import datetime

from pydantic_core import to_json
from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from models.outcome import Outcome, Progress
from service.database.engine import Database
from service.database.records import Allocation, Document, Event, Job, JobStatus, StoredOutcome
from service.worker.claims import Claim, locking

NO_NUMBERS = ("NaN", "Infinity")
"""How a number that JSON has not would be written; a title may say the same."""
MAX_CRASHES = 2
"""Runs that may die with their process: the second has another seed, a third would teach nothing."""


def started(database: Database, claim: Claim, *, now: datetime) -> bool:
    """The run begins; says whether the claim holds."""
    with database.writing() as session:
        job = locking(session, claim)
        if job is None:
            return False
        job.started_at = now
        session.add(Event(job_id=job.id, kind="started", at=now, data={"attempt": claim.attempt}))
        return True


def incumbent(
    database: Database, claim: Claim, progress: Progress, replaced: int | None, *, now: datetime
) -> int | None:
    """How the run goes; gives the id of the event.

    An event that said the same of an earlier moment is `replaced`: what is kept is a row for each better plan, and not
    for each half second.
    """
    with database.writing() as session:
        if locking(session, claim) is None:
            return None
        if replaced is not None:
            session.execute(delete(Event).where(Event.id == replaced))
        event = Event(job_id=claim.job_id, kind="incumbent", at=now, data=progress.model_dump(mode="json"))
        session.add(event)
        session.flush()
        return event.id


def written(outcome: Outcome) -> str:
    """The outcome as JSON, once for all who are going to see it; raises `ValueError` for a number that JSON has not."""
    text = to_json(outcome, by_alias=True).decode()
    if any(word in text for word in NO_NUMBERS):
        json.dumps(json.loads(text), allow_nan=False)
    return text


def early(database: Database, claim: Claim, outcome: Outcome, progress: Progress, *, now: datetime) -> None:
    """A checked plan, while the run goes on for a better one: it takes the place of the one before."""
    document = written(outcome)
    with database.writing() as session:
        if locking(session, claim) is not None:
            _store(session, claim, outcome.status, document)
            data = progress.model_dump(mode="json")
            session.add(Event(job_id=claim.job_id, kind="plan", at=now, data=data))


def ended(database: Database, claim: Claim, outcome: Outcome, status: JobStatus, *, now: datetime) -> None:
    """The run came to an outcome: written first, then the status flips, together."""
    document = written(outcome)
    with database.writing() as session:
        job = locking(session, claim)
        if job is None:
            return
        _store(session, claim, outcome.status, document)
        session.add(end(job, status, outcome.status, now=now))


def _store(session: Session, claim: Claim, status: str, document: str) -> None:
    allocation_id = session.scalars(select(Allocation.id).where(Allocation.job_id == claim.job_id)).one()
    session.execute(delete(StoredOutcome).where(StoredOutcome.allocation_id == allocation_id))
    session.add(StoredOutcome(allocation_id=allocation_id, status=status, document=document))
    session.flush()


def failed(database: Database, claim: Claim, error: Document, *, now: datetime) -> None:
    """The run came to nothing; `error` says what is known."""
    with database.writing() as session:
        job = locking(session, claim)
        if job is not None:
            job.error = error
            session.add(end(job, "failed", None, now=now))


def cancelled(database: Database, claim: Claim, *, now: datetime) -> None:
    """The run was asked to stop, did not answer, and was killed: there is no plan to keep."""
    with database.writing() as session:
        job = locking(session, claim)
        if job is not None:
            session.add(end(job, "cancelled", None, now=now))


def crashed(database: Database, claim: Claim, why: str, *, now: datetime) -> None:
    """The process died, or could not publish: once more with another seed, then the job has failed."""
    with database.writing() as session:
        job = locking(session, claim)
        if job is None:
            return
        job.crashes += 1
        if job.cancel_requested_at is not None:
            session.add(end(job, "cancelled", None, now=now))
        elif job.crashes < MAX_CRASHES:
            job.status, job.lease_owner, job.lease_expires_at = "queued", None, None
        else:
            job.error = {
                "code": "solver_error",
                "message": f"the solve broke off {job.crashes} times, each time with another seed; last: {why}",
            }
            session.add(end(job, "failed", None, now=now))


def end(job: Job, status: JobStatus, outcome_status: str | None, *, now: datetime) -> Event:
    """Flip the status of a job to one that stays; gives the event that tells it."""
    job.status, job.ended_at = status, now
    job.lease_owner = job.lease_expires_at = None
    return Event(job_id=job.id, kind="done", at=now, data={"status": status, "outcome_status": outcome_status})
