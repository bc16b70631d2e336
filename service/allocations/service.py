"""The verbs of allocations: submit, look at, list, cancel, remove."""

import time
from collections.abc import Callable
from datetime import datetime

from fastapi.concurrency import run_in_threadpool

from models.address import apply_overrides
from models.reading import read_problem
from service.allocations import repository, views
from service.allocations.create import add, asked, create, find, missing
from service.allocations.idempotency import reserved
from service.allocations.repository import Standing
from service.allocations.schemas import Page
from service.context import Context
from service.database.hashing import document_hash
from service.database.records import Document
from service.errors import ApiError, Code
from service.submissions import Submission, read_submission, require_sound
from service.worker.job_notifications import heard
from service.worker.publish import end

FIRST_LOOK_S, SLOWEST_LOOK_S = 0.05, 0.5
"""How often a waiting request looks by itself; news of its job wake it at once."""


def submit(context: Context, body: object, *, idempotency_key: str | None, now: datetime) -> str:
    """Accept a problem to be solved, or answer it from storage; gives the id of the allocation.

    Refused before a job exists: documents that are wrong, programs that are too large, a full queue, nobody to solve.
    """
    with reserved(context.database, idempotency_key, document_hash(body), now=now) as earlier:
        if earlier is not None:
            return earlier
        submission = read_submission(body)
        require_sound(context.settings, submission)
        return create(context, submission, idempotency_key=idempotency_key, now=now)


def shared(context: Context, submission: Submission, *, now: datetime) -> str:
    """The allocation that solves this, or has: the newest of the same work, unless its config wants one of its own."""
    require_sound(context.settings, submission)
    allocation = asked(submission)
    with context.database.writing() as session:
        same = repository.same(session, allocation.fingerprint) if submission.config.reuse else None
        if same is None:
            add(session, context, submission, allocation, now=now)
    context.dispatcher.wake()
    return same or allocation.id


async def ended_within(context: Context, allocation_id: str, seconds: float) -> bool:
    """Wait until the job of an allocation has ended, but no longer than that; says whether it has."""
    return (await _until(context, allocation_id, seconds, lambda standing: standing.has_ended)).has_ended


async def answered_within(context: Context, allocation_id: str, seconds: float) -> bool:
    """Wait until there is a first plan of an allocation, or its job has ended; says whether it has ended."""
    standing = await _until(context, allocation_id, seconds, lambda one: one.has_outcome or one.has_ended)
    return standing.has_ended


async def _until(context: Context, allocation_id: str, seconds: float, holds: Callable[[Standing], bool]) -> Standing:
    """Look whenever there is news of the job, and now and then by itself: it may run under another process."""
    until, pause = time.monotonic() + seconds, FIRST_LOOK_S
    standing = await run_in_threadpool(_stands, context, allocation_id)
    with context.dispatcher.news.of(standing.job_id) as news:
        while True:
            news.clear()
            standing = await run_in_threadpool(_stands, context, allocation_id)
            left = until - time.monotonic()
            if holds(standing) or left <= 0:
                return standing
            await heard(news, min(pause, left))
            pause = min(pause * 1.5, SLOWEST_LOOK_S)


def _stands(context: Context, allocation_id: str) -> Standing:
    with context.database.reading() as session:
        standing = repository.standing(session, allocation_id)
    if standing is None:
        raise missing(allocation_id)
    return standing


def look(context: Context, allocation_id: str) -> str:
    """The envelope of an allocation, as JSON."""
    with context.database.reading() as session:
        return views.envelope(session, find(session, allocation_id))


def ended_with(context: Context, allocation_id: str) -> tuple[str | None, Document | None]:
    """The outcome of an allocation as JSON, if there is one so far, and what its job failed with, if it has."""
    with context.database.reading() as session:
        found = find(session, allocation_id)
        outcome = repository.outcome(session, allocation_id)
    return None if outcome is None else outcome.document, found.job.error


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
        allocation = find(session, allocation_id).allocation
        solved = repository.problem(session, allocation.problem_key)
    if solved is None:
        raise ApiError(Code.not_found)
    return solved.document, allocation.config


def cancel(context: Context, allocation_id: str, *, now: datetime) -> None:
    """Ask the solve to stop and keep its best plan; asked again, nothing more happens."""
    with context.database.writing() as session:
        job = find(session, allocation_id).job
        job_id = job.id
        if job.status == "queued":
            job.cancel_requested_at = now
            session.add(end(job, "cancelled", None, now=now))
        elif job.status == "running" and job.cancel_requested_at is None:
            job.cancel_requested_at = now
    context.dispatcher.tell(job_id)


def remove(context: Context, allocation_id: str) -> None:
    """Remove an allocation with everything of it; a solve that runs ends for nobody."""
    with context.database.writing() as session:
        allocation = find(session, allocation_id).allocation
        job_id = allocation.job_id
        repository.remove(session, allocation)
    context.dispatcher.tell(job_id)
