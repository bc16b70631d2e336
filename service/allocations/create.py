"""Creates allocations: answered from storage, or with a queued job."""

import secrets
import time
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from service.allocations import repository
from service.allocations.idempotency import record_created
from service.allocations.repository import AllocationRow
from service.context import Context
from service.database.records import Allocation, Event, Job, SolvedProblem, StoredOutcome
from service.errors import ApiError, Code
from service.prepared import PreparedSubmission
from service.worker.pool import PoolState
from service.worker.publish import end_job

RETRY_AFTER_S = "5"


@dataclass(frozen=True, kw_only=True)
class Origin:
    """Parent, root and session of a what-if."""

    parent_id: str
    root_id: str
    session: str | None


def new_allocation(submission: PreparedSubmission, origin: Origin | None = None) -> Allocation:
    """Return an unsaved allocation."""
    allocation_id = _new_id("alc")
    return Allocation(
        id=allocation_id,
        job_id=_new_id("job"),
        problem_key=submission.problem_key,
        config=submission.config,
        fingerprint=submission.fingerprint,
        title=submission.title,
        root_id=allocation_id if origin is None else origin.root_id,
        parent_id=None if origin is None else origin.parent_id,
        session=None if origin is None else origin.session,
        start=submission.start,
    )


def create(
    context: Context,
    submission: PreparedSubmission,
    origin: Origin | None = None,
    *,
    idempotency_key: str | None,
    now: datetime,
) -> str:
    """Create an allocation with its job and return its id. Supersedes the unfinished jobs of its what-if session."""
    allocation = new_allocation(submission, origin)
    with context.database.writing() as session:
        superseded = _supersede(session, allocation, now=now)
        store(session, context, submission, allocation, now=now)
        record_created(session, idempotency_key, allocation.id)
        job_ids = allocation.job_id, *superseded
    context.dispatcher.notify(*job_ids)
    return allocation.id


def _supersede(session: Session, allocation: Allocation, *, now: datetime) -> list[str]:
    """End the queued and running jobs of the what-if session. Their best published plans stay.

    Returns the ids of these jobs.
    """
    if allocation.session is None:
        return []
    jobs = repository.unfinished_jobs(session, allocation.session)
    for job in jobs:
        job.superseded_by = allocation.id
        session.add(end_job(job, "superseded", repository.outcome_status(session, job.id), now=now))
    return [job.id for job in jobs]


def store(
    session: Session, context: Context, submission: PreparedSubmission, allocation: Allocation, *, now: datetime
) -> None:
    """Store an allocation: with a conclusive outcome of the same work if there is one, else with a queued job.

    Raises `ApiError` (`no_worker`, `queue_full`) if the job cannot be queued.
    """
    job = Job(id=allocation.job_id, status="queued", created_at=now)
    stored = repository.conclusive_outcome(session, allocation.fingerprint) if submission.reuse else None
    if stored is None:
        _require_queue_space(session, context)
    if not repository.has_problem(session, allocation.problem_key):
        session.add(SolvedProblem(key=allocation.problem_key, document=submission.document))
    session.add(job)
    session.flush()
    session.add(allocation)
    session.add(Event(job_id=job.id, kind="queued", at=now, data={}))
    session.flush()
    if stored is not None:
        allocation.reused_from = stored.allocation_id
        if allocation.parent_id is None:
            allocation.root_id = repository.root_of(session, stored.allocation_id)
        copy = StoredOutcome(allocation_id=allocation.id, status=stored.status, document=stored.document)
        session.add(copy)
        session.flush()
        session.add(end_job(job, "succeeded", copy.status, now=now))


def require_allocation(session: Session, allocation_id: str) -> AllocationRow:
    """Return an allocation. Raises `ApiError` (`not_found`) if it does not exist."""
    row = repository.find(session, allocation_id)
    if row is None:
        raise not_found(allocation_id)
    return row


def not_found(allocation_id: str) -> ApiError:
    """Return the error for an allocation that does not exist."""
    return ApiError(Code.not_found, f"there is no allocation {allocation_id[:100]!r}")


def _require_queue_space(session: Session, context: Context) -> None:
    if context.dispatcher.state in {PoolState.DOWN, PoolState.NONE}:
        raise ApiError(Code.no_worker, headers={"Retry-After": RETRY_AFTER_S})
    if repository.count_queued_jobs(session) >= context.settings.max_queued_jobs:
        raise ApiError(
            Code.queue_full,
            f"the queue is full with {context.settings.max_queued_jobs} jobs; try again later",
            headers={"Retry-After": RETRY_AFTER_S},
        )


def _new_id(kind: str) -> str:
    """Return a new id that sorts by age and cannot be guessed."""
    return f"{kind}_{time.time_ns() // 1_000_000:012x}{secrets.token_hex(8)}"
