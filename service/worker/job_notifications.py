"""News of jobs inside this process: whoever waits for a job hears at once that something happened to it.

News are a hint and no more: what happened stands in the database, and who waits also looks by itself now and then,
since a job may run in another process of the service.
"""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock


class News:
    """Told from any thread, heard in event loops."""

    def __init__(self) -> None:
        """Nobody waits yet."""
        self._lock = Lock()
        self._waiting: dict[str, list[tuple[asyncio.AbstractEventLoop, asyncio.Event]]] = {}

    def tell(self, job_id: str) -> None:
        """Something happened to a job."""
        with self._lock:
            waiting = tuple(self._waiting.get(job_id, ()))
        for loop, event in waiting:
            if not loop.is_closed():
                loop.call_soon_threadsafe(event.set)

    @contextmanager
    def of(self, job_id: str) -> Iterator[asyncio.Event]:
        """Give an event that is set with every news of a job; who waits clears it before looking."""
        entry = asyncio.get_running_loop(), asyncio.Event()
        with self._lock:
            self._waiting.setdefault(job_id, []).append(entry)
        try:
            yield entry[1]
        finally:
            with self._lock:
                self._waiting[job_id].remove(entry)
                if not self._waiting[job_id]:
                    del self._waiting[job_id]


async def heard(event: asyncio.Event, within_s: float) -> None:
    """Wait for news, but no longer than that."""
    try:
        await asyncio.wait_for(event.wait(), within_s)
    except TimeoutError:
        return
