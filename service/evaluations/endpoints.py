"""/v1/evaluations: checks and scores an existing plan."""

from datetime import UTC, datetime
from typing import Annotated, Any

from fastapi import APIRouter, Header, Response, status
from fastapi.concurrency import run_in_threadpool

from models.evaluation import Evaluation
from service.allocations.create import RETRY_AFTER_S
from service.allocations.preferences import MAX_WAIT_S, read_preference
from service.allocations.service import wait_for_end
from service.allocations.views import links
from service.context import InContext
from service.evaluations import service
from service.openapi import EVALUATION
from service.request_bodies import JsonBody

router = APIRouter(prefix="/v1/evaluations", tags=["evaluations"])

STILL_SOLVING: dict[int | str, dict[str, Any]] = {
    202: {
        "model": Evaluation,
        "description": "Check and scores without bounds: the solve still runs. Send the request again later.",
    }
}


@router.post("", summary="Check and score a plan", responses=STILL_SOLVING, openapi_extra=EVALUATION)
async def evaluate(
    context: InContext,
    body: JsonBody,
    response: Response,
    prefer: Annotated[
        str | None,
        Header(
            description="`wait=N` waits up to N seconds for the bounds (default and maximum 30). "
            "`respond-async` does not wait."
        ),
    ] = None,
) -> Evaluation:
    """Return the constraint rows that a plan violates and by how much, every metric, and the gaps to both bounds.

    The bounds come from a solve of the problem, or from a stored outcome of the same problem and config. If the solve
    takes longer than the wait, the answer is 202 without bounds; the same request later uses the same solve. `Link`
    names its allocation.
    """
    preference = read_preference(prefer)
    submitted = await run_in_threadpool(service.submit, context, body, now=datetime.now(UTC))
    ended = await wait_for_end(
        context, submitted.allocation_id, preference.wait_s if preference.applied else MAX_WAIT_S
    )
    response.headers["Link"] = f'<{links(submitted.allocation_id).self}>; rel="related"'
    response.headers["Vary"] = "Prefer"
    if preference.applied is not None:
        response.headers["Preference-Applied"] = preference.applied
    if not ended:
        response.status_code = status.HTTP_202_ACCEPTED
        response.headers["Retry-After"] = RETRY_AFTER_S
    return await run_in_threadpool(service.evaluate, context, submitted)
