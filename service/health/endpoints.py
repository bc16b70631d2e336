"""/health: liveness and readiness for operators. Needs no API key and reveals no data."""

from fastapi import APIRouter, Response, status
from fastapi.concurrency import run_in_threadpool

from service.context import InContext
from service.health.schemas import Live, Ready
from service.health.service import readiness

router = APIRouter(prefix="/health", tags=["health"])


@router.get("/live", summary="Check that the service is live")
async def live() -> Live:
    """Return `live`."""
    return Live(status="live")


@router.get("/ready", summary="Check that the service can solve", responses={503: {"model": Ready}})
async def ready(context: InContext, response: Response) -> Ready:
    """Return the state of database, migrations and workers; with status 503 while the service is not ready."""
    found = await run_in_threadpool(readiness, context)
    if found.status != "ready":
        response.status_code = status.HTTP_503_SERVICE_UNAVAILABLE
    return found
