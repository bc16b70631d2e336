"""How an allocation comes into being: answered from storage, or with a job that waits."""

import secrets
import time
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from service.allocations import repository
from service.allocations.fingerprint import fingerprint
from service.allocations.idempotency import used
from service.allocations.repository import Found
from service.context import Context
from service.database.hashing import document_hash
from service.database.records import Allocation, Event, Job, SolvedProblem, StoredOutcome
from service.errors import ApiError, Code
from service.submissions import Submission
from service.worker.pool import PoolState
from service.worker.publish import end

RETRY_AFTER_S = "5"


@dataclass(frozen=True, kw_only=True)
class Origin:
    """Where a what-if comes from."""

    parent_id: str
    root_id: str
    session: str | None


def asked(submission: Submission, origin: Origin | None = None) -> Allocation:
    """What is asked, with its digests: they take their time, so not while everybody else waits to write."""
    allocation_id = _new_id("alc")
    return Allocation(
        id=allocation_id,
        job_id=_new_id("job"),
        problem_key=submission.key or document_hash(submission.problem.document),
        config=submission.config.model_dump(mode="json"),
        fingerprint=fingerprint(submission),
        title=submission.problem.title,
        root_id=allocation_id if origin is None else origin.root_id,
        parent_id=None if origin is None else origin.parent_id,
        session=None if origin is None else origin.session,
    )


def create(
    context: Context,
    submission: Submission,
    origin: Origin | None = None,
    *,
    idempotency_key: str | None,
    now: datetime,
) -> str:
    """Make an allocation with its job, in the place of what its session asked before; gives its id."""
    allocation = asked(submission, origin)
    with context.database.writing() as session:
        superseded = _supersede(session, allocation, now=now)
        add(session, context, submission, allocation, now=now)
        used(session, idempotency_key, allocation.id)
        told = allocation.job_id, *superseded
    context.dispatcher.tell(*told)
    return allocation.id


def _supersede(session: Session, allocation: Allocation, *, now: datetime) -> list[str]:
    """End what its session waits for or runs: the best plan it has told stays, and its process stops.

    Gives the jobs that ended so.
    """
    if allocation.session is None:
        return []
    jobs = repository.unfinished_of(session, allocation.session)
    for job in jobs:
        job.superseded_by = allocation.id
        session.add(end(job, "superseded", repository.outcome_status_of(session, job.id), now=now))
    return [job.id for job in jobs]


def add(session: Session, context: Context, submission: Submission, allocation: Allocation, *, now: datetime) -> None:
    """Store an allocation: with the outcome of the same work, where that was proven, else with a job that waits."""
    job = Job(id=allocation.job_id, status="queued", created_at=now)
    proven = repository.proven(session, allocation.fingerprint) if submission.config.reuse else None
    if proven is None:
        _may_queue(session, context)
    if not repository.has_problem(session, allocation.problem_key):
        session.add(SolvedProblem(key=allocation.problem_key, document=submission.problem.document))
    session.add(job)
    session.flush()
    session.add(allocation)
    session.add(Event(job_id=job.id, kind="queued", at=now, data={}))
    session.flush()
    if proven is not None:
        allocation.reused_from = proven.allocation_id
        if allocation.parent_id is None:
            allocation.root_id = repository.root_of(session, proven.allocation_id)
        copy = StoredOutcome(allocation_id=allocation.id, status=proven.status, document=proven.document)
        session.add(copy)
        session.flush()
        session.add(end(job, "succeeded", copy.status, now=now))


def find(session: Session, allocation_id: str) -> Found:
    """An allocation; raises when there is none."""
    found = repository.find(session, allocation_id)
    if found is None:
        raise missing(allocation_id)
    return found


def missing(allocation_id: str) -> ApiError:
    """What is answered where there is no such allocation."""
    return ApiError(Code.not_found, f"there is no allocation {allocation_id[:100]!r}")


def _may_queue(session: Session, context: Context) -> None:
    if context.dispatcher.state in {PoolState.DOWN, PoolState.NONE}:
        raise ApiError(Code.no_worker, headers={"Retry-After": RETRY_AFTER_S})
    if repository.queued_jobs(session) >= context.settings.max_queued_jobs:
        raise ApiError(
            Code.queue_full,
            f"{context.settings.max_queued_jobs} jobs are waiting already; try again later",
            headers={"Retry-After": RETRY_AFTER_S},
        )


def _new_id(kind: str) -> str:
    """An id that sorts by age, and that nobody guesses."""
    return f"{kind}_{time.time_ns() // 1_000_000:012x}{secrets.token_hex(8)}"
