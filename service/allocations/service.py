"""The verbs of allocations: submit, look at, list, cancel, remove."""

import asyncio
import secrets
import time
from datetime import datetime

from fastapi.concurrency import run_in_threadpool
from sqlalchemy.orm import Session

from models.address import apply_overrides
from models.errors import InvalidDocument
from models.reading import read_problem
from service.allocations import repository, views
from service.allocations.fingerprint import document_hash, fingerprint
from service.allocations.idempotency import reserved, used
from service.allocations.repository import Found
from service.allocations.schemas import Page
from service.context import Context
from service.database.records import ENDED, Allocation, Document, Event, Job, SolvedProblem, StoredOutcome
from service.errors import ApiError, Code
from service.submissions import Submission, issues_of, read_submission, refuse_too_large, size_of
from service.worker.pool import PoolState
from service.worker.publish import end

RETRY_AFTER_S = "5"
FIRST_LOOK_S, SLOWEST_LOOK_S = 0.02, 0.25
"""How often a waiting request looks: most small problems end within a few looks."""


def submit(context: Context, body: object, *, idempotency_key: str | None, now: datetime) -> str:
    """Accept a problem to be solved, or answer it from storage; gives the id of the allocation.

    Refused before a job exists: documents that are wrong, programs that are too large, a full queue, nobody to solve.
    """
    with reserved(context.database, idempotency_key, document_hash(body), now=now) as earlier:
        if earlier is not None:
            return earlier
        submission = read_submission(body)
        _require_sound(context, submission)
        allocation = _asked(submission)
        with context.database.writing() as session:
            _create(session, context, submission, allocation, now=now)
            used(session, idempotency_key, allocation.id)
    context.dispatcher.wake()
    return allocation.id


def shared(context: Context, submission: Submission, *, now: datetime) -> str:
    """The allocation that solves this, or has: the newest of the same work, unless its config wants one of its own."""
    _require_sound(context, submission)
    allocation = _asked(submission)
    with context.database.writing() as session:
        same = repository.same(session, allocation.fingerprint) if submission.config.reuse else None
        if same is None:
            _create(session, context, submission, allocation, now=now)
    context.dispatcher.wake()
    return same or allocation.id


def _require_sound(context: Context, submission: Submission) -> None:
    issues = issues_of(submission)
    if issues:
        raise InvalidDocument(issues)
    refuse_too_large(size_of(submission), context.settings)


def _asked(submission: Submission) -> Allocation:
    """What is asked, with its digests: they take their time, so not while everybody else waits to write."""
    return Allocation(
        id=_new_id("alc"),
        job_id=_new_id("job"),
        problem_key=document_hash(submission.problem.document),
        config=submission.config.model_dump(mode="json"),
        fingerprint=fingerprint(submission),
        title=submission.problem.title,
    )


def _create(
    session: Session, context: Context, submission: Submission, allocation: Allocation, *, now: datetime
) -> None:
    job = Job(id=allocation.job_id, status="queued", created_at=now)
    proven = repository.proven(session, allocation.fingerprint) if submission.config.reuse else None
    if proven is None:
        _may_queue(session, context)
    if repository.problem(session, allocation.problem_key) is None:
        session.add(SolvedProblem(key=allocation.problem_key, document=submission.problem.document))
    session.add(job)
    session.flush()
    session.add(allocation)
    session.add(Event(job_id=job.id, kind="queued", at=now, data={}))
    session.flush()
    if proven is not None:
        allocation.reused_from = proven.allocation_id
        copy = StoredOutcome(allocation_id=allocation.id, status=proven.status, document=proven.document)
        session.add(copy)
        session.flush()
        session.add(end(job, "succeeded", copy.status, now=now))


def _may_queue(session: Session, context: Context) -> None:
    if context.dispatcher.state in {PoolState.DOWN, PoolState.NONE}:
        raise ApiError(Code.no_worker, headers={"Retry-After": RETRY_AFTER_S})
    if repository.queued_jobs(session) >= context.settings.max_queued_jobs:
        raise ApiError(
            Code.queue_full,
            f"{context.settings.max_queued_jobs} jobs are waiting already; try again later",
            headers={"Retry-After": RETRY_AFTER_S},
        )


async def ended_within(context: Context, allocation_id: str, seconds: float) -> bool:
    """Wait until the job of an allocation has ended, but no longer than that; says whether it has."""
    until, pause = time.monotonic() + seconds, FIRST_LOOK_S
    while not await run_in_threadpool(_has_ended, context, allocation_id):
        left = until - time.monotonic()
        if left <= 0:
            return False
        await asyncio.sleep(min(pause, left))
        pause = min(pause * 1.5, SLOWEST_LOOK_S)
    return True


def _has_ended(context: Context, allocation_id: str) -> bool:
    with context.database.reading() as session:
        return _find(session, allocation_id).job.status in ENDED


def look(context: Context, allocation_id: str) -> Document:
    """The envelope of an allocation."""
    with context.database.reading() as session:
        return views.envelope(session, _find(session, allocation_id))


def page(context: Context, *, cursor: str | None, limit: int) -> Page:
    """The list, newest first, from a cursor on."""
    with context.database.reading() as session:
        found = repository.page(session, before=cursor, limit=limit + 1)
        items = [views.summary(session, one) for one in found[:limit]]
    return Page(items=items, next_cursor=items[-1].id if len(found) > limit else None)


def problem(context: Context, allocation_id: str) -> Document:
    """The problem as solved: as it was handed in, with the overrides of its config put in."""
    document, config = submitted(context, allocation_id)
    overrides = config["overrides"]
    if not overrides:
        return document
    return apply_overrides(read_problem(document), overrides).document


def submitted(context: Context, allocation_id: str) -> tuple[Document, Document]:
    """The problem as it was handed in, and the config that took effect."""
    with context.database.reading() as session:
        allocation = _find(session, allocation_id).allocation
        solved = repository.problem(session, allocation.problem_key)
    if solved is None:
        raise ApiError(Code.not_found)
    return solved.document, allocation.config


def cancel(context: Context, allocation_id: str, *, now: datetime) -> None:
    """Ask the solve to stop and keep its best plan; asked again, nothing more happens."""
    with context.database.writing() as session:
        job = _find(session, allocation_id).job
        if job.status == "queued":
            job.cancel_requested_at = now
            session.add(end(job, "cancelled", None, now=now))
        elif job.status == "running" and job.cancel_requested_at is None:
            job.cancel_requested_at = now
    context.dispatcher.wake()


def remove(context: Context, allocation_id: str) -> None:
    """Remove an allocation with everything of it; a solve that runs ends for nobody."""
    with context.database.writing() as session:
        repository.remove(session, _find(session, allocation_id).allocation)
    context.dispatcher.wake()


def _find(session: Session, allocation_id: str) -> Found:
    found = repository.find(session, allocation_id)
    if found is None:
        raise ApiError(Code.not_found, f"there is no allocation {allocation_id[:100]!r}")
    return found


def _new_id(kind: str) -> str:
    """An id that sorts by age, and that nobody guesses."""
    return f"{kind}_{time.time_ns() // 1_000_000:012x}{secrets.token_hex(8)}"
