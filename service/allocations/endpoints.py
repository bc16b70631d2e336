"""/v1/allocations: submits problems to solve, and returns their jobs, outcomes, programs and comparisons."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Header, HTTPException, Path, Query, Response, status
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import JSONResponse, PlainTextResponse
from fastapi.sse import EventSourceResponse, ServerSentEvent

from models.diff import Diff
from service.allocations import events, service
from service.allocations import what_if as what_ifs
from service.allocations.preferences import Preference, read_preference
from service.allocations.programs_and_diffs import compare_plans, program_text
from service.allocations.schemas import Envelope, Page
from service.allocations.views import PATH, links
from service.context import Context, InContext
from service.errors import ApiError, Code
from service.openapi import SOLVE, WHAT_IF
from service.readers import tasks
from service.request_bodies import JSON, JsonBody, RawBody
from service.worker.side_tasks import Form

router = APIRouter(prefix=PATH, tags=["allocations"])

ID_PATTERN = "^alc_[0-9a-f]{28}$"
AllocationId = Annotated[str, Path(max_length=100)]
Prefer = Annotated[
    str | None,
    Header(
        description="`wait=N` waits up to N seconds (default 10, at most 30); `respond-async` does not wait (RFC 7240)."
    ),
]
IdempotencyKey = Annotated[str | None, Header(min_length=1, max_length=255)]
DIFF_S, MAX_DIFF_S = 5.0, 20.0
"""Seconds of the search for the closest plan: default and maximum."""
MAX_EVENT_ID_DIGITS = 18
"""Most digits of an event id. A longer `Last-Event-ID` is invalid and is ignored."""
ACCEPTED: dict[int | str, dict[str, Any]] = {
    202: {
        "model": Envelope,
        "description": "The solve continues. Get the allocation again later, or follow its events.",
    }
}


@router.post("", summary="Solve a problem", response_model=Envelope, responses=ACCEPTED, openapi_extra=SOLVE)
async def submit(
    context: InContext,
    body: RawBody,
    prefer: Prefer = None,
    idempotency_key: IdempotencyKey = None,
) -> Response:
    """Find the best plan: which contributor gives what to which activity under which framework.

    The body is a problem, or {problem, config, start}. `start` is a plan of one's own, or the id of an allocation whose
    plan it is: if it keeps the rules, no answer is worse. If the solve ends within the wait, the answer is 200 with the
    outcome. Otherwise it is 202, and `Location` is the path of the allocation.
    """
    preference = read_preference(prefer)
    submission = await context.readers.run(tasks.prepare_problem, body)
    allocation_id = await run_in_threadpool(
        service.submit, context, submission, idempotency_key=idempotency_key, now=_now()
    )
    ended = preference.wait_s > 0 and await service.wait_for_end(context, allocation_id, preference.wait_s)
    return await _created(context, allocation_id, preference, ended=ended)


@router.post(
    "/{allocation_id}/what-if",
    summary="Solve a what-if",
    response_model=Envelope,
    responses=ACCEPTED,
    openapi_extra=WHAT_IF,
)
async def what_if(
    context: InContext,
    allocation_id: AllocationId,
    body: JsonBody,
    prefer: Prefer = None,
    idempotency_key: IdempotencyKey = None,
) -> Response:
    """Change values, relax constraint groups or lock activities. Creates a new allocation that starts from this plan.

    The answer comes with the first checked plan, its bounds and gaps. Status 202 means that the solve continues and
    may find better plans; 200 means that the outcome is final. A newer what-if of the same `session` supersedes this
    one.
    """
    preference = read_preference(prefer)
    created = await run_in_threadpool(
        what_ifs.submit, context, allocation_id, body, idempotency_key=idempotency_key, now=_now()
    )
    ended = preference.wait_s > 0 and await service.wait_for_outcome(context, created, preference.wait_s)
    return await _created(context, created, preference, ended=ended)


async def _created(context: Context, allocation_id: str, preference: Preference, *, ended: bool) -> Response:
    envelope = await run_in_threadpool(service.envelope, context, allocation_id)
    headers = {"Location": links(allocation_id).self, "Vary": "Prefer"}
    if preference.applied is not None:
        headers["Preference-Applied"] = preference.applied
    if not ended:
        headers["Retry-After"] = "1"
    return _json_response(envelope, status.HTTP_200_OK if ended else status.HTTP_202_ACCEPTED, headers)


def _json_response(text: str, code: int = status.HTTP_200_OK, headers: dict[str, str] | None = None) -> Response:
    """Return a response with text that is already JSON."""
    return Response(text, code, headers, JSON)


@router.get("", summary="List allocations, newest first")
async def page(
    context: InContext,
    limit: Annotated[int, Query(ge=1, le=100)] = 20,
    cursor: Annotated[
        str | None, Query(pattern=ID_PATTERN, max_length=100, description="`next_cursor` of the previous page.")
    ] = None,
) -> Page:
    """Return a page of allocations with their jobs, without outcomes."""
    return await run_in_threadpool(service.page, context, cursor=cursor, limit=limit)


@router.get("/{allocation_id}", summary="Get an allocation", response_model=Envelope)
async def look(context: InContext, allocation_id: AllocationId) -> Response:
    """Return the state of the job, and the outcome if there is one."""
    return _json_response(await run_in_threadpool(service.envelope, context, allocation_id))


@router.get("/{allocation_id}/problem", summary="Get the problem as solved")
async def problem(context: InContext, allocation_id: AllocationId) -> Response:
    """Return the problem with the overrides of its config applied. It can be submitted again."""
    return _json_response(await run_in_threadpool(service.problem, context, allocation_id))


@router.get("/{allocation_id}/program.{form}", summary="Export the program as solved", response_class=PlainTextResponse)
async def program(context: InContext, allocation_id: AllocationId, form: Form) -> Response:
    """Return the program with readable names.

    `lp` and `mps` have the first objective, minimised, for other solvers. `tex` has all objectives, for readers.
    """
    text = await program_text(context, allocation_id, form)
    return PlainTextResponse(text, headers={"Content-Disposition": f'attachment; filename="program.{form}"'})


@router.get("/{allocation_id}/diff", summary="Compare two plans", response_model=Diff)
async def diff(
    context: InContext,
    allocation_id: AllocationId,
    against: Annotated[str, Query(max_length=100, description="Id of the allocation to compare with.")],
    time_limit_s: Annotated[
        float, Query(gt=0, le=MAX_DIFF_S, description="Limit in seconds of the search for the closest plan.")
    ] = DIFF_S,
) -> Response:
    """Compare the plans of two allocations, and separate forced from incidental differences.

    The closest plan is as good as this plan and differs least from the other. A difference that the closest plan still
    has is forced; the others are incidental. `closest` says whether no closer plan exists, by the solver's search
    (`optimal`) and proven (`proven`). If no closest plan was found, every difference is undecided. The comparison of
    ended allocations is stored; a longer time limit searches again unless the search had ended.
    """
    return JSONResponse(await compare_plans(context, allocation_id, against, time_limit_s))


async def _last_seen(
    context: InContext,
    allocation_id: AllocationId,
    last_event_id: Annotated[
        str | None, Header(description="Id of the last event received; the stream starts after it.")
    ] = None,
) -> int:
    stated = last_event_id or ""
    seen = int(stated) if stated.isdecimal() and len(stated) <= MAX_EVENT_ID_DIGITS else 0
    has_seen_all = await run_in_threadpool(events.has_seen_all, context, allocation_id, seen)
    if has_seen_all is None:
        raise ApiError(Code.not_found, f"there is no allocation {allocation_id!r}")
    if has_seen_all:
        raise HTTPException(status.HTTP_204_NO_CONTENT)
    events.require_stream(context)
    return seen


@router.get("/{allocation_id}/events", summary="Follow the events of a job", response_class=EventSourceResponse)
async def follow(
    context: InContext, allocation_id: AllocationId, last_seen: Annotated[int, Depends(_last_seen)]
) -> AsyncIterator[ServerSentEvent]:
    """Stream server-sent events: `queued`, `started`, `incumbent`, `plan` and `done`. The stream ends after `done`.

    `incumbent` events have metrics, incumbent, both bounds, gap, nodes and elapsed seconds; one that repeats all
    figures is left out. To resume, send
    `Last-Event-ID`; the answer is 204 if no event follows.
    """
    async for event in events.follow(context, allocation_id, last_seen):
        yield event


@router.head("/{allocation_id}/events", include_in_schema=False)
async def follow_head(
    allocation_id: AllocationId,  # noqa: ARG001  (part of the path)
    last_seen: Annotated[int, Depends(_last_seen)],  # noqa: ARG001  (the dependency checks the allocation)
) -> Response:
    """Return the headers of the stream at once."""
    return Response(media_type=EventSourceResponse.media_type)


@router.post("/{allocation_id}/cancel", summary="Cancel a solve and keep its best plan", response_model=Envelope)
async def cancel(context: InContext, allocation_id: AllocationId) -> Response:
    """Request that the solve stop; it stops within about one second. Repeating the request changes nothing."""
    await run_in_threadpool(service.cancel, context, allocation_id, now=_now())
    return _json_response(await run_in_threadpool(service.envelope, context, allocation_id))


@router.delete("/{allocation_id}", summary="Delete an allocation", status_code=status.HTTP_204_NO_CONTENT)
async def remove(context: InContext, allocation_id: AllocationId) -> None:
    """Delete the allocation, its outcome and its events. A running solve stops."""
    await run_in_threadpool(service.remove, context, allocation_id)


def _now() -> datetime:
    return datetime.now(UTC)
