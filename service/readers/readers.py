"""Reads and checks documents: small ones in a thread, all others in a process of its own with limits.

Parsing, validating and counting hold the interpreter lock, so a large document would stop every other request.
"""

import asyncio
import os
import resource
from collections.abc import Callable
from concurrent.futures import CancelledError
from concurrent.futures import TimeoutError as KilledAtLimit
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import connection, get_context, parent_process
from threading import Lock, Thread
from typing import TypeVar

from fastapi.concurrency import run_in_threadpool
from pebble import ProcessExpired, ProcessPool

from service.errors import ApiError, Code
from service.settings import MIB, Settings
from service.worker.pipe import ORPHANED

SMALL_BYTES = 8 * 1024
"""Largest body that is read in this process. Reading it takes a few milliseconds."""
SMALL_COLUMNS = 3_000
"""Largest program, by counts, that is checked in this process."""
MAX_TASKS = 200
"""Documents after which the process is replaced, which returns its memory."""
MOST_WAITING = 8
"""Bodies of the greatest size that may wait together, in bytes of all that wait."""
NICE = 5
"""Added to the niceness of the process, so that it never takes a core from the requests."""
RETRY_AFTER_S = "5"

Result = TypeVar("Result")


class NotSmall(Exception):  # noqa: N818  (a fact, not an Error suffix)
    """A small body asks for a program that is not small: check it in the process."""


class Readers:
    """Runs tasks on bodies, each `task(body, settings, most_columns, *args)`.

    A task raises `NotSmall` if the program has more than `most_columns` columns; None is no limit. Tasks, arguments
    and results must be picklable.
    """

    def __init__(self, settings: Settings) -> None:
        """Create the readers; the process starts with the first large document."""
        self._settings = settings
        self._lock = Lock()
        self._pool: ProcessPool | None = None
        self._waiting_bytes = 0

    async def run(self, task: Callable[..., Result], body: bytes, *args: object) -> Result:
        """Run a task. Raises `ApiError` (`too_complex`, `busy`) at the limits of time, memory and waiting bodies."""
        if len(body) <= SMALL_BYTES:
            try:
                return await run_in_threadpool(task, body, self._settings, SMALL_COLUMNS, *args)
            except NotSmall:
                pass
        return await self._run_in_process(task, body, *args)

    def stop(self) -> None:
        """End the process."""
        with self._lock:
            pool, self._pool = self._pool, None
        if pool is not None:
            pool.stop()  # type: ignore[no-untyped-call]
            pool.join()

    async def _run_in_process(self, task: Callable[..., Result], body: bytes, *args: object) -> Result:
        if self._waiting_bytes + len(body) > MOST_WAITING * self._settings.max_body_bytes:
            raise ApiError(Code.busy, headers={"Retry-After": RETRY_AFTER_S})
        self._waiting_bytes += len(body)
        try:
            future = self._running().schedule(
                task, args=(body, self._settings, None, *args), timeout=self._settings.check_limit_s
            )
            return await asyncio.wrap_future(future)
        except (KilledAtLimit, MemoryError) as error:
            raise self._too_complex() from error
        except (ProcessExpired, BrokenProcessPool, CancelledError, RuntimeError) as error:
            raise ApiError(Code.busy, "the check ended early; try again", headers={"Retry-After": "1"}) from error
        finally:
            self._waiting_bytes -= len(body)

    def _running(self) -> ProcessPool:
        with self._lock:
            if self._pool is None or not self._pool.active:
                self._pool = ProcessPool(
                    max_workers=1,
                    max_tasks=MAX_TASKS,
                    initializer=_prepare,
                    initargs=(self._settings.check_memory_mb,),
                    context=get_context("spawn"),
                )
            return self._pool

    def _too_complex(self) -> ApiError:
        settings = self._settings
        return ApiError(
            Code.too_complex,
            f"reading and checking the document exceeds {settings.check_limit_s:g} s or "
            f"{settings.check_memory_mb:,} MB, the limits of this service: use fewer records",
        )


def _prepare(memory_mb: int) -> None:
    """Limit the memory of the process and load what the tasks need."""
    Thread(target=_end_with_service, name="orphan", daemon=True).start()
    import service.readers.tasks  # noqa: F401  (the first document should not wait for imports)

    os.nice(NICE)
    resource.setrlimit(resource.RLIMIT_DATA, (memory_mb * MIB, memory_mb * MIB))


def _end_with_service() -> None:
    """End this process as soon as the process of the service is gone."""
    parent = parent_process()
    if parent is not None:
        connection.wait([parent.sentinel])
        os._exit(ORPHANED)
