"""The program of an allocation as a file, written by a worker process: Pyomo is not loaded in this one."""

import asyncio
from concurrent.futures import CancelledError
from concurrent.futures import TimeoutError as KilledAtLimit
from concurrent.futures.process import BrokenProcessPool

from fastapi.concurrency import run_in_threadpool
from pebble import ProcessExpired

from service.allocations import service
from service.allocations.creating import RETRY_AFTER_S
from service.context import Context
from service.errors import ApiError, Code
from service.worker.program import Form, program

LIMIT_S = 30.0
"""How long writing may take, waiting for a free process included: proxies cut longer answers off."""


async def written(context: Context, allocation_id: str, form: Form) -> str:
    """The program as it is solved, in one of its forms."""
    problem, config = await run_in_threadpool(service.submitted, context, allocation_id)
    try:
        future = context.dispatcher.lend(program, problem, config, form, limit_s=LIMIT_S)
    except RuntimeError as error:
        raise _nobody("no process is there to write it; try again later") from error
    try:
        return await asyncio.wait_for(asyncio.wrap_future(future), LIMIT_S)
    except (TimeoutError, KilledAtLimit) as error:
        hint = "or write it with `concord export`, which has no limit"
        raise _nobody(f"it was not written within {LIMIT_S:g} s; try again when fewer solves run, {hint}") from error
    except (ProcessExpired, BrokenProcessPool, CancelledError) as error:
        raise _nobody("the process that wrote it has ended; try again later") from error


def _nobody(detail: str) -> ApiError:
    return ApiError(Code.no_worker, detail, headers={"Retry-After": RETRY_AFTER_S})
