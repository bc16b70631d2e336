"""Exported programs and comparisons of plans, computed as side tasks of worker processes."""

import asyncio
import json
from collections.abc import Callable
from concurrent.futures import CancelledError
from concurrent.futures import TimeoutError as KilledAtLimit
from concurrent.futures.process import BrokenProcessPool
from contextlib import suppress
from typing import TypeVar

from fastapi.concurrency import run_in_threadpool
from pebble import ProcessExpired
from sqlalchemy.exc import IntegrityError

from optimizer.outcome.versions import VERSIONS
from service.allocations import repository, service
from service.allocations.create import RETRY_AFTER_S, require_allocation
from service.context import Context
from service.database.records import Document, StoredDiff
from service.errors import ApiError, Code
from service.worker.side_tasks import Form, diff, program

LIMIT_S = 30.0
"""Limit in seconds of a side task, including the wait for a free process; proxies cut longer requests off."""

Result = TypeVar("Result")


async def program_text(context: Context, allocation_id: str, form: Form) -> str:
    """Return the program of an allocation as solved, in one of the export formats."""
    problem, config = await run_in_threadpool(service.submitted, context, allocation_id)
    return await _run_side_task(
        context, program, problem, config, form, alternative="or use `concord export`, which has no limit"
    )


async def compare_plans(context: Context, allocation_id: str, other_id: str, time_limit_s: float) -> Document:
    """Return the comparison of the plans of two allocations. `time_limit_s` limits the search for the closest plan.

    A comparison of allocations whose jobs have ended is stored, and answers the same question again.
    """
    stored = await run_in_threadpool(_stored, context, allocation_id, other_id, time_limit_s)
    if stored is not None:
        return stored
    problem, config = await run_in_threadpool(service.submitted, context, allocation_id)
    has_ended = await run_in_threadpool(_have_ended, context, allocation_id, other_id)
    here, there = [await run_in_threadpool(_outcome_with_plan, context, name) for name in (allocation_id, other_id)]
    found = await _run_side_task(
        context, diff, problem, config, here, there, time_limit_s, alternative="or use a shorter time_limit_s"
    )
    if has_ended:
        await run_in_threadpool(_store, context, allocation_id, other_id, time_limit_s, found)
    return found


def _stored(context: Context, allocation_id: str, other_id: str, time_limit_s: float) -> Document | None:
    with context.database.reading() as session:
        found = repository.diff(session, allocation_id, other_id, versions=_versions(), time_limit_s=time_limit_s)
        document: Document | None = None if found is None else json.loads(found.document)
    return document


def _have_ended(context: Context, *allocation_ids: str) -> bool:
    """Return whether all jobs have ended. The plan of a running what-if may still change."""
    with context.database.reading() as session:
        states = [repository.state(session, allocation_id) for allocation_id in allocation_ids]
    return all(state is not None and state.has_ended for state in states)


def _store(context: Context, allocation_id: str, other_id: str, time_limit_s: float, found: Document) -> None:
    """Store a comparison, unless one of the allocations was removed meanwhile."""
    record = StoredDiff(
        allocation_id=allocation_id,
        against_id=other_id,
        versions=_versions(),
        time_limit_s=None if found["closest"]["optimal"] else time_limit_s,
        document=json.dumps(found),
    )
    with suppress(IntegrityError), context.database.writing() as session:
        session.merge(record)


def _versions() -> str:
    return VERSIONS.model_dump_json()


def _outcome_with_plan(context: Context, allocation_id: str) -> Document:
    """Return the outcome of an allocation. Raises `ApiError` (`no_plan`) if it has no plan."""
    with context.database.reading() as session:
        job = require_allocation(session, allocation_id).job
        outcome = repository.outcome(session, allocation_id)
    document: Document | None = None if outcome is None else json.loads(outcome.document)
    if document is None or document["plan"] is None:
        reason = f"its job is {job.status}" if outcome is None else f"its outcome is {outcome.status}"
        raise ApiError(Code.no_plan, f"allocation {allocation_id[:100]} has no plan: {reason}")
    return document


async def _run_side_task(context: Context, task: Callable[..., Result], *args: object, alternative: str) -> Result:
    try:
        future = context.dispatcher.run_side_task(task, *args, limit_s=LIMIT_S)
    except RuntimeError as error:
        raise _unavailable("no worker process is available; try again later") from error
    try:
        return await asyncio.wait_for(asyncio.wrap_future(future), LIMIT_S)
    except (TimeoutError, KilledAtLimit) as error:
        raise _unavailable(
            f"the task did not finish within {LIMIT_S:g} s; try again when fewer solves run, {alternative}"
        ) from error
    except (ProcessExpired, BrokenProcessPool, CancelledError) as error:
        raise _unavailable("the worker process of the task ended; try again later") from error


def _unavailable(detail: str) -> ApiError:
    return ApiError(Code.no_worker, detail, headers={"Retry-After": RETRY_AFTER_S})
