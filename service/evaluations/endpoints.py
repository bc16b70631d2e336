"""/v1/evaluations: what a plan that somebody already has is worth."""

from datetime import UTC, datetime
from typing import Annotated, Any

from fastapi import APIRouter, Header, Response, status
from fastapi.concurrency import run_in_threadpool

from models.evaluation import Evaluation
from service.allocations.create import RETRY_AFTER_S
from service.allocations.preferences import MAX_WAIT_S, read_preference
from service.allocations.service import ended_within
from service.allocations.views import links
from service.context import InContext
from service.evaluations import service
from service.openapi import EVALUATION
from service.request_bodies import JsonBody

router = APIRouter(prefix="/v1/evaluations", tags=["evaluations"])

UNPROVEN: dict[int | str, dict[str, Any]] = {
    202: {
        "model": Evaluation,
        "description": "Rows and scores without a bound, which is still being proven; ask again.",
    }
}


@router.post("", summary="Check and score a plan", responses=UNPROVEN, openapi_extra=EVALUATION)
async def evaluate(
    context: InContext,
    body: JsonBody,
    response: Response,
    prefer: Annotated[
        str | None, Header(description="`wait=N` seconds for the bound (default and at most 30) or `respond-async`")
    ] = None,
) -> Evaluation:
    """Which rows a plan breaks and by how much, every metric of it, and how far it is from the best.

    The best comes from solving the problem, or from a stored solve of the same problem and config. If that takes longer
    than the wait, the answer is 202 and has no bound yet; asked again, it takes up the same solve. `Link` names the
    allocation that solves it.
    """
    preference = read_preference(prefer)
    asked = await run_in_threadpool(service.ask, context, body, now=datetime.now(UTC))
    ended = await ended_within(context, asked.allocation_id, preference.wait_s if preference.applied else MAX_WAIT_S)
    response.headers["Link"] = f'<{links(asked.allocation_id).self}>; rel="related"'
    response.headers["Vary"] = "Prefer"
    if preference.applied is not None:
        response.headers["Preference-Applied"] = preference.applied
    if not ended:
        response.status_code = status.HTTP_202_ACCEPTED
        response.headers["Retry-After"] = RETRY_AFTER_S
    return await run_in_threadpool(service.judge, context, asked)
