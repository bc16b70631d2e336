"""A thread that checks during a run whether the run must stop."""

import os
from multiprocessing import parent_process
from threading import Event, Thread
from types import TracebackType
from typing import Self

from sqlalchemy.exc import OperationalError

from service.database.engine import Database
from service.worker.claims import Claim, claimed_job
from service.worker.pipe import ORPHANED, WorkerPipe

POLL_INTERVAL_S = 0.2
"""Seconds between polls of the database. A job stopped through another process sends no request down the pipe."""


class Watch:
    """Context manager: inside it, `should_stop()` says whether the run was cancelled or its claim is void.

    If the service process has died, this process exits too. The next claim of the job then finds the cores free.
    """

    def __init__(self, database: Database, claim: Claim, pipe: WorkerPipe) -> None:
        """Prepare the thread; `__enter__` starts it."""
        self._database, self._claim, self._pipe = database, claim, pipe
        self._stop, self._is_over = Event(), Event()
        self._thread = Thread(target=self._poll, name="watch", daemon=True)

    def should_stop(self) -> bool:
        """Return whether the run should end now and publish its best plan."""
        return self._stop.is_set() or self._pipe.has_stop_request(self._claim.job_id, self._claim.attempt)

    def is_claim_void(self) -> bool:
        """Return whether the result cannot be published: the job is superseded, removed or claimed again."""
        if not self.should_stop():
            return False
        with self._database.reading() as session:
            return claimed_job(session, self._claim) is None

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._is_over.set()
        self._thread.join()

    def _poll(self) -> None:
        while not self._is_over.wait(POLL_INTERVAL_S):
            service = parent_process()
            if service is not None and not service.is_alive():
                os._exit(ORPHANED)
            try:
                with self._database.reading() as session:
                    job = claimed_job(session, self._claim)
            except OperationalError:
                continue  # a locked or lost database does not stop the run: publishing checks the claim again
            if job is None or job.cancel_requested_at is not None:
                self._stop.set()
