"""What happens to a job, told as it happens (server-sent events)."""

from collections.abc import AsyncIterator, Sequence

from fastapi.concurrency import run_in_threadpool
from fastapi.sse import ServerSentEvent

from service.allocations import repository
from service.context import Context
from service.database.records import ENDED, Event, EventKind
from service.worker.job_notifications import heard

LOOK_EVERY_S = 0.25
"""How often it looks by itself; news of the job wake it at once."""
LAST: EventKind = "done"


def nothing_follows(context: Context, allocation_id: str, last_seen: int) -> bool | None:
    """Whether a reader who has seen that much has seen everything; None when there is no such allocation."""
    with context.database.reading() as session:
        found = repository.find(session, allocation_id)
        if found is None:
            return None
        done = repository.latest_event(session, found.job.id, LAST)
        return done is not None and done.id <= last_seen


async def follow(context: Context, allocation_id: str, last_seen: int) -> AsyncIterator[ServerSentEvent]:
    """Everything after the event `last_seen`, until the job is done or gone."""
    job_id = await run_in_threadpool(_job_of, context, allocation_id)
    if job_id is None:
        return
    with context.dispatcher.news.of(job_id) as told:
        is_over = False
        while not is_over:
            told.clear()
            news = await run_in_threadpool(_since, context, allocation_id, last_seen)
            if news is None:
                return
            events, is_over = news  # over, and no `done` among them: the reader claims to have seen what comes after it
            for event in events:
                data = {**event.data, "at": f"{event.at:%Y-%m-%dT%H:%M:%S.%fZ}"}
                yield ServerSentEvent(id=str(event.id), event=event.kind, data=data)
                last_seen = event.id
                if event.kind == LAST:
                    return
            await heard(told, LOOK_EVERY_S)


def _job_of(context: Context, allocation_id: str) -> str | None:
    with context.database.reading() as session:
        found = repository.find(session, allocation_id)
        return None if found is None else found.job.id


def _since(context: Context, allocation_id: str, last_seen: int) -> tuple[Sequence[Event], bool] | None:
    """What happened since, and whether the job had ended by then; None when there is no such allocation."""
    with context.database.reading() as session:
        found = repository.find(session, allocation_id)
        if found is None:
            return None
        return repository.events_after(session, found.job.id, last_seen), found.job.status in ENDED
