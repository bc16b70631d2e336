"""A process that solves: started by spawn, prepared before work comes, replaced when it dies or grows old."""

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
from service.worker.pipe import Order

log = structlog.stdlib.get_logger(__name__)

Result = TypeVar("Result")

SPAWN = get_context("spawn")
PAUSE_AFTER_FAILURE_S = 2.0
"""Between two attempts to start a process: whatever broke it needs a moment, and so does the machine."""


class PoolState(Enum):
    """Whether somebody is there to solve."""

    STARTING = "starting"
    READY = "ready"
    DOWN = "down"
    NONE = "none"


class Pool:
    """A Pebble pool of one process that is started anew when it breaks. Used by one thread, but for `lend`."""

    def __init__(self, settings: Settings) -> None:
        """Start nothing yet."""
        self._settings = settings
        self._pool: ProcessPool | None = None
        self._prepared: ProcessFuture[None] | None = None
        self._failed_at: float | None = None
        """When the process could not even be prepared; one that was at work before is replaced at once."""
        self.state = PoolState.STARTING
        self.line, self._far_end = SPAWN.Pipe()
        """Where news of the process arrive. Its far end goes to every process that takes the place of another."""

    def tend(self) -> None:
        """Start the process if there is none, and look how it is."""
        if self._pool is not None and not self._pool.active:
            log.error("workers_broke")
            self._drop()
        if self._pool is None and self._rested():
            self._start()
        if self._prepared is not None and self._prepared.done():
            failed = self._prepared.cancelled() or self._prepared.exception() is not None
            self.state = PoolState.DOWN if failed else PoolState.READY
            self._failed_at = monotonic() if failed else None
            self._prepared = None
            log.info("worker", state=self.state.value)

    def submit(self, claim: Claim) -> ProcessFuture[None]:
        """Hand a claimed job to the process, which is killed when the job outlives its limit and grace."""
        if self._pool is None:
            raise RuntimeError("no worker process")
        limit = claim.time_limit_s + self._settings.kill_grace_s
        return self._pool.schedule(run.run, args=(claim,), timeout=limit)

    def order_stop(self, order: Order) -> None:
        """Tell the process at once, and not when it looks by itself, that an attempt at a job is to stop."""
        with suppress(OSError):
            self.line.send(order)

    def lend(self, errand: Callable[..., Result], *args: object, limit_s: float) -> "ProcessFuture[Result]":
        """Have the process do something small that is no job: nobody claims it, and it ends with the pool.

        From any thread. Raises `RuntimeError` when there is no process.
        """
        pool = self._pool
        if pool is None:
            raise RuntimeError("no worker process")
        return pool.schedule(errand, args=args, timeout=limit_s)

    def stop(self) -> None:
        """End the process now."""
        if self._pool is not None:
            self._pool.stop()  # type: ignore[no-untyped-call]
            self._pool.join()
            self._pool = None
            gc.collect()  # its semaphores are given back now: a process that ends by a signal gives nothing back later

    def _start(self) -> None:
        self._pool = ProcessPool(
            max_workers=1,
            max_tasks=self._settings.tasks_per_worker,
            initializer=run.prepare,
            initargs=(self._settings, self._far_end),
            context=SPAWN,
        )
        self._prepared = self._pool.schedule(run.ready)

    def _drop(self) -> None:
        self.stop()
        if self._prepared is not None:
            self._failed_at, self._prepared = monotonic(), None
        self.state = PoolState.DOWN

    def _rested(self) -> bool:
        return self._failed_at is None or monotonic() - self._failed_at > PAUSE_AFTER_FAILURE_S
