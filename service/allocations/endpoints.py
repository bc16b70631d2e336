"""/v1/allocations: problems to be solved, and how that goes."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Header, HTTPException, Path, Query, Response, status
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import JSONResponse, PlainTextResponse
from fastapi.sse import EventSourceResponse, ServerSentEvent

from models.diff import Diff
from service.allocations import events, service
from service.allocations import what_if as changing
from service.allocations.preferences import Preference, read_preference
from service.allocations.programs_and_diffs import held_against, written
from service.allocations.schemas import Envelope, Page
from service.allocations.views import PATH, links
from service.context import Context, InContext
from service.errors import ApiError, Code
from service.openapi import SUBMISSION, WHAT_IF
from service.request_bodies import JSON, JsonBody
from service.worker.side_tasks import Form

router = APIRouter(prefix=PATH, tags=["allocations"])

AllocationId = Annotated[str, Path(max_length=100)]
Prefer = Annotated[
    str | None, Header(description="`wait=N` seconds (default 10, at most 30) or `respond-async` (RFC 7240)")
]
IdempotencyKey = Annotated[str | None, Header(min_length=1, max_length=255)]
DIFF_S, MOST_DIFF_S = 5.0, 20.0
"""How long the closest plan is searched for: when nothing is said, and at most."""
LONGEST_EVENT_ID = 18
"""Digits of an id that an event can have; a longer one was never given out, and is ignored."""
ACCEPTED: dict[int | str, dict[str, Any]] = {
    202: {"model": Envelope, "description": "It goes on; look again, or follow its events."}
}


@router.post("", summary="Solve", response_model=Envelope, responses=ACCEPTED, openapi_extra=SUBMISSION)
async def submit(
    context: InContext,
    body: JsonBody,
    prefer: Prefer = None,
    idempotency_key: IdempotencyKey = None,
) -> Response:
    """Decide who contributes what to which activity under which framework.

    The body is a problem, or {problem, config}. The answer comes within the time that was asked for (200), or says
    where it will be (202).
    """
    preference = read_preference(prefer)
    allocation_id = await run_in_threadpool(service.submit, context, body, idempotency_key=idempotency_key, now=_now())
    ended = preference.wait_s > 0 and await service.ended_within(context, allocation_id, preference.wait_s)
    return await _created(context, allocation_id, preference, ended=ended)


@router.post(
    "/{allocation_id}/what-if",
    summary="What if something were different?",
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
    """Change values, relax groups, lock activities: a new allocation, answered from the plan at hand.

    The answer comes as soon as there is a first plan, checked, with its bound and gap (202: it goes on, and better
    plans follow; 200: that was the last). A newer what-if of the same `session` supersedes this one.
    """
    preference = read_preference(prefer)
    created = await run_in_threadpool(
        changing.submit, context, allocation_id, body, idempotency_key=idempotency_key, now=_now()
    )
    ended = preference.wait_s > 0 and await service.answered_within(context, created, preference.wait_s)
    return await _created(context, created, preference, ended=ended)


async def _created(context: Context, allocation_id: str, preference: Preference, *, ended: bool) -> Response:
    envelope = await run_in_threadpool(service.look, context, allocation_id)
    headers = {"Location": links(allocation_id).self, "Vary": "Prefer"}
    if preference.applied is not None:
        headers["Preference-Applied"] = preference.applied
    if not ended:
        headers["Retry-After"] = "1"
    return _as_written(envelope, status.HTTP_200_OK if ended else status.HTTP_202_ACCEPTED, headers)


def _as_written(text: str, code: int = status.HTTP_200_OK, headers: dict[str, str] | None = None) -> Response:
    """JSON that is text already."""
    return Response(text, code, headers, JSON)


@router.get("", summary="List, newest first")
async def page(
    context: InContext,
    limit: Annotated[int, Query(ge=1, le=100)] = 20,
    cursor: Annotated[str | None, Query(max_length=100, description="`next_cursor` of the page before")] = None,
) -> Page:
    """What was asked, and how it ended."""
    return await run_in_threadpool(service.page, context, cursor=cursor, limit=limit)


@router.get("/{allocation_id}", summary="Job and outcome", response_model=Envelope)
async def look(context: InContext, allocation_id: AllocationId) -> Response:
    """How the job goes; once it has ended, its outcome."""
    return _as_written(await run_in_threadpool(service.look, context, allocation_id))


@router.get("/{allocation_id}/problem", summary="The problem as solved")
async def problem(context: InContext, allocation_id: AllocationId) -> Response:
    """The document, with the overrides of its config put in: ready to be sent again."""
    return JSONResponse(await run_in_threadpool(service.problem, context, allocation_id))


@router.get("/{allocation_id}/program.{form}", summary="The program as solved", response_class=PlainTextResponse)
async def program(context: InContext, allocation_id: AllocationId, form: Form) -> Response:
    """Readable names: `lp` and `mps` for other solvers (the first objective, minimised), `tex` for reading (all)."""
    text = await written(context, allocation_id, form)
    return PlainTextResponse(text, headers={"Content-Disposition": f'attachment; filename="program.{form}"'})


@router.get("/{allocation_id}/diff", summary="Held against another", response_model=Diff)
async def diff(
    context: InContext,
    allocation_id: AllocationId,
    against: Annotated[str, Query(max_length=100, description="The allocation whose plan this one is held against.")],
    time_limit_s: Annotated[
        float, Query(gt=0, le=MOST_DIFF_S, description="How long the closest plan may be searched for.")
    ] = DIFF_S,
) -> Response:
    """Two plans side by side, forced differences apart from incidental ones.

    Forced is what differs even in the plan that is as good as this one and closest to the other; incidental is what
    need not. `closest` says whether that is proven.
    """
    return JSONResponse(await held_against(context, allocation_id, against, time_limit_s))


async def _last_seen(
    context: InContext,
    allocation_id: AllocationId,
    last_event_id: Annotated[str | None, Header(description="The last event seen: only later ones come")] = None,
) -> int:
    stated = last_event_id or ""
    seen = int(stated) if stated.isdecimal() and len(stated) <= LONGEST_EVENT_ID else 0
    over = await run_in_threadpool(events.nothing_follows, context, allocation_id, seen)
    if over is None:
        raise ApiError(Code.not_found, f"there is no allocation {allocation_id!r}")
    if over:
        raise HTTPException(status.HTTP_204_NO_CONTENT)
    return seen


@router.get("/{allocation_id}/events", summary="Follow", response_class=EventSourceResponse)
async def follow(
    context: InContext, allocation_id: AllocationId, last_seen: Annotated[int, Depends(_last_seen)]
) -> AsyncIterator[ServerSentEvent]:
    """Server-sent events: queued, started, incumbent (objective, bound, gap, nodes, elapsed), done; then it closes.

    A reader that comes back says what it has seen in `Last-Event-ID`; when nothing follows, the answer is 204.
    """
    async for event in events.follow(context, allocation_id, last_seen):
        yield event


@router.head("/{allocation_id}/events", include_in_schema=False)
async def follow_not(
    allocation_id: AllocationId,  # noqa: ARG001  (of the path)
    last_seen: Annotated[int, Depends(_last_seen)],  # noqa: ARG001  (that it asked is enough)
) -> Response:
    """What following would begin with: nothing is waited for."""
    return Response(media_type=EventSourceResponse.media_type)


@router.post("/{allocation_id}/cancel", summary="Stop and keep the best plan", response_model=Envelope)
async def cancel(context: InContext, allocation_id: AllocationId) -> Response:
    """Ask the solve to stop; it answers within about a second. Asking again changes nothing."""
    await run_in_threadpool(service.cancel, context, allocation_id, now=_now())
    return _as_written(await run_in_threadpool(service.look, context, allocation_id))


@router.delete("/{allocation_id}", summary="Remove", status_code=status.HTTP_204_NO_CONTENT)
async def remove(context: InContext, allocation_id: AllocationId) -> None:
    """Remove the allocation, its outcome and its events; if it runs, it is stopped."""
    await run_in_threadpool(service.remove, context, allocation_id)


def _now() -> datetime:
    return datetime.now(UTC)
