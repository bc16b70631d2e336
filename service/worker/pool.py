"""One worker process: started by spawn, prepared before its first job, replaced if it dies or after its last task."""

import gc
from collections.abc import Callable
from contextlib import suppress
from enum import Enum
from multiprocessing import get_context
from time import monotonic
from typing import TypeVar

import structlog
from pebble import ProcessFuture, ProcessPool

from service.settings import Settings
from service.worker import run
from service.worker.claims import Claim
from service.worker.pipe import StopRequest

log = structlog.stdlib.get_logger(__name__)

Result = TypeVar("Result")

SPAWN = get_context("spawn")
RESTART_DELAY_S = 2.0
"""Seconds between a failed preparation and the next attempt to start a process."""


class PoolState(Enum):
    """Whether a worker process can solve."""

    STARTING = "starting"
    READY = "ready"
    DOWN = "down"
    NONE = "none"


class Pool:
    """A Pebble pool of one process, restarted when it breaks.

    All methods belong to the dispatcher thread, except `run_side_task`, which any thread may call.
    """

    def __init__(self, settings: Settings) -> None:
        """Create the pipe; `maintain` starts the process."""
        self._settings = settings
        self._pool: ProcessPool | None = None
        self._preparation: ProcessFuture[None] | None = None
        self._failed_at: float | None = None
        """Time of a failed preparation. A process that died later is replaced without delay."""
        self.state = PoolState.STARTING
        self.connection, self._worker_connection = SPAWN.Pipe()
        """Ends of the pipe: the service's, and the worker's, which every replacement process gets again."""

    def maintain(self) -> None:
        """Start the process if there is none, and update `state`."""
        if self._pool is not None and not self._pool.active:
            log.error("workers_broke")
            self._discard()
        if self._pool is None and self._may_start():
            self._start()
        if self._preparation is not None and self._preparation.done():
            failed = self._preparation.cancelled() or self._preparation.exception() is not None
            self.state = PoolState.DOWN if failed else PoolState.READY
            self._failed_at = monotonic() if failed else None
            self._preparation = None
            log.info("worker", state=self.state.value)

    def submit(self, claim: Claim) -> ProcessFuture[None]:
        """Run a claimed job. Pebble kills the process after the job's time limit plus `kill_grace_s`.

        Raises `RuntimeError` if there is no process.
        """
        if self._pool is None:
            raise RuntimeError("no worker process")
        limit = claim.time_limit_s + self._settings.kill_grace_s
        return self._pool.schedule(run.run, args=(claim,), timeout=limit)

    def request_stop(self, request: StopRequest) -> None:
        """Send a request to stop, which reaches the process before its next poll of the database."""
        with suppress(OSError):
            self.connection.send(request)

    def run_side_task(self, task: Callable[..., Result], *args: object, limit_s: float) -> "ProcessFuture[Result]":
        """Run a short task without a claim; it ends with the pool. Pebble kills the process after `limit_s` seconds.

        Safe to call from any thread. Raises `RuntimeError` if there is no process.
        """
        pool = self._pool
        if pool is None:
            raise RuntimeError("no worker process")
        return pool.schedule(task, args=args, timeout=limit_s)

    def stop(self) -> None:
        """Kill the process."""
        if self._pool is not None:
            self._pool.stop()  # type: ignore[no-untyped-call]
            self._pool.join()
            self._pool = None
            gc.collect()  # releases the pool's semaphores now: a process that a signal ends releases none later

    def _start(self) -> None:
        self._pool = ProcessPool(
            max_workers=1,
            max_tasks=self._settings.tasks_per_worker,
            initializer=run.prepare,
            initargs=(self._settings, self._worker_connection),
            context=SPAWN,
        )
        self._preparation = self._pool.schedule(run.confirm_prepared)

    def _discard(self) -> None:
        self.stop()
        if self._preparation is not None:
            self._failed_at, self._preparation = monotonic(), None
        self.state = PoolState.DOWN

    def _may_start(self) -> bool:
        return self._failed_at is None or monotonic() - self._failed_at > RESTART_DELAY_S
