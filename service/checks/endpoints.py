"""/v1/checks: checks problems without solving them."""

from fastapi import APIRouter
from fastapi.concurrency import run_in_threadpool

from service.checks import service
from service.checks.schemas import Check
from service.context import InContext
from service.openapi import SUBMISSION
from service.request_bodies import JsonBody

router = APIRouter(prefix="/v1/checks", tags=["checks"])


@router.post("", summary="Check a problem without solving it", openapi_extra=SUBMISSION)
async def check(context: InContext, body: JsonBody) -> Check:
    """Return every issue with its address and a suggested fix, the size of the program, and the effective config.

    A sound problem is answered with the warnings that its outcome would contain.
    """
    return await run_in_threadpool(service.check, context, body)
