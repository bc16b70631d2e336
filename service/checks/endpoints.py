"""/v1/checks: checks problems without solving them."""

from fastapi import APIRouter, Response

from service.checks.schemas import Check
from service.context import InContext
from service.openapi import SUBMISSION
from service.readers import tasks
from service.request_bodies import JSON, RawBody

router = APIRouter(prefix="/v1/checks", tags=["checks"])


@router.post("", summary="Check a problem without solving it", response_model=Check, openapi_extra=SUBMISSION)
async def check(context: InContext, body: RawBody) -> Response:
    """Return every issue with its address and a suggested fix, the size of the program, and the effective config.

    A sound problem is answered with the warnings that its outcome would contain.
    """
    return Response(await context.readers.run(tasks.check, body), media_type=JSON)
