"""Notifications of jobs inside this process: a waiting request wakes as soon as its job changes.

A notification is only a hint; the database holds the state. Waiting requests also poll the database, because another
process of the service may run the job.
"""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock


class JobNotifications:
    """Sends notifications from any thread to event loops."""

    def __init__(self) -> None:
        """Start without subscribers."""
        self._lock = Lock()
        self._subscribers: dict[str, list[tuple[asyncio.AbstractEventLoop, asyncio.Event]]] = {}

    def notify(self, job_id: str) -> None:
        """Set the event of every subscriber of a job."""
        with self._lock:
            subscribers = tuple(self._subscribers.get(job_id, ()))
        for loop, event in subscribers:
            if not loop.is_closed():
                loop.call_soon_threadsafe(event.set)

    @contextmanager
    def subscribe(self, job_id: str, event: asyncio.Event | None = None) -> Iterator[asyncio.Event]:
        """Yield an event that every notification of the job sets. Clear the event before reading the database.

        One `event` may subscribe to many jobs; by default the job gets its own.
        """
        entry = asyncio.get_running_loop(), event or asyncio.Event()
        with self._lock:
            self._subscribers.setdefault(job_id, []).append(entry)
        try:
            yield entry[1]
        finally:
            with self._lock:
                self._subscribers[job_id].remove(entry)
                if not self._subscribers[job_id]:
                    del self._subscribers[job_id]


async def wait_for_notification(event: asyncio.Event, timeout_s: float) -> None:
    """Wait until the event is set, at most `timeout_s` seconds."""
    try:
        await asyncio.wait_for(event.wait(), timeout_s)
    except TimeoutError:
        return
