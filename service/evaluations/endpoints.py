"""/v1/evaluations: checks and scores an existing plan."""

from datetime import UTC, datetime
from typing import Annotated, Any

from fastapi import APIRouter, Header, Response, status
from fastapi.concurrency import run_in_threadpool

from models.evaluation import Evaluation
from service.allocations.create import RETRY_AFTER_S
from service.allocations.preferences import MAX_WAIT_S, read_preference
from service.allocations.service import find_or_create, outcome_and_error, wait_for_end
from service.allocations.views import links
from service.context import InContext
from service.openapi import EVALUATION
from service.readers import tasks
from service.request_bodies import JSON, RawBody

router = APIRouter(prefix="/v1/evaluations", tags=["evaluations"])

STILL_SOLVING: dict[int | str, dict[str, Any]] = {
    202: {
        "model": Evaluation,
        "description": "Check and scores without bounds: the solve still runs. Send the request again later.",
    }
}


@router.post(
    "", summary="Check and score a plan", response_model=Evaluation, responses=STILL_SOLVING, openapi_extra=EVALUATION
)
async def evaluate(
    context: InContext,
    body: RawBody,
    prefer: Annotated[
        str | None,
        Header(
            description="`wait=N` waits up to N seconds for the bounds (default and maximum 30). "
            "`respond-async` does not wait."
        ),
    ] = None,
) -> Response:
    """Return the constraint rows that a plan violates and by how much, every metric, and the gaps to both bounds.

    The bounds come from a solve of the problem, or from a stored outcome of the same problem and config. If the solve
    takes longer than the wait, the answer is 202 without bounds; the same request later uses the same solve. `Link`
    names its allocation.
    """
    preference = read_preference(prefer)
    submission = await context.readers.run(tasks.prepare_evaluation, body)
    allocation_id = await run_in_threadpool(find_or_create, context, submission, now=datetime.now(UTC))
    ended = await wait_for_end(context, allocation_id, preference.wait_s if preference.applied else MAX_WAIT_S)
    outcome, error = await run_in_threadpool(outcome_and_error, context, allocation_id)
    evaluation = await context.readers.run(tasks.evaluate, body, outcome, None if error is None else error["message"])
    headers = {"Link": f'<{links(allocation_id).self}>; rel="related"', "Vary": "Prefer"}
    if preference.applied is not None:
        headers["Preference-Applied"] = preference.applied
    if not ended:
        headers["Retry-After"] = RETRY_AFTER_S
    return Response(evaluation, status.HTTP_200_OK if ended else status.HTTP_202_ACCEPTED, headers, JSON)
