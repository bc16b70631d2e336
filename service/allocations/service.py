"""Operations on allocations: submit, read, list, cancel, remove."""

import json
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from fastapi.concurrency import run_in_threadpool

from models.address import apply_overrides
from models.reading import read_problem
from service.allocations import repository, views
from service.allocations.create import create, new_allocation, not_found, require_allocation, store
from service.allocations.idempotency import reserve_key
from service.allocations.repository import AllocationState
from service.allocations.schemas import Page
from service.allocations.start import start_of_outcome
from service.context import Context
from service.database.records import Document
from service.errors import ApiError, Code
from service.prepared import PreparedSubmission
from service.worker.job_notifications import wait_for_notification
from service.worker.publish import end_job

FIRST_POLL_S, MAX_POLL_S = 0.05, 0.5
"""Seconds between polls of a waiting request: the first and the longest interval. A notification wakes it at once."""


def submit(context: Context, submission: PreparedSubmission, *, idempotency_key: str | None, now: datetime) -> str:
    """Accept a sound problem and return the id of its allocation.

    A repeated idempotency key returns the earlier id. If the same work has a stored outcome, the allocation is done at
    once. Raises before a job exists: for a start without a plan, a full queue and missing workers.
    """
    with reserve_key(context.database, idempotency_key, submission.payload_hash, now=now) as earlier:
        if earlier is not None:
            return earlier
        if submission.start_id is not None:
            submission = replace(submission, start=_start(context, submission.start_id))
        return create(context, submission, idempotency_key=idempotency_key, now=now)


def _start(context: Context, allocation_id: str) -> Document:
    """Return the document of the plan of an allocation, from which a solve starts."""
    with context.database.reading() as session:
        stored = repository.outcome(session, allocation_id)
    return start_of_outcome(allocation_id, None if stored is None else stored.document)


def find_or_create(context: Context, submission: PreparedSubmission, *, now: datetime) -> str:
    """Return the id of the newest allocation of the same work, or of a new allocation.

    Creates a new allocation also if the config has `reuse: false`.
    """
    allocation = new_allocation(submission)
    with context.database.writing() as session:
        existing = repository.newest_answering(session, allocation.fingerprint) if submission.reuse else None
        if existing is None:
            store(session, context, submission, allocation, now=now)
    context.dispatcher.wake()
    return existing or allocation.id


async def wait_for_end(context: Context, allocation_id: str, timeout_s: float) -> bool:
    """Wait until the job of an allocation has ended, at most `timeout_s` seconds. Returns whether it has ended."""
    return (await _wait_until(context, allocation_id, timeout_s, lambda state: state.has_ended)).has_ended


async def wait_for_outcome(context: Context, allocation_id: str, timeout_s: float) -> bool:
    """Wait for the first outcome of an allocation or the end of its job, at most `timeout_s` seconds.

    Returns whether the job has ended.
    """
    state = await _wait_until(context, allocation_id, timeout_s, lambda state: state.has_outcome or state.has_ended)
    return state.has_ended


async def _wait_until(
    context: Context, allocation_id: str, timeout_s: float, is_reached: Callable[[AllocationState], bool]
) -> AllocationState:
    """Check the state after every notification, and at growing intervals: another process may run the job."""
    until, pause = time.monotonic() + timeout_s, FIRST_POLL_S
    state = await run_in_threadpool(_state, context, allocation_id)
    with context.dispatcher.notifications.subscribe(state.job_id) as notification:
        while True:
            notification.clear()
            state = await run_in_threadpool(_state, context, allocation_id)
            left = until - time.monotonic()
            if is_reached(state) or left <= 0:
                return state
            await wait_for_notification(notification, min(pause, left))
            pause = min(pause * 1.5, MAX_POLL_S)


def _state(context: Context, allocation_id: str) -> AllocationState:
    with context.database.reading() as session:
        state = repository.state(session, allocation_id)
    if state is None:
        raise not_found(allocation_id)
    return state


def envelope(context: Context, allocation_id: str) -> str:
    """Return the envelope of an allocation as JSON text."""
    with context.database.reading() as session:
        return views.envelope(session, require_allocation(session, allocation_id))


def outcome_and_error(context: Context, allocation_id: str) -> tuple[str | None, Document | None]:
    """Return the outcome of an allocation as JSON text, and the error of its job, each None if there is none."""
    with context.database.reading() as session:
        row = require_allocation(session, allocation_id)
        outcome = repository.outcome(session, allocation_id)
    return None if outcome is None else outcome.document, row.job.error


def page(context: Context, *, cursor: str | None, limit: int) -> Page:
    """Return a page of the list, newest first, with allocations older than the cursor."""
    with context.database.reading() as session:
        rows = repository.page(session, before=cursor, limit=limit + 1)
        items = [views.summary(session, row) for row in rows[:limit]]
    return Page(items=items, next_cursor=items[-1].id if len(rows) > limit else None)


def problem(context: Context, allocation_id: str) -> str:
    """Return the problem as solved, as JSON text: as submitted, with the overrides of the config applied."""
    document, config = submitted(context, allocation_id)
    overrides = config["overrides"]
    if not overrides:
        return document
    return json.dumps(apply_overrides(read_problem(json.loads(document)), overrides).document)


def submitted(context: Context, allocation_id: str) -> tuple[str, Document]:
    """Return the problem as submitted, as JSON text, and the effective config."""
    with context.database.reading() as session:
        allocation = require_allocation(session, allocation_id).allocation
        stored = repository.problem(session, allocation.problem_key)
    if stored is None:
        raise ApiError(Code.not_found)
    return stored.document, allocation.config


def cancel(context: Context, allocation_id: str, *, now: datetime) -> None:
    """Request that the solve stop and publish its best plan. A queued job ends at once. Repeating changes nothing."""
    with context.database.writing() as session:
        job = require_allocation(session, allocation_id).job
        job_id = job.id
        if job.status == "queued":
            job.cancel_requested_at = now
            session.add(end_job(job, "cancelled", None, now=now))
        elif job.status == "running" and job.cancel_requested_at is None:
            job.cancel_requested_at = now
    context.dispatcher.notify(job_id)


def remove(context: Context, allocation_id: str) -> None:
    """Remove an allocation and everything that belongs to it. A running solve stops and publishes nothing."""
    with context.database.writing() as session:
        allocation = require_allocation(session, allocation_id).allocation
        job_id = allocation.job_id
        repository.remove(session, allocation)
    context.dispatcher.notify(job_id)
