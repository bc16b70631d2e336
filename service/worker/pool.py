"""The processes that solve: started by spawn, prepared before work comes, replaced when they die or grow old."""

import gc
from collections.abc import Callable
from enum import Enum
from multiprocessing import get_context
from time import monotonic
from typing import TypeVar

import structlog
from pebble import ProcessFuture, ProcessPool

from service.settings import Settings
from service.worker import run
from service.worker.claims import Claim

log = structlog.stdlib.get_logger(__name__)

Result = TypeVar("Result")

PAUSE_AFTER_FAILURE_S = 2.0
"""Between two attempts to start processes: whatever broke them needs a moment, and so does the machine."""


class PoolState(Enum):
    """Whether somebody is there to solve."""

    STARTING = "starting"
    READY = "ready"
    DOWN = "down"
    NONE = "none"


class Pool:
    """A Pebble pool that is started anew when it breaks. Used by one thread."""

    def __init__(self, settings: Settings) -> None:
        """Start nothing yet."""
        self._settings = settings
        self._pool: ProcessPool | None = None
        self._prepared: ProcessFuture[None] | None = None
        self._failed_at: float | None = None
        """When processes could not even be prepared; those that were at work before are replaced at once."""
        self.state = PoolState.STARTING if settings.workers else PoolState.NONE

    @property
    def size(self) -> int:
        """How many solves run at once."""
        return self._settings.workers

    def tend(self) -> None:
        """Start the processes if there are none, and look how they are."""
        if self.state is PoolState.NONE:
            return
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
            log.info("workers", state=self.state.value, size=self.size)

    def submit(self, claim: Claim) -> ProcessFuture[None]:
        """Hand a claimed job to a process; the process is killed when the job outlives its limit and grace."""
        if self._pool is None:
            raise RuntimeError("no worker processes")
        limit = claim.time_limit_s + self._settings.kill_grace_s
        return self._pool.schedule(run.run, args=(self._settings.database, claim), timeout=limit)

    def lend(self, errand: Callable[..., Result], *args: object, limit_s: float) -> "ProcessFuture[Result]":
        """Have a process do something small that is no job: nobody claims it, and it ends with the pool.

        From any thread. Raises `RuntimeError` when there are no processes.
        """
        pool = self._pool
        if pool is None:
            raise RuntimeError("no worker processes")
        return pool.schedule(errand, args=args, timeout=limit_s)

    def stop(self) -> None:
        """End all processes now."""
        if self._pool is not None:
            self._pool.stop()  # type: ignore[no-untyped-call]
            self._pool.join()
            self._pool = None
            gc.collect()  # its semaphores are given back now: a process that ends by a signal gives nothing back later

    def _start(self) -> None:
        self._pool = ProcessPool(
            max_workers=self.size,
            max_tasks=self._settings.tasks_per_worker,
            initializer=run.prepare,
            initargs=(self._settings,),
            context=get_context("spawn"),
        )
        self._prepared = self._pool.schedule(run.ready)

    def _drop(self) -> None:
        self.stop()
        if self._prepared is not None:
            self._failed_at, self._prepared = monotonic(), None
        self.state = PoolState.DOWN

    def _rested(self) -> bool:
        return self._failed_at is None or monotonic() - self._failed_at > PAUSE_AFTER_FAILURE_S
