"""Events of a job as a stream (server-sent events)."""

from collections.abc import AsyncIterator, Sequence

from fastapi.concurrency import run_in_threadpool
from fastapi.sse import ServerSentEvent

from service.allocations import repository
from service.context import Context
from service.database.records import ENDED, Event, EventKind
from service.worker.job_notifications import wait_for_notification

POLL_INTERVAL_S = 0.25
"""Seconds between polls of the database. A notification of the job wakes the stream at once."""
LAST: EventKind = "done"


def has_seen_all(context: Context, allocation_id: str, last_seen: int) -> bool | None:
    """Return whether no event follows the event `last_seen`; None if the allocation does not exist."""
    with context.database.reading() as session:
        row = repository.find(session, allocation_id)
        if row is None:
            return None
        done = repository.latest_event(session, row.job.id, LAST)
        return done is not None and done.id <= last_seen


async def follow(context: Context, allocation_id: str, last_seen: int) -> AsyncIterator[ServerSentEvent]:
    """Yield every event after the event `last_seen`, until the job ends or is removed."""
    job_id = await run_in_threadpool(_job_id, context, allocation_id)
    if job_id is None:
        return
    with context.dispatcher.notifications.subscribe(job_id) as notification:
        has_ended = False
        while not has_ended:
            notification.clear()
            found = await run_in_threadpool(_events_after, context, allocation_id, last_seen)
            if found is None:
                return
            # If the job has ended and no `done` follows, `last_seen` is above every id: the stream ends too.
            events, has_ended = found
            for event in events:
                data = {**event.data, "at": f"{event.at:%Y-%m-%dT%H:%M:%S.%fZ}"}
                yield ServerSentEvent(id=str(event.id), event=event.kind, data=data)
                last_seen = event.id
                if event.kind == LAST:
                    return
            await wait_for_notification(notification, POLL_INTERVAL_S)


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
