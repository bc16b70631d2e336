"""One poll of the database for all event streams of this process.

Every stream that polled for itself would ask the database four times a second.
"""

import asyncio
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field

import structlog
from fastapi.concurrency import run_in_threadpool
from sqlalchemy.exc import SQLAlchemyError

from service.allocations import repository
from service.database.engine import Database
from service.database.records import Event
from service.worker.job_notifications import JobNotifications, wait_for_notification

log = structlog.stdlib.get_logger(__name__)

POLL_INTERVAL_S = 0.25
"""Seconds between polls of the database. A notification of a followed job wakes the poll at once."""
MOST_UNREAD = 1_000
"""Events that may wait for one stream. A client that reads more slowly is cut off, and can resume."""

Queue = asyncio.Queue[Event | None]
"""New events of a job in order; None if there will be no more."""


@dataclass(kw_only=True)
class _Topic:
    """A job that streams follow."""

    seen: int
    """Id of the last event that was passed on."""
    exit_stack: ExitStack
    queues: list[Queue] = field(default_factory=list)


class EventFeed:
    """Passes new events to the streams that follow a job. All methods belong to the event loop."""

    def __init__(self, database: Database, notifications: JobNotifications) -> None:
        """Create a feed without streams; it polls only while there are some."""
        self._database, self._notifications = database, notifications
        self._topics: dict[str, _Topic] = {}
        self._wake = asyncio.Event()
        self._poll: asyncio.Task[None] | None = None

    @property
    def streams(self) -> int:
        """Number of open streams."""
        return sum(len(topic.queues) for topic in self._topics.values())

    @contextmanager
    def follow(self, job_id: str, last_seen: int) -> Iterator[Queue]:
        """Yield the queue of events after the event `last_seen`.

        If another stream follows the job already, earlier events may be missing: read them from the database.
        """
        if job_id not in self._topics:
            exit_stack = ExitStack()
            exit_stack.enter_context(self._notifications.subscribe(job_id, self._wake))
            self._topics[job_id] = _Topic(seen=last_seen, exit_stack=exit_stack)
        topic, queue = self._topics[job_id], Queue(MOST_UNREAD)
        topic.queues.append(queue)
        if self._poll is None or self._poll.done():
            self._poll = asyncio.create_task(self._work())
        try:
            yield queue
        finally:
            topic.queues.remove(queue)
            if not topic.queues:
                topic.exit_stack.close()
                del self._topics[job_id]

    async def _work(self) -> None:
        while self._topics:
            self._wake.clear()
            seen = {job_id: topic.seen for job_id, topic in self._topics.items()}
            try:
                events, remaining = await run_in_threadpool(self._read, seen)
            except SQLAlchemyError:
                log.warning("events_not_read")
            else:
                for event in events:
                    self._pass_on(event)
                for job_id in seen.keys() - remaining:
                    self._end(job_id)
            await wait_for_notification(self._wake, POLL_INTERVAL_S)

    def _read(self, seen: Mapping[str, int]) -> tuple[Sequence[Event], set[str]]:
        with self._database.reading() as session:
            # In this order: what is read of a job that has ended is all that it will ever have.
            remaining = repository.jobs_to_end(session, seen)
            return repository.events_of_jobs(session, seen), remaining

    def _pass_on(self, event: Event) -> None:
        topic = self._topics.get(event.job_id)
        if topic is None or event.id <= topic.seen:
            return
        topic.seen = event.id
        for queue in topic.queues:
            _put(queue, event)

    def _end(self, job_id: str) -> None:
        if job_id in self._topics:
            for queue in self._topics[job_id].queues:
                _put(queue, None)


def _put(queue: Queue, event: Event | None) -> None:
    """Append an event. A full queue is emptied and ended: its stream closes, and the client resumes."""
    if queue.full():
        while not queue.empty():
            queue.get_nowait()
        event = None
    queue.put_nowait(event)
