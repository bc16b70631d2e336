"""/health: for whoever keeps the service running. Asks for no key and tells nothing of what it holds."""

from fastapi import APIRouter, Response, status
from fastapi.concurrency import run_in_threadpool

from service.context import InContext
from service.health.schemas import Live, Ready
from service.health.service import readiness

router = APIRouter(prefix="/health", tags=["health"])


@router.get("/live", summary="Does it answer?")
async def live() -> Live:
    """It does."""
    return Live(status="live")


@router.get("/ready", summary="Can it solve?", responses={503: {"model": Ready}})
async def ready(context: InContext, response: Response) -> Ready:
    """Database, migrations and workers; 503 while one of them is missing."""
    found = await run_in_threadpool(readiness, context)
    if found.status != "ready":
        response.status_code = status.HTTP_503_SERVICE_UNAVAILABLE
    return found
