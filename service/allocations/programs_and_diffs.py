"""Exported programs and comparisons of plans, computed as side tasks of worker processes."""

import asyncio
import json
from collections.abc import Callable
from concurrent.futures import CancelledError
from concurrent.futures import TimeoutError as KilledAtLimit
from concurrent.futures.process import BrokenProcessPool
from typing import TypeVar

from fastapi.concurrency import run_in_threadpool
from pebble import ProcessExpired

from service.allocations import repository, service
from service.allocations.create import RETRY_AFTER_S, require_allocation
from service.context import Context
from service.database.records import Document
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
    """Return the comparison of the plans of two allocations. `time_limit_s` limits the search for the closest plan."""
    problem, config = await run_in_threadpool(service.submitted, context, allocation_id)
    here, there = [await run_in_threadpool(_outcome_with_plan, context, name) for name in (allocation_id, other_id)]
    return await _run_side_task(
        context, diff, problem, config, here, there, time_limit_s, alternative="or use a shorter time_limit_s"
    )


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
