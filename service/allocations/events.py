"""Events of a job as a stream (server-sent events)."""

from collections.abc import AsyncIterator, Sequence

from fastapi.concurrency import run_in_threadpool
from fastapi.sse import ServerSentEvent

from service.allocations import repository
from service.allocations.event_feed import Queue
from service.context import Context
from service.database.records import ENDED, Event, EventKind
from service.errors import ApiError, Code

RETRY_AFTER_S = "5"
LAST: EventKind = "done"


def has_seen_all(context: Context, allocation_id: str, last_seen: int) -> bool | None:
    """Return whether no event follows the event `last_seen`; None if the allocation does not exist."""
    with context.database.reading() as session:
        row = repository.find(session, allocation_id)
        if row is None:
            return None
        done = repository.latest_event(session, row.job.id, LAST)
        return done is not None and done.id <= last_seen


def require_stream(context: Context) -> None:
    """Raise `ApiError` (`too_many_streams`) if this process has as many open streams as its settings allow."""
    limit = context.settings.max_event_streams
    if context.feed.streams >= limit:
        raise ApiError(
            Code.too_many_streams,
            f"{limit:,} event streams are open, the limit of this service; ask for the allocation instead",
            headers={"Retry-After": RETRY_AFTER_S},
        )


async def follow(context: Context, allocation_id: str, last_seen: int) -> AsyncIterator[ServerSentEvent]:
    """Yield every event after the event `last_seen`, until the job ends or is removed.

    Skips an event that repeats the figures of the one before: only its elapsed time is new.
    """
    job_id = await run_in_threadpool(_job_id, context, allocation_id)
    if job_id is None:
        return
    figures: dict[str, object] | None = None
    with context.feed.follow(job_id, last_seen) as queue:
        async for event in _all_events(context, allocation_id, last_seen, queue):
            earlier, figures = figures, _figures(event)
            if event.kind == "incumbent" and figures == earlier:
                continue
            data = {**event.data, "at": f"{event.at:%Y-%m-%dT%H:%M:%S.%fZ}"}
            yield ServerSentEvent(id=str(event.id), event=event.kind, data=data)


async def _all_events(context: Context, allocation_id: str, last_seen: int, queue: Queue) -> AsyncIterator[Event]:
    """Yield the events that are stored, then those that the feed brings."""
    found = await run_in_threadpool(_events_after, context, allocation_id, last_seen)
    if found is None:
        return
    stored, has_ended = found
    for event in stored:
        yield event
        last_seen = event.id
    # If the job has ended and no `done` follows, `last_seen` is above every id: the stream ends too.
    while not has_ended:
        new = await queue.get()
        if new is None:
            return
        if new.id > last_seen:
            yield new
            last_seen = new.id
        has_ended = new.kind == LAST


def _figures(event: Event) -> dict[str, object]:
    """Return the data of an event without the elapsed time."""
    return {name: value for name, value in event.data.items() if name != "elapsed_s"}


def _job_id(context: Context, allocation_id: str) -> str | None:
    with context.database.reading() as session:
        row = repository.find(session, allocation_id)
        return None if row is None else row.job.id


def _events_after(context: Context, allocation_id: str, last_seen: int) -> tuple[Sequence[Event], bool] | None:
    """Return the later events and whether the job has ended; None if the allocation does not exist."""
    with context.database.reading() as session:
        row = repository.find(session, allocation_id)
        if row is None:
            return None
        return repository.events_after(session, row.job.id, last_seen), row.job.status in ENDED
