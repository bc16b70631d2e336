"""What worker processes are asked for between jobs: programs as files, plans held against each other."""

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
from service.allocations.create import RETRY_AFTER_S, find
from service.context import Context
from service.database.records import Document
from service.errors import ApiError, Code
from service.worker.side_tasks import Form, diff, program

LIMIT_S = 30.0
"""How long an errand may take, waiting for a free process included: proxies cut longer answers off."""

Result = TypeVar("Result")


async def written(context: Context, allocation_id: str, form: Form) -> str:
    """The program as it is solved, in one of its forms."""
    problem, config = await run_in_threadpool(service.submitted, context, allocation_id)
    return await _lent(
        context, program, problem, config, form, instead="or write it with `concord export`, which has no limit"
    )


async def held_against(context: Context, allocation_id: str, other_id: str, time_limit_s: float) -> Document:
    """The plan of an allocation beside that of another."""
    problem, config = await run_in_threadpool(service.submitted, context, allocation_id)
    here, there = [await run_in_threadpool(_with_plan, context, one) for one in (allocation_id, other_id)]
    return await _lent(
        context, diff, problem, config, here, there, time_limit_s, instead="or ask for a shorter time_limit_s"
    )


def _with_plan(context: Context, allocation_id: str) -> Document:
    """The outcome of an allocation; raises where it has no plan."""
    with context.database.reading() as session:
        job = find(session, allocation_id).job
        outcome = repository.outcome(session, allocation_id)
    document: Document | None = None if outcome is None else json.loads(outcome.document)
    if document is None or document["plan"] is None:
        found = f"its job is {job.status}" if outcome is None else f"its outcome is {outcome.status}"
        raise ApiError(Code.no_plan, f"{allocation_id[:100]} has no plan: {found}")
    return document


async def _lent(context: Context, errand: Callable[..., Result], *args: object, instead: str) -> Result:
    try:
        future = context.dispatcher.lend(errand, *args, limit_s=LIMIT_S)
    except RuntimeError as error:
        raise _nobody("no process is there to do it; try again later") from error
    try:
        return await asyncio.wait_for(asyncio.wrap_future(future), LIMIT_S)
    except (TimeoutError, KilledAtLimit) as error:
        raise _nobody(f"it was not done within {LIMIT_S:g} s; try again when fewer solves run, {instead}") from error
    except (ProcessExpired, BrokenProcessPool, CancelledError) as error:
        raise _nobody("the process that did it has ended; try again later") from error


def _nobody(detail: str) -> ApiError:
    return ApiError(Code.no_worker, detail, headers={"Retry-After": RETRY_AFTER_S})
