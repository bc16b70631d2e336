"""/v1/checks: whether a problem is sound."""

from fastapi import APIRouter
from fastapi.concurrency import run_in_threadpool

from service.checks import service
from service.checks.schemas import Check
from service.context import InContext
from service.openapi import SUBMISSION
from service.request_bodies import JsonBody

router = APIRouter(prefix="/v1/checks", tags=["checks"])


@router.post("", summary="Check without solving", openapi_extra=SUBMISSION)
async def check(context: InContext, body: JsonBody) -> Check:
    """Every issue with its address and a fix in words, the size of the program, the config that would take effect."""
    return await run_in_threadpool(service.check, context, body)
